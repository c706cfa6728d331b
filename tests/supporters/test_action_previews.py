"""Editors see every state of an action page, and nobody signs by looking."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Revision

from petitions.models import PetitionPage, Signature
from supporters.action_previews import PREVIEW_MODES
from supporters.models import Message
from tests.factories.events import EventPageFactory
from tests.factories.mp_contacts import LetterPageFactory
from tests.factories.petitions import ConsentTextFactory, PetitionPageFactory
from tests.petitions.organisers import boss

pytestmark = pytest.mark.django_db

SHOWN = {
    "": "sign-form",
    "invalid": "error-summary",
    "check_email": "Check your inbox",
    "thank_you": "kicker--done",
    "closed": "state-title",
}
FACTORIES = {"petition": PetitionPageFactory, "letter": LetterPageFactory, "event": EventPageFactory}


def seen(page, mode: str) -> str:
    response = page.make_preview_request(preview_mode=mode)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("mode", [mode for mode, _label in PREVIEW_MODES])
@pytest.mark.parametrize("kind", FACTORIES)
def test_every_state_of_a_draft_can_be_looked_at(kind: str, mode: str) -> None:
    html = seen(FACTORIES[kind](live=False), mode)
    assert SHOWN[mode] in html
    assert ("sign-form" in html) == (mode in {"", "invalid", "check_email"})


@pytest.mark.parametrize("mode", [mode for mode, _label in PREVIEW_MODES])
@pytest.mark.parametrize("kind", FACTORIES)
def test_a_page_that_was_never_saved_can_be_looked_at(kind, mode):
    page = FACTORIES[kind].build(parent=None, consent_text=ConsentTextFactory(), slug="new")
    page.locale, page.path, page.depth = Locale.get_default(), "00010001", 2
    assert SHOWN[mode] in seen(page, mode)


def test_looking_through_the_workspace_changes_nothing(client: Client) -> None:
    petition = PetitionPageFactory(state="won")
    client.force_login(boss())
    before = PetitionPage.objects.values().get()
    address = reverse("wagtailadmin_pages:view_draft", args=[petition.pk])
    for mode, _label in PREVIEW_MODES:
        assert client.get(address, {"mode": mode}).status_code == 200
    assert PetitionPage.objects.values().get() == before
    assert [model.objects.count() for model in (Signature, Message, Revision)] == [0, 0, 0]
