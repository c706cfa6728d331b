"""Somebody who registers through the public pages, and who follows the link in their mail."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from events.mail_kinds import MANAGE_LINK
from events.models import EventPage, Registration
from supporters.links import mint_link


def form_data(**typed: Any) -> dict[str, Any]:
    """What a browser posts from the form of an event, but for what is ``typed``."""
    return {
        "name": "Guest 4821",
        "email": "ada@example.org",
        "needs": ["captions"],
        "needs_text": "A break every half hour.",
        "question": "Who decides?",
        "time_zone": "Asia/Kolkata",
        **typed,
    }


def register_url(page: EventPage) -> str:
    return reverse("events:register", args=[page.pk])


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def token_for(registration: Registration, purpose: str = MANAGE_LINK) -> str:
    link = mint_link(purpose=purpose, subject_id=registration.pk, lifetime=timedelta(days=1))
    return link.rstrip("/").rpartition("/")[2]


class Holder:
    """Somebody with the private link of ``registration``; what they press carries its token, as the forms do."""

    def __init__(self, registration: Registration) -> None:
        self.client = Client()
        self.registration = registration
        self.token = token_for(registration)

    def look(self) -> Any:
        return self.client.get(f"/links/{self.token}/", follow=True)

    def press(self, button: str, /, **typed: Any) -> Any:
        return self.client.post(reverse(f"events:{button}"), {"token": self.token, **typed})

    def change(self, **typed: Any) -> Any:
        told = {"name": "Guest 4821", "needs_text": "", "question": "", "wants_reminders": "on"}
        return self.press("manage_change", **{**told, **typed})
