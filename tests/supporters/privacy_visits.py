"""People who come to the privacy page in tests, and what they find behind their link."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from petitions.models import PetitionPage, Signature
from petitions.services import confirm_signature, sign_petition
from supporters.links import mint_link
from supporters.privacy.visits import PRIVACY_LINK, begin_visit
from tests.factories.petitions import draft_for

YOURS = "/privacy/yours/"


def signed(petition: PetitionPage, *, confirm: bool = True, **typed: object) -> Signature:
    """A signature, confirmed unless said otherwise."""
    before = set(Signature.objects.values_list("pk", flat=True))
    sign_petition(draft_for(petition, **typed))
    signature = Signature.objects.exclude(pk__in=before).get()
    if confirm:
        confirm_signature(signature.pk)
        signature.refresh_from_db()
    return signature


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

    def post(self, act: str, **posted: str) -> HttpResponse:
        return self.client.post(YOURS, {"token": self.token, "act": act, **posted})

    def does(self, act: str, **posted: str) -> str:
        """The page after ``act``, as text."""
        response = self.post(act, **posted)
        assert response.status_code == 200, response.status_code
        return response.content.decode()
