"""Many visitors at once, with the page cache on: nobody ever sees another's text."""

import gzip
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from wagtail.models import Page, Site

from campaign_site.edge.page_cache import PageCache
from home.models import User
from petitions.models import Signature
from petitions.services import sign_petition
from supporters.audience import Audience
from supporters.links import mint_link
from tests.at_once import at_once
from tests.factories.petitions import PetitionPageFactory, draft_for

VISITORS = 6
REQUESTS_EACH = 150
# Nothing is cached for who is signed in, and the workspace is slow.
REQUESTS_OF_THE_ORGANISER = 40
HOST = "testserver"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Django:
    """The site as WSGI, in this process, with the checks of a real request."""

    def __init__(self) -> None:
        self._handler = ClientHandler(enforce_csrf_checks=True)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        response = self._handler(environ)
        cookies = [("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values()]
        start_response(f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies])
        return response


class EverythingIsPublic(Django):
    """The control: a site that declares each of its pages to be for everybody."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        response = super().__call__(environ, start_response)
        response.audience = Audience.PUBLIC  # type: ignore[attr-defined]
        return response


@dataclass
class Visitor:
    """Somebody with words of their own, which stand in everything they type."""

    number: int
    site: PageCache
    petition: Page
    canary: str = ""
    link: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    own_sightings: int = 0
    others_seen: list[str] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)
    most_requests: int = REQUESTS_EACH

    def __post_init__(self) -> None:
        self.canary = f"Kanarienvogel{chr(65 + self.number)}zwitschert"
        self.rng = random.Random(self.number)

    def request(self, method: str, path: str, data: dict[str, str] | None = None) -> bytes:
        factory = RequestFactory(REMOTE_ADDR=f"192.0.{self.number}.1")
        body = urlencode(data or {})
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": self.rng.choice(["gzip", "identity"])}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        environ = factory.generic(
            method, path, body, content_type="application/x-www-form-urlencoded", headers=headers
        ).environ
        environ["HTTP_HOST"] = HOST
        sent: list[tuple[str, list[tuple[str, str]]]] = []
        content = b"".join(self.site(environ, lambda status, given, exc_info=None: sent.append((status, given))))
        status, given = sent[-1]
        self._keep_cookies(given)
        self.statuses.add(int(status[:3]))
        if ("Content-Encoding", "gzip") in given:
            content = gzip.decompress(content)
        self._look_for_canaries(content + repr(given).encode())
        return content

    def _keep_cookies(self, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            if name == "Set-Cookie" and value.startswith("link="):
                self.cookies["link"] = value.split(";")[0].removeprefix("link=")

    def _look_for_canaries(self, content: bytes) -> None:
        text = content.decode(errors="replace")
        self.own_sightings += self.canary in text
        for other in range(VISITORS):
            if other != self.number and f"Kanarienvogel{chr(65 + other)}" in text:
                self.others_seen.append(f"visitor {self.number} saw the words of visitor {other}")

    def do_something(self) -> None:
        acts = {
            self.read: 10,
            self.sign: 3,
            self.sign_badly: 2,
            self.resend: 1,
            self.follow_link: 3,
            self.show_link: 3,
            self.paste_link: 1,
            self.press: 3,
            self.get_lost: 1,
            self.ask_with_query: 1,
            self.disturb_the_cache: 1,
        }
        self.rng.choices(list(acts), list(acts.values()))[0]()

    def read(self) -> None:
        number = self.petition.pk
        steps = [f"/petitions/{number}/{step}/" for step in ("check-your-email", "thank-you", "withdrawn", "too-late")]
        self.request("GET", self.rng.choice(["/", self.petition.url, f"/petitions/{number}/count.json", *steps]))

    def sign(self) -> None:
        address = f"{self.canary}{self.rng.randrange(40)}@example.org"
        typed = {"name": self.canary, "email": address, "postcode": "SW1A 1AA", "comment": f"{self.canary} says"}
        self.request("POST", f"/petitions/{self.petition.pk}/sign/", typed)

    def sign_badly(self) -> None:
        typed = {"name": self.canary, "email": self.canary, "postcode": self.canary[:10], "comment": self.canary}
        self.request("POST", f"/petitions/{self.petition.pk}/sign/", typed)

    def resend(self) -> None:
        self.request("POST", f"/petitions/{self.petition.pk}/resend/", {"email": self.canary})

    def follow_link(self) -> None:
        self.request("GET", self.link)

    def show_link(self) -> None:
        self.request("GET", "/links/")

    def paste_link(self) -> None:
        self.request("POST", "/links/open/", {"link": f"https://example.org{self.link}"})

    def press(self) -> None:
        self.request("POST", "/links/", {"token": self.link.split("/")[2]})

    def get_lost(self) -> None:
        self.request("GET", f"/{self.canary}/")

    def ask_with_query(self) -> None:
        self.request("GET", f"{self.petition.url}?name={self.canary}")

    def disturb_the_cache(self) -> None:
        self.rng.choice([self.site.purge, self.site.refresh])()


class Organiser(Visitor):
    """Signed in, under a name that is nobody else's business, and reading the same pages."""

    def do_something(self) -> None:
        self.rng.choices([self.read, self.get_lost, self.work], [10, 2, 1])[0]()

    def work(self) -> None:
        self.request("GET", "/admin/account/")


@pytest.fixture
def petition():
    petition = PetitionPageFactory()
    site = Site.objects.get()
    site.root_page = petition.get_ancestors()[1]
    site.save()
    return petition


def visitors(petition: Page, django: Django) -> list[Visitor]:
    cache = PageCache(django, hosts=frozenset({HOST}), session_cookie=settings.SESSION_COOKIE_NAME)
    everybody = [Visitor(number, cache, petition) for number in range(VISITORS - 1)]
    for visitor in everybody:
        sign_petition(draft_for(petition, email=f"{visitor.canary}@example.org", name=visitor.canary))
        signature = max(Signature.objects.all(), key=lambda signature: signature.name == visitor.canary)
        address = mint_link(purpose="petition_confirm", subject_id=signature.pk, lifetime=timedelta(days=1))
        visitor.link = address.removeprefix(settings.PUBLIC_ORIGIN)
    organiser = Organiser(VISITORS - 1, cache, petition, most_requests=REQUESTS_OF_THE_ORGANISER)
    user = User.objects.create_superuser("organiser@example.org", "a long enough password", name=organiser.canary)
    signed_in = Client()
    signed_in.force_login(user)
    organiser.cookies[settings.SESSION_COOKIE_NAME] = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    return [*everybody, organiser]


def let_loose(everybody: list[Visitor], times: int) -> list[str]:
    def live(number: int) -> None:
        for _ in range(min(times, everybody[number].most_requests)):
            everybody[number].do_something()

    at_once(len(everybody), live, with_database=False)
    return [seen for visitor in everybody for seen in visitor.others_seen]


@pytest.mark.ignore_template_errors
def test_nobody_ever_sees_the_words_of_another(petition):
    everybody = visitors(petition, Django())

    assert let_loose(everybody, REQUESTS_EACH) == []
    assert all(visitor.own_sightings for visitor in everybody), "everybody does see their own"
    assert {200, 303, 404, 422} <= set.union(*(visitor.statuses for visitor in everybody))
    assert not any(status >= 500 for visitor in everybody for status in visitor.statuses)


@pytest.mark.ignore_template_errors
def test_a_site_that_declares_everything_public_would_be_found_out(petition):
    """The control."""
    assert let_loose(visitors(petition, EverythingIsPublic()), 40)
