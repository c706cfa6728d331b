"""Supporters who differ in everything a segment can ask about, made without the forms, and quickly."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from petitions.models import PetitionPage, Signature
from supporters.identity import email_key
from supporters.models import ActionState, ConsentRecord, ConsentText, Purpose, Supporter, Suppression
from supporters.services import record_consent


def person(number: int | str, **details: object) -> Supporter:
    """A supporter with an address made of ``number``."""
    address = f"person{number}@example.org"
    return Supporter.objects.create(email_key=email_key(address), email=address, **details)


def signs(supporter: Supporter, petition: PetitionPage, *, state: str = ActionState.CONFIRMED) -> Signature:
    at = timezone.now() if state == ActionState.CONFIRMED else None
    return Signature.objects.create(petition=petition, supporter=supporter, state=state, confirmed_at=at)


def answers(supporter: Supporter, choice: str, purpose: str = Purpose.UPDATES, *, at: datetime | None = None) -> None:
    text, _ = ConsentText.objects.get_or_create(
        purpose=purpose, version=1, defaults={"wording": "Yes, write to me.", "controller": "Example Campaign"}
    )
    record_consent(
        supporter=supporter,
        text=text,
        choice=ConsentRecord.Choice(choice),
        method="web form",
        page_id=None,
        asked_at=at or timezone.now(),
    )


def stops(supporter: Supporter, reason: str = Suppression.Reason.ASKED) -> None:
    Suppression.objects.create(email_key=supporter.email_key, reason=reason)


def keys(supporters: object) -> set[UUID]:
    return set(supporters.values_list("pk", flat=True))  # type: ignore[attr-defined]
