"""Deciding about two records in the workspace, and who may do that or anything else about people."""

import pytest
from django.urls import reverse

from supporters.duplicates import suggest_duplicates
from supporters.models import DuplicateSuggestion, Merge, PairDecision, Supporter
from supporters.services.merging import merge_supporters
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import boss, colleague
from tests.supporters.people import signed, somebody
from tests.supporters.workspace import actions_on_record, text_of, url

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def ada():
    return signed(PetitionPageFactory(), "ada@example.org", wants_updates=True).supporter


@pytest.fixture
def officer(client):
    client.force_login(colleague("view_supporter", "merge_supporters", email="officer@example.org"))
    return client


@pytest.fixture
def reader(client):
    client.force_login(colleague("view_supporter"))
    return client


def test_two_records_are_compared_merged_and_taken_apart(officer, ada):
    other = somebody("other@example.org", name="Augusta King", phone="07700 900123")
    answer = officer.post(url("merge_with", ada.pk), {"email": "other@example.org"})
    assert answer.url == url("compare", ada.pk, other.pk)
    page = text_of(officer.get(answer.url))
    assert "The names differ" in page
    assert "07700" not in page

    officer.post(answer.url, {"verdict": "merge", "take_phone": "on"})
    ada.refresh_from_db()
    assert (ada.name, ada.phone) == ("Ada Example", "07700 900123")
    merge = Merge.objects.get()
    assert url("undo_merge", merge.pk) in text_of(officer.get(url("inspect", ada.pk)))

    officer.post(url("undo_merge", merge.pk))
    other.refresh_from_db()
    ada.refresh_from_db()
    assert (ada.phone, other.name, other.phone) == ("", "Augusta King", "07700 900123")


@pytest.mark.parametrize("verdict", ["not_same", "keep_apart"])
def test_suggestions_are_listed_with_reasons_until_decided(officer, ada, verdict):
    other = somebody("other@example.org", name="Ada Example", postcode="SW1A 1AA")
    suggest_duplicates()
    page = text_of(officer.get(reverse("duplicates:index")))
    assert "They have the same full name. They gave the same postcode" in page
    assert url("compare", ada.pk, other.pk) in page

    officer.post(url("compare", ada.pk, other.pk), {"verdict": verdict})
    assert not DuplicateSuggestion.objects.exists()
    assert PairDecision.objects.get().verdict == verdict


def addresses_of(person, other, merge):
    about_one = ("inspect", "contact", "consent", "details", "stop", "open", "erase", "merge_with")
    return [
        url("index"),
        url("index_results"),
        url("find"),
        *(url(name, person.pk) for name in about_one),
        url("compare", person.pk, other.pk),
        url("undo_merge", merge.pk),
        reverse("duplicates:index"),
    ]


@pytest.mark.parametrize("who", ["visitor", "moderator", "editor"])
def test_nobody_else_reaches_one_field_of_a_supporter(client, ada, who):
    merge = merge_supporters(kept=ada, lost=somebody("lost@example.org"), choices={}, by=boss())
    other = somebody("other@example.org", name="Bell Example")
    if who == "moderator":
        client.force_login(colleague("moderate_comments", "view_signature"))
    elif who == "editor":
        client.force_login(colleague())
    before = Supporter.objects.count()
    for address in addresses_of(ada, other, merge):
        for answer in (client.get(address), client.post(address, {"email": "ada@example.org", "is_sure": "on"})):
            assert answer.status_code in {302, 403, 405}, address
            assert b"Example" not in answer.content

    assert Supporter.objects.count() == before
    assert not ada.merged_records.exclude(merged_into=ada).exists()
    assert actions_on_record() == ["merge_supporters"]


def test_each_act_needs_its_own_right(reader, ada):
    other = somebody("other@example.org")
    refused = [url(name, ada.pk) for name in ("consent", "details", "stop", "erase", "merge_with")]
    for address in [*refused, url("compare", ada.pk, other.pk), reverse("duplicates:index")]:
        assert reader.get(address).status_code == 302, address
    page = text_of(reader.get(url("inspect", ada.pk)))
    assert all(address not in page for address in refused)
