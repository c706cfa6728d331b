"""An import can be taken back for 30 days, as far as nothing has been built on it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from supporters.identity import email_key
from supporters.models import ConsentRecord, ConsentText, ImportChange, ImportJob, ImportState, Supporter
from supporters.services.importing import NotNow, undo_import
from supporters.services.people import remember_supporter
from supporters.suppression import suppress
from supporters.unsubscribe_links import EVERYTHING
from supporters.unsubscribing import end_mails
from tests.supporters.import_files import (
    answered,
    applied,
    everything,
    found,
    importer,
    known,
    reason,
    standing,
    undone,
)

pytestmark = pytest.mark.django_db

Choice = ConsentRecord.Choice
HEADINGS = ["email", "name", "phone", "postcode", "updates", "status"]


@pytest.fixture
def text():
    return ConsentText.objects.create(wording="Yes, write to me.", controller="Example Campaign")


def test_undoing_restores_everything_when_nothing_happened_since(text):
    known("ana@example.org", name="Ana", postcode="SW1A 1AA", constituency_code="E14001234")
    answered(known("bo@example.org", name="Bo"), text, Choice.GIVEN)
    known("cy@example.org")
    suppress(email_key("cy@example.org"), "asked")
    kept, lost = known("kept@example.org"), known("lost@example.org")
    Supporter.objects.filter(pk=lost.pk).update(merged_into=kept, name=None, email=None, phone=None, postcode=None)
    before = everything()

    job = applied(
        [
            HEADINGS,
            ["ana@example.org", "Anna", "07700 900123", "M1 1AE", "yes", ""],
            ["bo@example.org", "", "", "", "no", ""],
            ["cy@example.org", "Cy", "", "", "", "bounced"],
            ["lost@example.org", "", "", "", "yes", ""],
            ["kept@example.org", "Kept", "", "", "no", ""],
            ["new@example.org", "New", "", "", "yes", ""],
            ["new2@example.org", "New", "", "", "no", ""],
        ],
        text=text,
        update={"name", "postcode"},
    )
    assert everything() != before
    job = undone(job)

    assert everything() == before
    assert job.state == ImportState.UNDONE
    assert job.counts["people_removed"] == 2
    assert not ImportChange.objects.exists()


def test_somebody_who_signed_since_stays(text):
    job = applied([HEADINGS, ["ana@example.org", "Ana", "", "", "yes", ""]], text=text)
    remember_supporter(address="ana@example.org", name="Ana P")

    job = undone(job)

    assert found("ana@example.org").name == "Ana P"
    assert standing("ana@example.org") == {}, "the yes came from the list alone"
    assert job.counts["people_kept"] == 1


def test_somebody_who_agreed_since_stays_agreed(text):
    job = applied([HEADINGS, ["ana@example.org", "Ana", "", "", "yes", ""]], text=text)
    answered(remember_supporter(address="ana@example.org"), text, Choice.GIVEN)

    undone(job)

    assert standing("ana@example.org") == {"updates": "given"}


def test_somebody_who_said_no_since_stays_stopped(text):
    answered(known(), text, Choice.GIVEN)
    job = applied([HEADINGS, ["ana@example.org", "", "", "", "no", ""]])
    answered(found("ana@example.org"), text, Choice.WITHDRAWN)

    undone(job)

    assert standing("ana@example.org") == {"updates": "withdrawn"}
    assert reason("ana@example.org") == "asked"


def test_yes_by_which_somebody_was_written_to_is_countered_and_not_removed(text):
    job = applied([HEADINGS, ["ana@example.org", "Ana", "", "", "yes", ""]], text=text)
    Supporter.objects.update(last_contacted_at=timezone.now())

    job = undone(job)

    assert [record.method for record in ConsentRecord.objects.order_by("pk")] == ["import", "import undone"]
    assert standing("ana@example.org") == {"updates": "withdrawn"}
    assert job.counts["answers_countered"] == 1


def test_value_that_was_changed_since_stays():
    known(name="")
    job = applied([HEADINGS, ["ana@example.org", "Anna", "07700 900123", "", "", ""]])
    remember_supporter(address="ana@example.org", name="Ana")

    job = undone(job)

    assert (found("ana@example.org").name, found("ana@example.org").phone) == ("Ana", "")
    assert (job.counts["values_kept"], job.counts["values_put_back"]) == (1, 1)


def test_name_they_gave_themselves_since_stays_even_if_the_list_had_the_same():
    known(name="")
    job = applied([HEADINGS, ["ana@example.org", "Ana", "", "", "", ""]])
    remember_supporter(address="ana@example.org", name="Ana")

    undone(job)

    assert found("ana@example.org").name == "Ana"


def test_person_whom_another_import_told_more_about_stays():
    first = applied([HEADINGS, ["ana@example.org", "", "", "", "", ""]])
    applied([HEADINGS, ["ana@example.org", "Ana", "", "", "", ""]])

    job = undone(first)

    assert found("ana@example.org").name == "Ana"
    assert job.counts["people_kept"] == 1


def test_undoing_ends_after_30_days():
    job = applied([HEADINGS, ["ana@example.org", "Ana", "", "", "", ""]])
    ImportJob.objects.update(undo_until=timezone.now() - timedelta(seconds=1))

    with pytest.raises(NotNow, match="no longer"):
        undo_import(job=job, actor=importer())


def test_undoing_twice_is_refused():
    job = undone(applied([HEADINGS, ["ana@example.org", "Ana", "", "", "", ""]]))

    with pytest.raises(NotNow):
        undo_import(job=job, actor=importer())


@pytest.mark.parametrize(
    ("column", "told", "reason_then"), [("opted_out", "yes", "asked"), ("status", "bounced", "bounced")]
)
def test_a_stop_that_was_asked_for_again_with_their_own_hands_stays(column, told, reason_then):
    """Somebody who never agreed to anything has no answer in the ledger: the stop is all there is of their no."""
    ana = known("ana@example.org")
    job = applied([["email", column], ["ana@example.org", told]])

    end_mails(ana.pk, EVERYTHING)
    undone(job)

    assert reason("ana@example.org") == reason_then
