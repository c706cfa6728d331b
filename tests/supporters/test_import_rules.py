"""What a row of a file may do to a person, and what it may never do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from supporters.identity import email_key
from supporters.models import ConsentRecord, ConsentText, ImportChange, ImportState, Supporter, Suppression
from supporters.suppression import suppress
from tests.supporters.import_files import (
    answered,
    applied,
    checked,
    everything,
    found,
    known,
    messages,
    reason,
    standing,
)

pytestmark = pytest.mark.django_db


Choice = ConsentRecord.Choice


@pytest.fixture
def text():
    return ConsentText.objects.create(wording="Yes, write to me.", controller="Example Campaign")


def test_new_person_is_made_with_everything_the_row_says():
    job = applied(
        [
            ["Email", "First Name", "Last Name", "Mobile", "Postcode", "Country", "Language"],
            ["Ana@Example.org", "Ana", "Pop", "07700 900123", "sw1a1aa", "United Kingdom", "ro_RO"],
        ]
    )

    ana = found("ana@example.org")
    assert (ana.email, ana.name, ana.phone, ana.postcode) == ("Ana@example.org", "Ana Pop", "+447700900123", "SW1A 1AA")
    assert (ana.country, ana.language) == ("GB", "ro")
    assert ana.name_key
    assert ana.phone_key
    assert ana.postcode_key
    assert ana.mailbox_key
    assert job.state == ImportState.APPLIED
    assert job.counts["new"] == 1
    assert job.file_name == job.file_key == ""


def test_checking_changes_nothing():
    known(name="Ana")
    before = everything()

    job = checked([["email", "phone"], ["ana@example.org", "07700 900123"], ["new@example.org", ""], ["nobody", ""]])

    assert everything() == before
    assert {name: job.counts[name] for name in ("new", "changed", "refused")} == {"new": 1, "changed": 1, "refused": 1}
    assert job.rows_total == 3


def test_preview_says_which_fields_and_never_what_stands_in_them():
    known(name="Ana")

    job = checked([["email", "name", "phone"], ["ana@example.org", "Anna", "07700 900123"], ["bad", "Secret", ""]])

    assert job.counts["examples"] == [
        {"row": 1, "is_new": False, "fields": {"Phone number": "filled", "Name": "kept"}},
    ]
    assert messages(job) == [(2, "email", "This is no e-mail address.")]


def test_blank_never_wipes_a_value():
    known(name="Ana", phone="+447700900123", postcode="SW1A 1AA", country="GB")
    before = everything()

    applied(
        [["email", "name", "phone", "postcode", "country"], ["ana@example.org", "", " ", "", ""]],
        update={"name", "phone", "postcode", "country"},
    )

    assert everything() == before


def test_what_somebody_told_us_stays():
    known(name="Ana", phone="+447700900123", postcode="SW1A 1AA", country="GB")
    before = everything()

    applied([["email", "name", "phone", "postcode"], ["ana@example.org", "Anna", "07700 900999", "M1 1AE"]])

    assert everything() == before


def test_blanks_are_filled():
    known(name="Ana")

    applied([["email", "name", "phone"], ["ana@example.org", "Anna", "07700 900123"]])

    assert (found("ana@example.org").name, found("ana@example.org").phone) == ("Ana", "+447700900123")


def test_column_chosen_to_be_updated_overwrites():
    known(name="Ana", phone="+447700900999", postcode="SW1A 1AA", constituency_code="E14001234")

    applied(
        [["email", "name", "phone", "postcode"], ["ana@example.org", "Anna", "07700 900123", "M1 1AE"]],
        update={"name", "postcode"},
    )

    ana = found("ana@example.org")
    assert (ana.name, ana.phone, ana.postcode) == ("Anna", "+447700900999", "M1 1AE")
    assert ana.constituency_code == "", "it belonged to the postcode"


def test_two_forms_of_one_address_are_one_person():
    job = applied([["email", "name"], ["ANA@example.org", "Ana"], ["ana@EXAMPLE.org.", "Someone Else"]])

    assert Supporter.objects.count() == 1
    assert found("ana@example.org").name == "Ana"
    assert messages(job) == [(2, "", "This person stands further up in the file. Only the first row counts.")]


def test_aliases_of_a_mailbox_are_two_people():
    applied([["email"], ["ana@gmail.com"], ["a.na+list@gmail.com"]])

    assert Supporter.objects.count() == 2


def test_yes_without_words_is_not_taken_over():
    job = applied([["email", "updates"], ["ana@example.org", "yes"]])

    assert standing("ana@example.org") == {}
    assert job.counts["yes_without_words"] == 1


def test_yes_is_taken_over_with_its_words(text):
    applied([["email", "updates", "updates_at"], ["ana@example.org", "Y", "03/05/2026"]], text=text)

    record = ConsentRecord.objects.get()
    assert (record.choice, record.method, record.text) == (Choice.GIVEN, "import", text)
    assert record.asked_at == datetime(2026, 5, 3, tzinfo=UTC)
    text.refresh_from_db()
    assert text.published_at, "words that somebody agreed to are never changed"


def test_yes_to_something_else_is_not_taken_over(text):
    applied([["email", "taking_part"], ["ana@example.org", "yes"]], text=text)

    assert standing("ana@example.org") == {}


def test_no_is_never_turned_into_a_yes(text):
    ana = known()
    answered(ana, text, Choice.WITHDRAWN)

    job = applied([["email", "updates"], ["ana@example.org", "yes"]], text=text)

    assert standing("ana@example.org") == {"updates": "withdrawn"}
    assert job.counts["yes_refused"] == 1
    assert messages(job) == [(1, "", "This person said no before, or cannot be written to. The yes is not taken over.")]


@pytest.mark.parametrize("why", Suppression.Reason.values)
def test_yes_of_a_suppressed_address_is_not_taken_over(text, why):
    known()
    suppress(email_key("ana@example.org"), why)

    applied([["email", "updates"], ["ana@example.org", "yes"]], text=text)

    assert standing("ana@example.org") == {}
    assert reason("ana@example.org") == why


def test_no_is_written_down_and_stops_mail(text):
    answered(known(), text, Choice.GIVEN)

    applied([["email", "Do Not Email"], ["ana@example.org", "1"]])

    assert standing("ana@example.org") == {"updates": "withdrawn"}
    assert reason("ana@example.org") == "asked"
    assert ConsentRecord.objects.get(choice=Choice.WITHDRAWN).method == "import"


def test_no_to_one_purpose_leaves_the_other_yes(text):
    taking_part = ConsentText.objects.create(purpose="taking_part", wording="Invite me.", controller="Example Campaign")
    ana = known()
    answered(ana, text, Choice.GIVEN)
    answered(ana, taking_part, Choice.GIVEN)

    applied([["email", "taking_part"], ["ana@example.org", "no"]])

    assert standing("ana@example.org") == {"updates": "given", "taking_part": "withdrawn"}
    assert reason("ana@example.org") == ""


def test_no_beats_a_yes_in_the_same_row(text):
    applied([["email", "updates", "unsubscribed"], ["ana@example.org", "yes", "yes"]], text=text)

    assert standing("ana@example.org") == {"updates": "withdrawn"}
    assert reason("ana@example.org") == "asked"


def test_no_older_than_their_own_yes_does_not_count(text):
    answered(known(), text, Choice.GIVEN, at=timezone.now() + timedelta(minutes=1))

    job = applied([["email", "updates"], ["ana@example.org", "no"]])

    assert standing("ana@example.org") == {"updates": "given"}
    assert reason("ana@example.org") == ""
    assert "with their own hands" in messages(job)[0][2]


def test_bounced_address_is_suppressed_and_no_answer_invented(text):
    answered(known(), text, Choice.GIVEN)

    applied([["email", "status"], ["ana@example.org", "cleaned"], ["new@example.org", "cleaned"]])

    assert standing("ana@example.org") == {"updates": "given"}
    assert reason("ana@example.org") == reason("new@example.org") == "bounced"


def test_address_that_was_erased_is_reported_and_not_brought_back(text):
    suppress(email_key("gone@example.org"), "asked")

    job = applied([["email", "name", "updates"], ["gone@example.org", "Gone", "yes"]], text=text)

    assert not Supporter.objects.exists()
    assert job.counts["refused"] == 1
    assert "None is made." in messages(job)[0][2]


def test_address_that_was_merged_leads_to_the_kept_record(text):
    kept = known("kept@example.org", name="Ana")
    lost = known("lost@example.org")
    Supporter.objects.filter(pk=lost.pk).update(merged_into=kept, name=None, email=None, phone=None, postcode=None)

    applied([["email", "phone", "updates"], ["lost@example.org", "07700 900123", "yes"]], text=text)

    assert standing("kept@example.org") == {"updates": "given"}
    assert found("kept@example.org").phone == "", "an address that was merged away changes no detail"
    assert found("lost@example.org").merged_into_id == kept.pk


def test_yes_of_a_merged_address_is_refused_when_it_is_suppressed(text):
    kept = known("kept@example.org")
    lost = known("lost@example.org")
    Supporter.objects.filter(pk=lost.pk).update(merged_into=kept, name=None, email=None, phone=None, postcode=None)
    suppress(email_key("lost@example.org"), "asked")

    applied([["email", "updates"], ["lost@example.org", "yes"]], text=text)

    assert standing("kept@example.org") == {}


def test_second_run_of_the_same_file_changes_nothing(text):
    rows = [["email", "name", "updates"], ["ana@example.org", "Ana", "yes"], ["bo@example.org", "Bo", "no"]]
    applied(rows, text=text)
    before = everything()

    job = applied(rows, text=text)

    assert everything() == before
    assert job.counts["unchanged"] == 2
    assert not ImportChange.objects.filter(job=job).exists()


def test_next_import_does_not_touch_what_the_first_brought(text):
    applied([["email", "name", "updates"], ["bo@example.org", "Bo", "no"]], text=text)

    job = applied([["email", "name", "updates"], ["bo@example.org", "Bob", "yes"]], text=text)

    assert found("bo@example.org").name == "Bo"
    assert standing("bo@example.org") == {"updates": "withdrawn"}
    assert job.counts["yes_refused"] == 1
