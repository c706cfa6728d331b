"""The workspace's pages about syncs: what was different, and the button."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from mp_contacts.models import MemberSync
from mp_contacts.syncing.running import SyncRefused
from tests.factories.mp_contacts import MemberFactory
from tests.mp_contacts.syncs import parliament_of, planned, row, take_over, write_list
from tests.petitions.organisers import colleague

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TASK = "mp_contacts.sync_members"


@pytest.fixture
def desk(client):
    client.force_login(colleague("view_member", "change_member"))
    return client


def shown(desk, name, *arguments):
    response = desk.get(reverse(f"member_syncs:{name}", args=arguments))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    return response


def press(desk):
    return desk.post(reverse("member_syncs:ask"), follow=True).content.decode()


def test_list_is_there_before_the_first_sync(desk):
    assert "never read" in shown(desk, "index").content.decode()


def test_difference_report_says_what_was_different(desk, tmp_path):
    parliament_of(20)
    take_over(write_list(tmp_path, [row(1, party="<b>Night</b>"), *[row(index) for index in range(2, 20)]]))
    sync = MemberSync.objects.get()

    index = shown(desk, "index").content.decode()
    assert reverse("member_syncs:show", args=[sync.pk]) in index
    assert "<td>2</td>" in index
    page = shown(desk, "show", sync.pk).content.decode()

    assert "Another party: 1" in page
    assert "Garden Party" in page
    assert "&lt;b&gt;Night&lt;/b&gt;" in page
    assert "Seat now vacant: 1" in page
    assert "Jo Example20" in page


def test_refused_one_says_why_and_what_to_do(desk, tmp_path):
    parliament_of(3)
    with pytest.raises(SyncRefused):
        take_over(write_list(tmp_path, [row(1)]))

    page = shown(desk, "show", MemberSync.objects.get().pk).content.decode()

    assert "more than a tenth" in page
    assert "--force" in page
    assert "Jo Example3" in page
    assert "--file members.csv --force" in page
    assert "Done" not in page


def test_one_under_way_looks_again_by_itself(desk):
    sync = MemberSync.objects.create(source="Parliament's service", people=[{}, {}])

    response = shown(desk, "show", sync.pk)

    assert "2 members read so far" in response.content.decode()
    assert response["Refresh"] == "5"
    MemberSync.objects.update(state=MemberSync.State.DONE)
    assert "Refresh" not in shown(desk, "show", sync.pk)


def test_button_has_the_worker_read_the_list_once(desk):
    parliament_of(1)

    assert "as soon as it can" in press(desk)
    assert "planned already" in press(desk)
    (job,) = planned(TASK)
    assert job.queue_name == "long"
    assert not MemberSync.objects.exists()


def test_button_says_what_to_do_first(desk):
    assert "import_constituencies" in press(desk)
    MemberFactory()
    assert "are invented" in press(desk)
    assert not planned(TASK)


def test_who_only_looks_cannot_ask(client):
    parliament_of(1)
    client.force_login(colleague("view_member"))

    assert "Read the list now" not in shown(client, "index").content.decode()
    client.post(reverse("member_syncs:ask"))
    assert not planned(TASK)
    client.force_login(colleague(email="other@example.org"))
    assert client.get(reverse("member_syncs:index")).status_code == 302


def test_looking_asks_for_nothing(desk):
    parliament_of(1)

    assert desk.get(reverse("member_syncs:ask")).status_code == 405
    shown(desk, "index")
    assert not planned(TASK)


def test_both_pages_tell_the_time_of_the_site(desk, settings):
    settings.TIME_ZONE = "Europe/London"
    sync = MemberSync.objects.create(source="Parliament's service", started_at=datetime(2026, 7, 1, 1, 41, tzinfo=UTC))

    assert "1 Jul 2026, 02:41" in shown(desk, "index").content.decode()
    assert "1 July 2026, 02:41" in shown(desk, "show", sync.pk).content.decode()
