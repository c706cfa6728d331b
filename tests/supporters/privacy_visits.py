"""People who come to the privacy page in tests, and what they find behind their link."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from home.models import User
from petitions.models import Signature
from supporters.identity import email_key
from supporters.links import mint_link
from supporters.models import Suppression
from supporters.privacy.visits import PRIVACY_LINK, begin_visit
from supporters.services.erasing import erase_address
from supporters.services.merging import merge_supporters
from supporters.suppression import suppress
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import signed

YOURS = "/privacy/yours/"


def mark_of(who: str) -> dict[str, object]:
    """What ``who``, Ada or Bea, types: something of their own in every field."""
    postcode = {"Ada": "M1 1AE", "Bea": "SW1A 1AA"}[who]
    return {"name": f"{who} Markname", "postcode": postcode, "comment": f"{who} said so."}


def joined(*, kept: Signature, lost: Signature) -> None:
    """Make the records of two signers one, as an organiser does."""
    organiser = User.objects.create_user("organiser@example.org", "a long enough password")
    assert kept.supporter
    assert lost.supporter
    merge_supporters(kept=kept.supporter, lost=lost.supporter, choices={}, by=organiser)


KNOWN_AS = ("known", "pending", "suppressed", "blocked", "erased", "unknown")
"""The states in which we may know an address, and one in which we do not."""


def address_of(state: str) -> str:
    return f"{state}@example.org"


def meet_everybody() -> list[str]:
    """One address in each of the states; the addresses."""
    petition = PetitionPageFactory()
    for state in KNOWN_AS[:-1]:
        signed(petition, email=address_of(state), confirmed=state != "pending")
    suppress(email_key(address_of("suppressed")), Suppression.Reason.ASKED)
    suppress(email_key(address_of("blocked")), Suppression.Reason.BLOCKED)
    erase_address(address=address_of("erased"), actor=None)
    return [address_of(state) for state in KNOWN_AS]


def ask(client: Client, address: str, network: int = 1) -> HttpResponseBase:
    """Ask for the link, each time from another network if told so, or the limit would answer."""
    return client.post("/privacy/", {"email": address}, REMOTE_ADDR=f"10.{network // 250 % 250}.{network % 250}.1")


class Holder:
    """Whoever reads the mail of ``address``, at the page behind the link."""

    def __init__(self, address: str, *, language: str = "en", lifetime: timedelta = timedelta(hours=1)) -> None:
        self.client = Client()
        self.visit = begin_visit(visit_id=uuid.uuid4(), address=address, language=language)
        self.link = mint_link(purpose=PRIVACY_LINK, subject_id=self.visit.pk, lifetime=lifetime)
        self.path = self.link.removeprefix(settings.PUBLIC_ORIGIN)
        self.token = self.path.removeprefix("/links/").strip("/")

    def look(self) -> str:
        """The page, as text, by the link."""
        response = self.client.get(self.path, follow=True)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    def post(self, act: str, **posted: str) -> HttpResponseBase:
        return self.client.post(YOURS, {"token": self.token, "act": act, **posted})

    def does(self, act: str, **posted: str) -> str:
        """The page after ``act``, as text."""
        response = self.post(act, **posted)
        assert isinstance(response, HttpResponse)
        assert response.status_code == 200, response.status_code
        return response.content.decode()
