"""Every response says who may see it, and none of the public ones knows its visitor."""

import pytest
from django.test import Client

from home.models import User
from supporters.audience import PERSONAL_CACHE_CONTROL, Audience
from tests.factories.events import EventPageFactory
from tests.factories.mp_contacts import LetterPageFactory
from tests.factories.petitions import PetitionPageFactory
from tests.rules.expected_answers import METHODS, PUBLIC_ROWS
from tests.rules.routes import all_routes, is_of_the_workspace
from tests.rules.test_route_matrix import put_site_above

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

# The only views that answer everybody alike. Whoever adds one says here that it may.
PUBLIC = {
    "wagtail_serve",
    "media",
    "look",
    "poster",
    "short_address",
    "leaving_quickly",
    "page_picture",
    "sitemap",
    "robots",
    "your_privacy",
    "petitions:check_email",
    "petitions:thank_you",
    "petitions:withdrawn",
    "petitions:too_late",
    "petitions:count",
    "mp_contacts:check_email",
    "mp_contacts:thank_you",
    "mp_contacts:withdrawn",
    "mp_contacts:too_late",
    "mp_contacts:choose",
    "mp_contacts:counted",
    "mp_contacts:answered",
    "events:check_email",
    "events:thank_you",
    "events:too_late",
    "events:cancelled",
    "events:calendar",
    "events:ics_feed",
    "events:rss_feed",
    "supporters:stayed",
    "supporters:privacy_sent",
    "supporters:privacy_erased",
}
# The only views that a form may be sent to without a token.
SAME_ORIGIN = {
    "petitions:sign",
    "petitions:resend",
    "mp_contacts:returned_pdf",
    "mp_contacts:write",
    "mp_contacts:resend",
    "mp_contacts:print",
    "mp_contacts:pdf",
    "mp_contacts:count_me",
    "mp_contacts:answer",
    "events:register",
    "events:resend",
    "events:manage_change",
    "events:manage_cancel",
    "events:manage_take",
    "events:manage_send_again",
    "events:manage_join",
    "events:manage_calendar",
    "events:manage_recording",
    "supporters:link",
    "supporters:link_open",
    "supporters:privacy",
    "supporters:privacy_yours",
}
# The only views that another site's page, or a machine, may send something to: they can only stop mail, or
# prove by a signature whose report it is.
CROSS_SITE = {"supporters:unsubscribe", "supporters:mail_reports", "events:zoom_calls"}
# Answers Wagtail's own scripts, and checks the token of a signed-in user itself.
CHECKS_ITSELF = ("wagtailadmin_api:", "wagtail_localize:edit_", "wagtail_localize:snippets_api_")


@pytest.fixture
def petition():
    petition = PetitionPageFactory()
    put_site_above(petition)
    return petition


def public_paths(petition) -> dict[str, str]:
    letters = LetterPageFactory(parent=petition.get_parent().specific).pk
    event = EventPageFactory(parent=petition.get_parent().specific).pk
    return {
        route.name: PUBLIC_ROWS[route.name].path.format(petition=petition.pk, letters=letters, event=event)
        or route.path
        for route in all_routes()
        if not is_of_the_workspace(route)
    } | {"the petition": petition.url, "nothing at all": "/no/such/page/", "no such file": "/favicon.ico"}


def organiser() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("organiser@example.org", "a long enough password"))
    return client


def test_the_views_that_declare_themselves_public_are_the_listed_ones():
    declared = {route.name for route in all_routes() if getattr(route.view, "audience", None) is Audience.PUBLIC}

    assert declared == PUBLIC


def test_forms_without_a_token_go_to_the_listed_views_only():
    marked = {route.name for route in all_routes() if getattr(route.view, "is_same_origin_post", False)}
    exempt = {
        route.name
        for route in all_routes()
        if getattr(route.view, "csrf_exempt", False) and not route.name.startswith(CHECKS_ITSELF)
    }

    from_anywhere = {route.name for route in all_routes() if getattr(route.view, "is_cross_site_post", False)}

    assert marked == SAME_ORIGIN
    assert from_anywhere == CROSS_SITE
    assert exempt == SAME_ORIGIN | CROSS_SITE


@pytest.mark.parametrize("make_client", [Client, organiser])
def test_every_response_declares_itself_and_keeps_the_rule(make_client, petition):
    client = make_client()
    seen = set()
    for path in public_paths(petition).values():
        for method in METHODS:
            response = getattr(client, method)(path)
            where = f"{method} {path}"
            seen.add(response.audience)
            assert isinstance(response.audience, Audience), where
            if response.audience is Audience.PUBLIC:
                assert response["Cache-Control"].startswith("public"), where
                assert not response.cookies, where
                assert "cookie" not in response.get("Vary", "").lower(), where
                assert method in {"get", "head"}, where
            else:
                assert response["Cache-Control"] == PERSONAL_CACHE_CONTROL, where
    assert seen == set(Audience)


def test_the_workspace_is_personal_throughout(petition):
    client = organiser()
    client.raise_request_exception = False
    audiences = {route.name: client.get(route.path).audience for route in all_routes() if is_of_the_workspace(route)}

    assert set(audiences.values()) == {Audience.PERSONAL}


def test_no_visitor_is_given_a_cookie_by_reading_and_signing(petition):
    client = Client()
    for path in public_paths(petition).values():
        client.get(path)
    signing = {"name": "Ada Example", "email": "ada@example.org", "postcode": "SW1A 1AA"}
    assert client.post(petition.sign_url, signing, follow=True).status_code == 200
    assert client.post(petition.sign_url, {"name": "Ada"}).status_code == 422

    # The one exception asks for a password, which no public page leads to.
    assert set(client.cookies) <= {"csrf"}
    client.cookies.clear()
    for name, path in public_paths(petition).items():
        if name != "wagtailcore_login":
            client.get(path)
    assert not client.cookies


def test_a_page_with_a_password_is_personal(petition):
    from wagtail.models import PageViewRestriction

    assert Client().get(petition.url).audience is Audience.PUBLIC
    PageViewRestriction.objects.create(page=petition, restriction_type="password", password="umbrella")

    response = Client().get(petition.url)

    assert response.audience is Audience.PERSONAL
    assert response["Cache-Control"] == PERSONAL_CACHE_CONTROL
