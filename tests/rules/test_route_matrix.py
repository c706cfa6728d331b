"""Every address × who asks × how: what must come back.

A new address fails here until somebody has written down who may reach it.
"""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from wagtail.models import GroupPagePermission, Page, Site

from home.models import CampaignPage, User
from mp_contacts.models import MemberSync, Position, Stance
from petitions.models import PaperSignatures, Signature
from petitions.services import sign_petition
from supporters.models import ExportJob, ImportJob, Mailing, Segment
from supporters.services import remember_supporter, write_details
from tests.factories.events import EventPageFactory, RoomFactory, make_registration
from tests.factories.mp_contacts import LetterPageFactory, make_letter
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.petitions.organisers import member_of
from tests.rules.expected_answers import (
    BROKEN_HERE,
    METHODS,
    OPEN_IN_THE_WORKSPACE,
    PUBLIC_ROWS,
    WAGTAILS_OWN,
    WORKSPACE_ROWS,
    expected_in_the_workspace,
)
from tests.rules.routes import all_routes, is_of_the_workspace

pytestmark = [
    pytest.mark.django_db,
    # Wagtail's own templates read variables that are not always there.
    pytest.mark.ignore_template_errors,
]

ABOUT_ONE = ("inspect", "contact", "consent", "details", "stop", "open", "erase", "merge_with")

BRIEFINGS = ("briefing", "briefing_pdf")

ABOUT_AN_EVENT = (
    "show", "roster", "print", "take_list", "find", "add", "needs", "questions", "messages", "write_message",
    "duplicate", "call_off",
)  # fmt: skip

ROUTES = all_routes()
PUBLIC = [route for route in ROUTES if not is_of_the_workspace(route)]
WORKSPACE = [route for route in ROUTES if is_of_the_workspace(route)]


def test_every_address_has_a_row_and_every_row_an_address():
    public = {route.name for route in PUBLIC}
    ours = {route.name for route in WORKSPACE if not route.name.startswith(WAGTAILS_OWN)}

    assert public == set(PUBLIC_ROWS)
    assert ours == set(WORKSPACE_ROWS)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_the_example_of_an_address_leads_to_its_view(route):
    """Or the statuses below would be those of some other 404."""
    row = PUBLIC_ROWS.get(route.name)
    path = (row.path.format(petition=1, letters=1, event=1) if row else "") or route.path

    assert resolve(path).func == route.view


def put_site_above(page: Page) -> None:
    """Let the tree that ``page`` stands in be the site that is served."""
    site = Site.objects.get()
    site.root_page = page.get_ancestors()[1]
    site.save()


@pytest.fixture
def petition():
    petition = PetitionPageFactory()
    put_site_above(petition)
    return petition


def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def ask(client: Client, method: str, path: str) -> HttpResponse:
    """The answer to somebody who has read what they were told before.

    Every refusal in the workspace leaves a message for the next page. Carried along through hundreds of refusals, all
    of them are unpacked and packed again for each: more than half of the time of this file.
    """
    client.cookies.pop("messages", None)
    return getattr(client, method)(path)


def signed_in(email: str, **fields: bool) -> tuple[Client, User]:
    user = User.objects.create_user(email, "a long enough password", **fields)
    client = visitor()
    client.force_login(user)
    return client, user


def stranger() -> Client:
    return signed_in("stranger@example.org")[0]


def editor() -> Client:
    client, user = signed_in("editor@example.org")
    group = Group.objects.create(name="Editors under test")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    user.groups.add(group)
    return client


def organiser() -> Client:
    return signed_in("organiser@example.org", is_superuser=True)[0]


def member(group: str) -> Client:
    client = visitor()
    client.force_login(member_of(group))
    return client


def moderator() -> Client:
    return member("Moderators")


def officer() -> Client:
    return member("Data officers")


ROLES = {"visitor": visitor, "stranger": stranger, "editor": editor, "organiser": organiser}
COLLEAGUES = {"editor": editor, "moderator": moderator, "officer": officer, "organiser": organiser}


@pytest.mark.parametrize("role", ROLES)
def test_public_addresses_answer_everybody_alike(role: str, petition):
    client = ROLES[role]()
    letters = LetterPageFactory(parent=petition.get_parent().specific).pk
    event = EventPageFactory(parent=petition.get_parent().specific).pk
    differences = {}
    for route in PUBLIC:
        row = PUBLIC_ROWS[route.name]
        path = row.path.format(petition=petition.pk, letters=letters, event=event) or route.path
        for method in METHODS:
            status = ask(client, method, path).status_code
            if status != row.expected(method):
                differences[route.name, method] = status

    assert differences == {}


@pytest.mark.parametrize("role", ["visitor", "stranger"])
def test_nobody_sees_the_workspace_without_the_right_to(role: str):
    client = ROLES[role]()
    seen = {
        (route.name, method): status
        for route in WORKSPACE
        if route.name not in OPEN_IN_THE_WORKSPACE
        for method in METHODS
        if (status := ask(client, method, route.path).status_code) not in {301, 302, 403, 404, 405}
    }

    assert seen == {}


def test_nothing_in_the_workspace_breaks_for_an_organiser():
    client = organiser()
    client.raise_request_exception = False
    broken = {
        route.name: status
        for route in WORKSPACE
        if route.name not in OPEN_IN_THE_WORKSPACE | BROKEN_HERE
        and (status := ask(client, "get", route.path).status_code) >= 500
    }

    assert broken == {}


@pytest.fixture
def objects(petition) -> dict[str, object]:
    """What the addresses with a number or an id in them are about; a made-up one would be 404 for everybody."""
    sign_petition(draft_for(petition))
    organiser = User.objects.create_user("counter@example.org", "a long enough password")
    signature = Signature.objects.get().pk
    paper = PaperSignatures.objects.create(petition=petition, number=5, note="Market stall", added_by=organiser).pk
    segment = Segment.objects.create(name="Everybody", criteria={}).pk
    job = ExportJob.objects.create(purpose="A reason", preset="complete", file_format="csv").pk
    brought_in = ImportJob.objects.create(purpose="Sheets of May", headings=["Email"], file_format="csv").pk
    mailing = Mailing.objects.create(subject="This week", body="News.").pk
    supporter, other = (remember_supporter(address=f"{name}@example.org").pk for name in ("ada", "bell"))
    letter = make_letter()
    registration = make_registration()
    RoomFactory(page=registration.page)
    position = Position.objects.create(
        member=letter.member,
        campaign=CampaignPage.objects.get(),
        stance=Stance.SUPPORTIVE,
        source="Hansard",
        said_on=date(2026, 3, 3),
    ).pk
    return {
        **{f"members:{name}": letter.member_id for name in ("inspect", "edit", "works_again", *BRIEFINGS)},
        **{f"positions:{name}": position for name in ("edit", "delete")},
        "letters:inspect": letter.pk,
        **{f"events_admin:{name}": registration.page_id for name in ABOUT_AN_EVENT},
        "events_admin:registration": (registration.page_id, registration.pk),
        **{f"rooms:{name}": registration.page_id for name in ("set", "look_over", "host")},
        **{f"imports:{name}": brought_in for name in ("show", "check", "apply", "undo", "discard", "problems")},
        **{f"supporters_admin:{name}": supporter for name in ABOUT_ONE},
        "supporters_admin:compare": (supporter, other),
        "supporters_admin:undo_merge": supporter,
        "signatures:inspect": signature,
        "signatures:contact": signature,
        "paper_signatures:delete": paper,
        "hand_in:pack": petition.pk,
        "consent_texts:edit": petition.consent_text_id,
        "consent_texts:inspect": petition.consent_text_id,
        "segments:edit": segment,
        "segments:delete": segment,
        "segments:inspect": segment,
        "exports:ask": "complete",
        "exports:job": job,
        "exports:progress": job,
        "exports:take": job,
        "patterns:whole": "gone",
        "member_syncs:show": MemberSync.objects.create(source="members.csv").pk,
        "draft_posters:draft": (petition.pk, "poster-a4"),
        "word_import:upload": CampaignPage.objects.first().pk,
        "mailings:show": mailing,
        "mailings:edit": mailing,
        "mailings:html": mailing,
    }


def arguments(about: object) -> list[object]:
    return list(about) if isinstance(about, tuple) else [about]


@pytest.mark.parametrize("role", COLLEAGUES)
def test_our_parts_of_the_workspace_open_to_those_named(role: str, objects):
    client = COLLEAGUES[role]()
    answers = {
        name: ask(client, "get", reverse(name, args=arguments(objects.get(name, ())))).status_code
        for name in WORKSPACE_ROWS
    }

    assert answers == {name: expected_in_the_workspace(name, role) for name in WORKSPACE_ROWS}


# Of one supporter, in none of which any other text of the site is contained.
TELLTALES = {
    "name": "Zephyrine Quillfeather",
    "address": "zephyrine.quillfeather@example.org",
    "phone": "+447700900991",
    "postcode": "ZE9 9QF",
}


@pytest.mark.parametrize("role", ["visitor", "stranger", "editor", "moderator"])
def test_nobody_without_the_right_reaches_one_field_of_a_supporter(role: str, objects):
    supporter = remember_supporter(address=TELLTALES["address"])
    write_details(supporter, **{name: value for name, value in TELLTALES.items() if name != "address"})
    supporter.save()
    client = {**ROLES, "moderator": moderator}[role]()
    # Without this even the forms that need a token answer: what stands between is then the right alone.
    client.handler.enforce_csrf_checks = False
    client.raise_request_exception = False
    found = set()
    for route in ROUTES:
        path = reverse(route.name, args=arguments(objects[route.name])) if route.name in objects else route.path
        for method in ("get", "post"):
            response = ask(client, method, path)
            body = b"".join(response) if response.streaming else response.content
            shown = body.decode(errors="replace") + str(response.headers)
            found |= {(route.name, method, name) for name, value in TELLTALES.items() if value in shown}

    assert found == set()
