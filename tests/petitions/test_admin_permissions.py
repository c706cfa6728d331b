"""Who gets where in the organisers' workspace."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import boss, colleague, member_of, signed

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ALL = {
    "view_signature",
    "moderate_comments",
    "export_signatures",
    "view_papersignatures",
    "add_papersignatures",
    "delete_papersignatures",
    "view_consenttext",
    "add_consenttext",
    "change_consenttext",
}
# Every address of ours, and any one of these permissions opens it.
OPENED_BY = {
    ("signatures:index",): {"view_signature"},
    ("signatures:index_results",): {"view_signature"},
    ("signatures:find",): {"view_signature"},
    ("signatures:inspect", "signature"): {"view_signature"},
    ("petition_comments:index",): {"moderate_comments"},
    ("paper_signatures:index",): {"view_papersignatures", "add_papersignatures", "delete_papersignatures"},
    ("paper_signatures:index_results",): {"view_papersignatures", "add_papersignatures", "delete_papersignatures"},
    ("paper_signatures:add",): {"add_papersignatures"},
    ("hand_in:index",): {"export_signatures"},
    ("hand_in:pack", "petition"): {"export_signatures"},
    ("consent_texts:index",): {"view_consenttext", "add_consenttext", "change_consenttext"},
    ("consent_texts:index_results",): {"view_consenttext", "add_consenttext", "change_consenttext"},
    ("consent_texts:add",): {"add_consenttext"},
}
TAKES_POSTS = {
    "signatures:find",
    "petition_comments:index",
    "hand_in:pack",
    "paper_signatures:add",
    "consent_texts:add",
}


@pytest.fixture
def addresses():
    petition = PetitionPageFactory()
    named = {"petition": petition.pk, "signature": signed(petition).pk}
    return {place: reverse(place[0], args=[named[argument] for argument in place[1:]]) for place in OPENED_BY}


def test_strangers_are_sent_to_the_sign_in(client, addresses):
    for address in [*addresses.values(), reverse("petition_list:index")]:
        response = client.get(address)

        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login")), address


def test_each_place_opens_to_its_own_permissions_and_to_no_other(client, addresses):
    for number, permission in enumerate(sorted(ALL)):
        client.force_login(colleague(permission, email=f"{number}@example.org"))
        for place, address in addresses.items():
            response = client.get(address)
            if permission in OPENED_BY[place]:
                assert response.status_code == 200, (permission, address)
            else:
                assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home")), address


def test_posting_needs_the_same_permission(client, addresses):
    client.force_login(colleague())
    posts = [addresses[place] for place in OPENED_BY if place[0] in TAKES_POSTS]
    contact = addresses["signatures:inspect", "signature"] + "contact/"

    for address in [*posts, contact]:
        answer = client.post(address, {"email": "ada@example.org", "kind": "csv", "purpose": "Curiosity"})
        assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home")), address


def test_a_press_of_a_button_needs_the_token_of_the_form(addresses):
    client = Client(enforce_csrf_checks=True)
    client.force_login(boss())

    for place in OPENED_BY:
        if place[0] in TAKES_POSTS:
            assert client.post(addresses[place], {}).status_code == 403, place


@pytest.mark.parametrize(
    ("group", "may"),
    [
        ("Moderators", {"moderate_comments"}),
        ("Organisers", ALL - {"export_signatures"}),
        ("Data officers", {"view_signature", "export_signatures"}),
    ],
)
def test_groups_can_do_their_work_and_no_more(group, may):
    user = member_of(group)
    held = {name.partition(".")[2] for name in user.get_all_permissions()}

    assert held & ALL == may
    assert "access_admin" in held


def test_our_permissions_can_be_given_to_groups_in_the_workspace(client):
    client.force_login(boss())

    page = client.get(reverse("wagtailusers_groups:add")).content.decode()

    assert "Can approve and refuse comments" in page
    assert "Can make a hand-in pack with signers&#x27; names" in page


def test_the_menu_shows_only_what_the_person_may_do(client):
    client.force_login(colleague("moderate_comments"))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("petition_comments:index") in page
    assert reverse("signatures:index") not in page
    assert reverse("hand_in:index") not in page
