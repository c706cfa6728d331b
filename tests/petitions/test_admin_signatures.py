"""Looking at signatures: a list, one of them, and finding those of an address."""

import pytest
from django.urls import NoReverseMatch, reverse

from petitions.models import CommentState
from petitions.services import withdraw_signature
from supporters.models import AuditEntry
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import colleague, signed

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LIST = "signatures:index"


@pytest.fixture
def petition():
    return PetitionPageFactory(title="Safe to report")


@pytest.fixture
def reader(client):
    client.force_login(colleague("view_signature"))
    return client


@pytest.fixture
def officer(client):
    client.force_login(colleague("view_signature", "export_signatures", email="officer@example.org"))
    return client


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_names_and_nothing_that_leads_to_a_person(reader, petition):
    signed(petition, name="Ada Example", email="ada@example.org", comment="Because of my sister.")

    page = text_of(reader.get(reverse(LIST)))

    assert "Ada Example" in page
    assert "Safe to report" in page
    for hidden in ("ada@example.org", "SW1A 1AA", "my sister"):
        assert hidden not in page


def test_the_list_can_be_narrowed_by_petition_state_comment_and_day(reader, petition):
    other = PetitionPageFactory(title="Another one")
    signed(petition, name="Ada Example", comment="Please do.")
    signed(petition, name="Bo Example", email="bo@example.org", confirmed=False)
    signed(other, name="Cy Example", email="cy@example.org")

    def names(**chosen):
        page = text_of(reader.get(reverse(LIST), chosen))
        return {name for name in ("Ada", "Bo", "Cy") if f"{name} Example" in page}

    assert names() == {"Ada", "Bo", "Cy"}
    assert names(petition=petition.pk) == {"Ada", "Bo"}
    assert names(state="pending") == {"Bo"}
    assert names(comment_state=CommentState.WAITING) == {"Ada"}
    assert names(created_at_from="2001-01-01", created_at_to="2001-02-01") == set()


def test_the_list_costs_the_same_however_long_it_is(reader, petition, django_assert_num_queries):
    signed(petition)
    reader.get(reverse(LIST))
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        reader.get(reverse(LIST))
    for number in range(5):
        signed(petition, email=f"{number}@example.org")
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        reader.get(reverse(LIST))


# Session, user, the user's and the groups' permissions, profile; how many, the rows, the choice of petitions;
# and for Wagtail's menu the locales and the rights to pages, collections and sites.
QUERIES_OF_A_LIST = 12


@pytest.mark.parametrize("act", ["add", "edit", "delete", "copy", "history", "usage"])
def test_nothing_can_be_done_to_a_signature(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"signatures:{act}")
    with pytest.raises(NoReverseMatch):
        reverse(f"signatures:{act}", args=["5b0ad5f3-6a7e-4c35-9dd7-0c2f4f3f2c9e"])


@pytest.mark.parametrize("spreadsheet", ["csv", "xlsx"])
def test_wagtails_own_export_is_not_there(reader, petition, spreadsheet):
    signed(petition)

    response = reader.get(reverse(LIST), {"export": spreadsheet})

    assert response["Content-Type"].startswith("text/html")
    assert "Download" not in text_of(response)


def test_one_signature_shows_no_address_without_the_permission(reader, petition):
    signature = signed(petition, email="ada@example.org", comment="Please do.")

    page = text_of(reader.get(reverse("signatures:inspect", args=[signature.pk])))

    assert "Please do." in page
    assert "ada@example.org" not in page
    assert "SW1A 1AA" not in page
    assert reverse("signatures:contact", args=[signature.pk]) not in page


def test_showing_an_address_takes_a_press_and_goes_on_record(officer, petition):
    signature = signed(petition, email="ada@example.org")

    before = text_of(officer.get(reverse("signatures:inspect", args=[signature.pk])))
    assert "ada@example.org" not in before
    assert not AuditEntry.objects.exists()
    contact = reverse("signatures:contact", args=[signature.pk])
    assert contact in before
    assert officer.get(contact).status_code == 405

    response = officer.post(contact)

    assert "ada@example.org" in text_of(response)
    assert "SW1A 1AA" in text_of(response)
    assert response["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor.email, entry.count) == ("view_signature", "officer@example.org", 1)
    assert "Ada" not in entry.subject


def test_a_withdrawn_signature_has_nothing_to_show(officer, petition):
    signature = signed(petition)
    withdraw_signature(signature.pk)

    page = text_of(officer.get(reverse("signatures:inspect", args=[signature.pk])))

    assert reverse("signatures:contact", args=[signature.pk]) not in page


def test_an_address_is_found_on_every_petition_in_any_case_and_state(reader, petition):
    other = PetitionPageFactory(title="Another one")
    counting = PetitionPageFactory(title="Only counting", privacy_mode="count")
    mine = [
        signed(petition, email="Ada@Example.org"),
        signed(other, email="ada@example.org", confirmed=False),
        signed(counting, email="ada@example.ORG"),
    ]
    signed(petition, name="Bo Example", email="bo@example.org")

    response = reader.post(reverse("signatures:find"), {"email": "ADA@example.org"})

    page = text_of(response)
    assert "3 signatures" in page
    for signature in mine:
        assert reverse("signatures:inspect", args=[signature.pk]) in page
    assert "Bo Example" not in page
    assert response["Cache-Control"] == "private, no-store"


def test_the_second_of_a_household_is_found_by_the_shared_address(reader, petition):
    signed(petition, name="Ada Example", email="home@example.org")
    signed(petition, name="Bo Example", email="home@example.org")

    page = text_of(reader.post(reverse("signatures:find"), {"email": "home@example.org"}))

    assert "Ada Example" in page
    assert "Bo Example" in page


@pytest.mark.parametrize("part", ["ada@example.com", "a@example.org", "%@example.org", "_da@example.org"])
def test_part_of_an_address_finds_nobody(reader, petition, part):
    signed(petition, email="ada@example.org")

    page = text_of(reader.post(reverse("signatures:find"), {"email": part}))

    assert "Nobody has signed" in page
    assert "Ada Example" not in page


def test_what_was_searched_for_stands_in_no_address_no_answer_and_no_record(reader, petition, caplog):
    signed(petition, email="ada@example.org")

    response = reader.post(reverse("signatures:find"), {"email": "ada@example.org"})

    assert "ada@example.org" not in text_of(response)
    assert "ada@example.org" not in caplog.text
    assert "ada" not in text_of(reader.get(reverse("signatures:find"), {"email": "ada@example.org"}))
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.count) == ("find_signatures", 1)
    assert "ada" not in f"{entry.subject}{entry.purpose}"


@pytest.mark.parametrize("typed", ["", "ada", "ada@", "@example.org", "ada@exa mple.org"])
def test_what_is_no_address_is_an_error_beside_the_field(reader, typed):
    response = reader.post(reverse("signatures:find"), {"email": typed})

    assert response.status_code == 422
    assert response.context["form"].errors["email"]
    assert not AuditEntry.objects.exists()
