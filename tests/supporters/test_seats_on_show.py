"""Imported people get their seat, and organisers read its name and not its code."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mp_contacts.postcodes import store_directory
from petitions.exports.documents import summary_facts
from petitions.models import Signature
from supporters.models import ActionState, Supporter
from tests.factories.mp_contacts import ConstituencyFactory
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import colleague
from tests.petitions.organisers import signed as signature_of
from tests.supporters.import_files import applied, found, known
from tests.supporters.workspace import text_of, url

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture(autouse=True)
def seats():
    ConstituencyFactory(code="X00000001", name="Lantern Quay")
    ConstituencyFactory(code="X00000002", name="Harrowmere")
    store_directory(edition="demo", pairs=[("ZA1 1AA", "X00000001"), ("ZA2 2BB", "X00000002")])


def test_imported_people_get_the_seat_of_their_postcode():
    known("old@example.org", postcode="ZA1 1AA")
    Supporter.objects.update(constituency_code="")
    known("moved@example.org", postcode="ZA1 1AA")

    applied(
        [
            ["email", "postcode"],
            ["new@example.org", "za11aa"],
            ["old@example.org", "ZA1 1AA"],
            ["moved@example.org", "ZA2 2BB"],
            ["far@example.org", "ZA9 9ZZ"],
        ],
        update={"postcode"},
    )

    names = ("new", "old", "moved", "far")
    assert [found(f"{name}@example.org").constituency_code for name in names] == [
        "X00000001",
        "X00000001",
        "X00000002",
        "",
    ]


def test_a_seat_that_the_file_names_itself_stands():
    applied([["email", "postcode", "constituency_code"], ["new@example.org", "ZA1 1AA", "E14001530"]])

    assert found("new@example.org").constituency_code == "E14001530"


def test_the_list_of_supporters_and_one_supporter_show_names(client):
    person = known("ada@example.org", name="Ada Example", postcode="ZA1 1AA", country="GB")
    client.force_login(colleague("view_supporter"))

    for page in (text_of(client.get(url("index"))), text_of(client.get(url("inspect", person.pk)))):
        assert "Lantern Quay" in page
        assert "United Kingdom" in page
        assert "X00000001" not in page


def test_the_list_of_signatures_and_one_signature_show_names(client):
    signature = signature_of(PetitionPageFactory(), email="ada@example.org", postcode="ZA1 1AA")
    client.force_login(colleague("view_signature"))

    for address in (reverse("signatures:index"), reverse("signatures:inspect", args=[signature.pk])):
        page = client.get(address).content.decode()
        assert "Lantern Quay" in page
        assert "United Kingdom" in page


def test_a_code_that_has_no_name_is_shown_itself(client):
    known("ada@example.org", postcode="ZA9 9ZZ", constituency_code="E14001530")
    client.force_login(colleague("view_supporter"))

    assert "E14001530" in text_of(client.get(url("index")))


def test_the_summary_to_hand_in_names_seats():
    petition = PetitionPageFactory()
    for code in ("X00000001", "X00000002"):
        Signature.objects.bulk_create(
            Signature(
                petition=petition,
                person_key=f"{code} {number}".encode(),
                constituency_code=code,
                state=ActionState.CONFIRMED,
                confirmed_at=timezone.now(),
            )
            for number in range(150)
        )

    assert {row["place"] for row in summary_facts(petition)["constituencies"]} == {"Lantern Quay", "Harrowmere"}
