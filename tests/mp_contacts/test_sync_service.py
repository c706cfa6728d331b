"""A whole sync with Parliament's service: page by page, going on where it broke off, one at a time."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import CommandError
from django.db import connection
from django.utils import timezone

from mp_contacts import tasks
from mp_contacts.clients.parliament import Parliament
from mp_contacts.models import Constituency, Member, MemberSync
from mp_contacts.syncing import nightly
from mp_contacts.syncing.running import FRESH_FOR, HowToSync, SyncFailed, SyncRefused, sync_members
from supporters import long_jobs
from supporters.long_jobs import Interrupted
from tests.factories.mp_contacts import MemberFactory
from tests.mp_contacts.parliament_answers import list_members, member, page_path
from tests.mp_contacts.syncs import CODE, command, parliament_of, planned, row, seats, write_list
from tests.mp_contacts.web_service import Answer

pytestmark = pytest.mark.django_db

NUMBER = 45
FEW = 2
"""Where the real pauses are made, between one question and the next."""
STATE = MemberSync.State
TASK = "mp_contacts.sync_members"


def everybody(number=NUMBER):
    return [member(index, seat=f"SEAT {index}") for index in range(1, number + 1)]


def how(**options):
    return HowToSync(open_parliament=partial(Parliament, pause_s=0, wait=lambda _s: None), **options)


def searches(service):
    return [call for call in service.calls if "Search" in call]


def test_everybody_is_read_and_seats_learn_parliaments_number(service):
    seats(NUMBER)
    list_members(service, everybody())
    seen = []

    report = sync_members(how(progress=lambda done, total: seen.append((done, total))))

    assert len(report["new_member"]) == NUMBER
    assert Member.objects.sitting().count() == NUMBER
    assert Member.objects.get(parliament_id=9).email == "member9@parliament.example"
    assert Constituency.objects.get(pk=CODE(9)).parliament_id == 4009
    assert seen == [(20, 45), (40, 45), (45, 45)]
    sync = MemberSync.objects.get()
    assert (sync.state, sync.people, sync.source) == (STATE.DONE, [], "Parliament's service")
    assert sync.ended_at is not None


def test_next_time_seats_are_known_by_number_whatever_they_are_called(service):
    seats(NUMBER)
    list_members(service, everybody())
    sync_members(how())
    list_members(service, [member(index, seat=f"Renamed {index}") for index in range(1, NUMBER + 1)])

    assert sync_members(how()) == {"members": NUMBER}


def test_reading_that_was_sent_away_goes_on_behind_the_last_page(service):
    seats(NUMBER)
    list_members(service, everybody())
    good = service.answers[page_path(1)]
    service.answers[page_path(1)] = [Answer(b"", status=429, headers={"Retry-After": "3123"})]

    with pytest.raises(SyncFailed, match="left alone for 52 minutes") as failure:
        sync_members(how())

    assert failure.value.wait_s == 3123
    sync = MemberSync.objects.get()
    assert (sync.state, sync.next_page, len(sync.people)) == (STATE.FAILED, 1, 20)
    assert not Member.objects.exists()

    service.answers[page_path(1)] = good
    service.calls.clear()
    sync_members(how())

    assert searches(service) == [page_path(1), page_path(2)]
    assert Member.objects.sitting().count() == NUMBER
    assert MemberSync.objects.get().state == STATE.DONE


@pytest.mark.parametrize(("age", "first"), [(timedelta(hours=1), 1), (FRESH_FOR + timedelta(minutes=1), 0)])
def test_killed_reading_is_taken_over_while_its_pages_are_fresh(service, age, first):
    seats(NUMBER)
    list_members(service, everybody())
    with pytest.raises(SystemExit):
        sync_members(how(progress=lambda _done, _total: (_ for _ in ()).throw(SystemExit)))
    MemberSync.objects.update(started_at=timezone.now() - age)
    assert MemberSync.objects.get().state == STATE.RUNNING
    service.calls.clear()

    sync_members(how())

    assert searches(service)[0] == page_path(first)
    assert Member.objects.sitting().count() == NUMBER
    assert not MemberSync.objects.filter(state=STATE.RUNNING).exists()


def test_list_that_changed_while_it_was_read_is_not_believed(service):
    parliament_of(NUMBER)
    list_members(service, everybody())
    service.answers[page_path(2)] = [Answer({"items": [], "totalResults": NUMBER})]

    with pytest.raises(SyncFailed, match="counts 45 members and listed 40"):
        sync_members(how(force=True))

    assert Member.objects.sitting().count() == NUMBER
    assert MemberSync.objects.get().people == []  # the next one begins anew


def test_empty_list_vacates_nobody_even_by_force(service):
    parliament_of(3)
    list_members(service, [])

    with pytest.raises(SyncFailed, match="lists nobody, as between two Parliaments"):
        sync_members(how(force=True))

    assert Member.objects.sitting().count() == 3


def test_trouble_is_kept_where_organisers_look(service):
    parliament_of(3)
    service.answers[page_path(0)] = [Answer(b"<html>")]

    with pytest.raises(SyncFailed):
        sync_members(how())

    sync = MemberSync.objects.get()
    assert (sync.state, sync.trouble) == (STATE.FAILED, "Parliament's service sent something that is not JSON.")


@pytest.mark.django_db(transaction=True)
def test_only_one_reads_at_a_time(service):
    seats(NUMBER)
    list_members(service, everybody())
    said = []

    def another():
        try:
            sync_members(how())
        except SyncFailed as error:
            said.append(str(error))
        finally:
            connection.close()

    def meanwhile(done, _total):
        if done == 20:
            thread = threading.Thread(target=another)
            thread.start()
            thread.join()

    sync_members(how(progress=meanwhile))

    assert said == ["The list of members is being read already."]
    assert MemberSync.objects.get().state == STATE.DONE
    # Afterwards it is free again.
    another()
    assert len(said) == 1


def test_command_says_what_was_different(service, tmp_path):
    parliament_of(NUMBER)
    listed = [row(index) for index in range(1, NUMBER + 1)]
    listed[4]["party"] = "Night Party"
    path = write_list(tmp_path, listed)

    assert "Nothing was changed." in command("--file", path, "--dry-run")
    assert not MemberSync.objects.exists()
    assert Member.objects.get(parliament_id=5).party == "Garden Party"
    said = command("--file", path)

    assert said.splitlines() == [
        "45 members in the list.",
        "Another party: 1",
        "  Seat 5, Jo Example5: Garden Party → Night Party",
        "Done.",
    ]
    assert Member.objects.get(parliament_id=5).party == "Night Party"


def test_command_reads_the_service_and_a_rehearsal_leaves_no_trace(service):
    seats(FEW)
    list_members(service, everybody(FEW))

    assert "New member in a seat: 2" in command("--dry-run")
    assert not Member.objects.exists()
    assert not MemberSync.objects.exists()
    command()
    assert Member.objects.sitting().count() == FEW


def test_command_fails_with_one_line(tmp_path):
    with pytest.raises(CommandError, match=r"^There are no constituencies yet\..*import_constituencies FILE\.$"):
        command()
    MemberFactory()
    with pytest.raises(CommandError, match="are invented"):
        command()
    parliament_of(3)
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\.$"):
        command("--file", tmp_path / "none.csv")
    with pytest.raises(CommandError, match=r"Refused: .* --force"):
        command("--file", write_list(tmp_path, [row(1)]))
    assert Member.objects.sitting().count() == 4
    command("--file", tmp_path / "members.csv", "--force")
    assert Member.objects.sitting().count() == 2


def test_night_brings_members_up_to_date(service):
    seats(FEW)
    list_members(service, everybody(FEW))

    tasks.sync(timestamp=0)

    assert Member.objects.sitting().count() == FEW
    assert not planned(TASK)


def test_night_asks_nobody_about_invented_seats(service):
    MemberFactory()

    tasks.sync(timestamp=0)

    assert service.calls == []
    assert not MemberSync.objects.exists()


def test_night_that_is_sent_away_comes_back_when_it_may(service, caplog):
    seats(FEW)
    service.answers[page_path(0)] = [Answer(b"", status=429, headers={"Retry-After": "3123"})]
    before = timezone.now()

    tasks.sync(timestamp=0)

    (job,) = planned(TASK)
    assert timedelta(seconds=3120) < job.scheduled_at - before < timedelta(seconds=3150)
    assert "left alone for 52 minutes" in caplog.text
    assert MemberSync.objects.get().state == STATE.FAILED


def test_refused_night_is_reported_and_not_tried_again(service):
    parliament_of(3)
    list_members(service, everybody(1))

    tasks.sync(timestamp=0)

    assert MemberSync.objects.get().state == STATE.REFUSED
    assert not planned(TASK)
    with pytest.raises(SyncRefused):
        sync_members(how())


def test_stopping_worker_is_not_kept_waiting(service, monkeypatch):
    stopping = threading.Event()
    stopping.set()
    monkeypatch.setattr(long_jobs, "_stopping", stopping)
    seats(FEW)
    list_members(service, everybody(FEW))

    with pytest.raises(Interrupted):
        nightly.sync_in_background()

    assert MemberSync.objects.get().state == STATE.RUNNING  # and is gone on with by the next worker
