"""What mail providers report, and what became of it."""

from datetime import UTC, datetime
from uuid import uuid4

from anymail.signals import AnymailTrackingEvent, tracking
from django.db.models import Q
from django.utils import timezone

from supporters.identity import email_key
from supporters.models import (
    ConsentRecord,
    ConsentText,
    CurrentConsent,
    MessageState,
    Suppression,
)
from supporters.outbox import settle
from supporters.services import record_consent, remember_supporter
from tests.supporters.mail_kinds import queued

ADA = "ada@example.org"


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


GONE = "550 5.1.1 no such user here"


def sent_message(provider_id="p1"):
    message = queued(ADA)
    settle(Q(pk=message.pk), MessageState.SENT, provider_id=provider_id)
    return message


def report(kind, *, event_id=None, at=NOON, message_id="p1", recipient=ADA, **about):
    event = AnymailTrackingEvent(
        event_type=kind,
        event_id=event_id or uuid4().hex,
        timestamp=at,
        message_id=message_id,
        recipient=recipient,
        **about,
    )
    tracking.send(sender=object, event=event, esp_name="Postal")


def reason(address=ADA):
    return Suppression.objects.filter(email_key=email_key(address)).values_list("reason", flat=True).first()


def agreed(*purposes):
    """Ada, who agrees to ``purposes``: anew, where an example before has left something behind."""
    supporter = remember_supporter(address=ADA, name="Ada")
    for purpose in purposes:
        text, _ = ConsentText.objects.get_or_create(purpose=purpose, wording="Yes.", controller="Example Campaign")
        record_consent(
            supporter=supporter,
            text=text,
            choice=ConsentRecord.Choice.GIVEN,
            method="web form",
            page_id=None,
            asked_at=timezone.now(),
        )
    return supporter


def standing(supporter):
    return dict(CurrentConsent.objects.filter(supporter=supporter).values_list("purpose", "choice"))


def delivery(message):
    message.refresh_from_db()
    return message.delivery
