"""What a petition's going live settles, however it went live: by hand, by the clock or by a program."""

from typing import Any

from wagtail.signals import page_published

from petitions.models import PetitionPage
from supporters.services import publish_consent_text


def connect() -> None:
    """From the moment people are shown a consent wording, nobody may change it any more."""
    page_published.connect(_keep_consent_wording, sender=PetitionPage, dispatch_uid="petitions.consent")


def _keep_consent_wording(instance: PetitionPage, **_about: Any) -> None:
    # Wagtail sends the signal, too, when a page is only given a date to go live on.
    if instance.live:
        for text in instance.asked_texts:
            publish_consent_text(text)
