"""The organisers' view of people: found, understood and put right by those who may, and by nobody else."""

import re

import pytest
from django.urls import NoReverseMatch

from petitions.services import sign_petition
from supporters.identity import email_key
from supporters.models import (
    ConsentRecord,
    ConsentText,
    Purpose,
    Supporter,
    Suppression,
)
from supporters.services import change_consent
from supporters.services.merging import merge_supporters
from supporters.suppression import suppress
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.petitions.organisers import boss, colleague
from tests.supporters.people import signed, somebody, standing
from tests.supporters.workspace import actions_on_record, text_of, url

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ALL = ("view_supporter", "change_supporter", "merge_supporters", "erase_supporters")
Choice = ConsentRecord.Choice


@pytest.fixture
def petition():
    return PetitionPageFactory(title="Safe to report")


@pytest.fixture
def ada(petition):
    return signed(petition, "ada@example.org", wants_updates=True, source="stall").supporter


@pytest.fixture
def officer(client):
    client.force_login(colleague(*ALL, email="officer@example.org"))
    return client


@pytest.fixture
def reader(client):
    client.force_login(colleague("view_supporter"))
    return client


def test_the_list_shows_names_and_nothing_that_leads_to_a_person(reader, ada):
    page = text_of(reader.get(url("index")))

    assert "Ada Example" in page
    assert "stall" in page
    assert re.search(r">\s*Yes\s*<", page)
    assert "ada@" not in page
    assert "SW1A" not in page


def test_merged_records_are_not_listed(reader, ada):
    other = somebody("other@example.org", name="Bell Example")
    merge_supporters(kept=ada, lost=other, choices={}, by=boss())

    assert url("inspect", other.pk) not in text_of(reader.get(url("index")))


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("updates=given", True),
        ("updates=withdrawn", False),
        ("updates=never", False),
        ("language=en&country=gb", True),
        ("country=FR", False),
        ("source=stall", True),
        ("created_at_from=2100-01-01", False),
    ],
)
def test_filters_hold_nothing_personal_and_work(reader, ada, query, is_found):
    assert ("Ada Example" in text_of(reader.get(f"{url('index')}?{query}"))) == is_found


def test_nobody_is_added_edited_or_deleted_by_wagtails_own_views():
    for name in ("add", "edit", "delete", "copy", "history", "usage", "export"):
        with pytest.raises(NoReverseMatch):
            url(name, "5f3bbf0d-3f42-4d5c-9d5a-6a7a58fbbbb7")


def test_export_by_hand_of_the_address_gives_the_page(reader, ada):
    assert "<html" in text_of(reader.get(f"{url('index')}?export=csv"))


def test_list_asks_little_however_many_there_are(reader, ada, django_assert_max_num_queries):
    for number in range(20):
        somebody(f"more{number}@example.org")
    # Ours is one. Session, user, profile, languages, and five times what the menu asks about permissions.
    with django_assert_max_num_queries(10):
        reader.get(url("index"))


def test_pages_beyond_the_first_are_counted_and_the_last_one_is_shown_to_whoever_asks_too_much(reader, ada):
    for number in range(60):
        somebody(f"more{number}@example.org", name=f"Person {number}")

    assert "Page 1 of 2" in text_of(reader.get(url("index")))
    for page in ("2", "7", "999999"):
        assert "Page 2 of 2" in text_of(reader.get(f"{url('index')}?p={page}"))
        assert "Ada Example" in text_of(reader.get(f"{url('index')}?p={page}"))


def test_a_long_list_is_estimated_and_ends(reader, ada, monkeypatch):
    monkeypatch.setattr("supporters.admin.supporter_list.ESTIMATE", "(SELECT 1234567)")
    page = text_of(reader.get(url("index")))

    assert "The first 10,000 of about 1,234,567 supporters" in page
    assert "Page 1 of 200" in page


@pytest.mark.parametrize(
    "typed",
    [{"email": "ADA@Example.org"}, {"name": "áda  example"}, {"phone": "(07700) 900 123"}],
    ids=["email", "name", "phone"],
)
def test_people_are_found_by_something_exact(reader, ada, typed):
    somebody("ada@example.org", name="Ada Example", phone="07700900123")
    page = text_of(reader.post(url("find"), typed))

    assert url("inspect", ada.pk) in page
    assert actions_on_record() == ["find_supporters"]


def test_an_address_that_was_merged_finds_the_record_it_leads_to(reader, ada):
    other = somebody("other@example.org")
    merge_supporters(kept=ada, lost=other, choices={}, by=boss())

    assert url("inspect", ada.pk) in text_of(reader.post(url("find"), {"email": "other@example.org"}))
    assert reader.get(url("inspect", other.pk)).url == url("inspect", ada.pk)


@pytest.mark.parametrize("typed", [{}, {"email": "ada@example.org", "name": "Ada"}, {"email": "ada"}, {"phone": "-"}])
def test_half_a_question_is_refused(reader, ada, typed):
    page = text_of(reader.post(url("find"), typed), 422)

    assert url("inspect", ada.pk) not in page
    assert actions_on_record() == []


def test_everything_about_a_person_is_on_one_page(officer, ada, petition):
    other = somebody("other@example.org", name="Ada Example", postcode="SW1A 1AA")
    change_consent(supporter=ada, purpose=Purpose.UPDATES, choice=Choice.WITHDRAWN, method="their own page")
    page = text_of(officer.get(url("inspect", ada.pk)))

    for words in (
        "Ada Example",
        "stall",
        "Yes, write to me about this campaign",
        "their own page",
        "petition form, confirmed by mail",
        "The person asked us to stop",
        "Safe to report",
        "Signed",
        "Perhaps the same person",
        "They have the same full name. They gave the same postcode.",
        url("compare", ada.pk, other.pk),
    ):
        assert words in page, words
    assert "ada@example.org" not in page
    assert "SW1A" not in page


def test_address_is_shown_at_the_press_of_a_button_and_that_is_on_record(reader, ada):
    page = text_of(reader.post(url("contact", ada.pk)))

    assert "ada@example.org" in page
    assert "SW1A 1AA" in page
    assert actions_on_record() == ["view_supporter"]
    assert reader.get(url("contact", ada.pk)).status_code == 405


def test_a_no_is_written_down(officer, ada):
    officer.post(
        url("consent", ada.pk), {"purpose": "updates", "choice": "withdrawn", "method": "told us on the phone"}
    )

    assert standing(ada) == Choice.WITHDRAWN
    record = ada.consents.latest("pk")
    assert (record.method, record.actor.email) == ("told us on the phone", "officer@example.org")
    assert actions_on_record() == ["consent_withdrawn"]


def test_a_no_cannot_be_turned_into_a_yes(officer, ada, petition):
    change_consent(supporter=ada, purpose=Purpose.UPDATES, choice=Choice.WITHDRAWN, method="their own page")
    page = text_of(
        officer.post(
            url("consent", ada.pk),
            {
                "purpose": "updates",
                "choice": "given",
                "method": "signed on paper",
                "text": petition.consent_text_id,
                "note": "list of May",
            },
        ),
        422,
    )

    assert "This person said no, and only they can change that" in page
    assert standing(ada) == Choice.WITHDRAWN
    assert actions_on_record() == []


def test_a_first_yes_needs_its_words_and_its_proof(officer, petition):
    person = somebody("bell@example.org")
    ConsentText.objects.filter(pk=petition.consent_text_id).update(published_at="2026-01-01T00:00Z")
    given = {"purpose": "updates", "choice": "given", "method": "signed on paper"}
    text_of(officer.post(url("consent", person.pk), given), 422)
    assert standing(person) == ""

    officer.post(url("consent", person.pk), {**given, "text": petition.consent_text_id, "note": "list of May"})
    assert standing(person) == Choice.GIVEN


def test_a_blank_changes_nothing_and_clears_only_when_ticked(officer, ada):
    typed = {"name": "", "phone": "07700 900123", "postcode": "", "country": "", "language": "en"}
    officer.post(url("details", ada.pk), typed)
    ada.refresh_from_db()
    assert (ada.name, ada.phone, ada.postcode, ada.country) == ("Ada Example", "+447700900123", "SW1A 1AA", "GB")

    officer.post(url("details", ada.pk), {"name": "Ada Example", "language": "ro", "clears": ["name", "postcode"]})
    ada.refresh_from_db()
    assert (ada.name, ada.name_key, ada.phone, ada.postcode) == ("", None, "+447700900123", "")
    assert ada.language == "ro"
    assert actions_on_record() == ["correct_supporter", "correct_supporter"]


def test_correcting_shows_no_telephone_and_no_postcode(officer, ada):
    page = text_of(officer.get(url("details", ada.pk)))

    assert "Ada Example" in page
    assert "SW1A" not in page
    text_of(officer.post(url("details", ada.pk), {"phone": "12", "language": "en"}), 422)
    both = {"postcode": "M1 1AE", "language": "en", "clears": ["postcode"]}
    assert "Either fill this in" in text_of(officer.post(url("details", ada.pk), both), 422)


def test_an_address_is_blocked_and_opened_again(officer, ada):
    officer.post(url("stop", ada.pk), {"reason": "blocked"})
    assert Suppression.objects.get().reason == "blocked"
    assert "Lift the block" in text_of(officer.get(url("inspect", ada.pk)))

    officer.post(url("open", ada.pk))
    assert not Suppression.objects.exists()
    assert actions_on_record() == ["suppress_address", "open_address"]


def test_who_asked_us_to_stop_is_not_opened(officer, ada):
    suppress(email_key("ada@example.org"), Suppression.Reason.ASKED)
    officer.post(url("open", ada.pk))

    assert Suppression.objects.get().reason == "asked"


def test_opening_a_block_leaves_the_no_it_covered(officer, ada):
    change_consent(supporter=ada, purpose=Purpose.UPDATES, choice=Choice.WITHDRAWN, method="their own page")
    officer.post(url("stop", ada.pk), {"reason": "blocked"})
    officer.post(url("open", ada.pk))

    assert Suppression.objects.get().reason == "asked"


def test_erasing_asks_first_and_leaves_nothing(officer, ada):
    text_of(officer.get(url("erase", ada.pk)))
    text_of(officer.post(url("erase", ada.pk)), 422)
    assert Supporter.objects.filter(pk=ada.pk).exists()

    officer.post(url("erase", ada.pk), {"is_sure": "on"})
    assert not Supporter.objects.filter(pk=ada.pk).exists()


def test_unconfirmed_people_are_not_here(reader, petition):
    sign_petition(draft_for(petition, email="new@example.org"))

    assert Supporter.objects.count() == 0
