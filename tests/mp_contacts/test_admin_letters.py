"""The list of letters and everything about one: how it fared, never who wrote it or what it says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mp_contacts.models import LetterStage
from tests.factories.mp_contacts import LetterPageFactory, MemberFactory, make_letter
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

PERSONAL = ("name", "email", "postcode", "address", "subject", "body", "person_key", "refusal", "return_token")
TELLTALES = {
    "name": "Zephyrine Quillfeather",
    "email": "zephyrine@example.org",
    "postcode": "ZE9 9QF",
    "address": "9 Quill Lane",
    "subject": "Feathers",
    "body": "My feathers matter to me.",
}


@pytest.fixture
def officer(client):
    client.force_login(colleague("view_letter"))
    return client


@pytest.fixture
def letter():
    return make_letter(stage=LetterStage.REFUSED, refusal="Zephyrine writes threats.", **TELLTALES)


def addresses(letter):
    return [
        reverse("letters:index"),
        reverse("letters:index_results"),
        reverse("letters:index") + "?export=csv",
        reverse("letters:inspect", args=[letter.pk]),
    ]


def test_nothing_personal_is_shown(officer, letter):
    for address in addresses(letter):
        shown = officer.get(address).content.decode()

        assert [value for value in (*TELLTALES.values(), "writes threats") if value in shown] == [], address
        assert str(letter) in shown or letter.member.name in shown


def test_nothing_personal_is_even_read(officer, letter):
    """What stays in the database cannot turn up in a page, a log or an error report."""
    for address in addresses(letter):
        with CaptureQueriesContext(connection) as queries:
            officer.get(address)
        asked = " ".join(query["sql"] for query in queries.captured_queries)

        assert [field for field in PERSONAL if f'"mp_contacts_letter"."{field}"' in asked] == [], address


def test_the_list_is_narrowed_by_page_stage_and_member(officer):
    page = LetterPageFactory(title="Safe to report")
    jo, sam = MemberFactory(name="Jo Harrow"), MemberFactory(name="Sam Mere")
    first = make_letter(page, jo, stage=LetterStage.SENT)
    second = make_letter(page, sam)
    third = make_letter(LetterPageFactory(title="Homes"), sam, email="bo@example.org")

    def listed(**chosen):
        found = officer.get(reverse("letters:index"), chosen).context["object_list"]
        return {letter.pk for letter in found}

    assert listed(page=page.pk) == {first.pk, second.pk}
    assert listed(stage="sent") == {first.pk}
    assert listed(member=sam.pk) == {second.pk, third.pk}
    assert listed(member="nonsense") == {first.pk, second.pk, third.pk}


def test_the_list_asks_as_often_for_many_as_for_few(officer, django_assert_max_num_queries):
    page = LetterPageFactory()
    for number in range(30):
        make_letter(page, email=f"{number}@example.org")

    with django_assert_max_num_queries(14):  # the frame, the choices of the filters, the count, the rows, seats' names
        officer.get(reverse("letters:index"))


def test_how_a_letter_fared_is_told(officer):
    letter = make_letter(stage=LetterStage.HELD, hold_reasons=["flood"])

    shown = officer.get(reverse("letters:inspect", args=[letter.pk])).content.decode()

    assert "Held for an organiser to look at" in shown
    assert "Many letters nearly the same as this one" in shown
    assert letter.page.title in shown
    assert letter.member.constituency.name in shown
