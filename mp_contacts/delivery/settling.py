"""What became of letters in the outbox: left, to be tried again, or back with their writers."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now

from mp_contacts.delivery.bounces import Bounce
from mp_contacts.delivery.following import bounce_of, take_bounce
from mp_contacts.delivery.returning import return_letter
from mp_contacts.mail_kinds import OFFICE_MAIL, SENT_MAIL
from mp_contacts.models import Letter, LetterStage
from supporters.models import Message, MessageState
from supporters.outbox import queue_message

BATCH: Final = 500
# Mail servers that cannot deliver say so within hours, nearly all within three days.
QUIET_DAYS: Final = timedelta(days=3)
MOST_TRIES: Final = 5
CANNOT_BE_SENT: Final = "cannot_be_sent"
"""Why a letter came back that no mail could be made of, several times."""
LOST_SIGHT_OF: Final = "lost_sight_of"
"""Why a letter came back whose mail left no trace, because no worker ran for a week: it may have arrived."""


def follow_settled() -> int:
    """Move on every letter whose mail is settled; how many. Each in a transaction of its own."""
    newest = Message.objects.filter(kind=OFFICE_MAIL, subject_id=OuterRef("pk")).order_by("-created_at")
    under_way = Letter.objects.filter(stage=LetterStage.SENDING).annotate(
        became=Subquery(newest.values("state")[:1]), settled_in=Subquery(newest.values("pk")[:1])
    )
    settled = under_way.filter(Q(became=None) | ~Q(became=MessageState.QUEUED)).order_by("confirmed_at")
    ids = list(settled.values_list("pk", "settled_in")[:BATCH])
    for letter, message in ids:
        _follow(letter, message)
    return len(ids)


def settle_delivered() -> int:
    """Count as delivered what left three days ago and did not come back; how many."""
    quiet = Letter.objects.filter(stage=LetterStage.SENT, sent_at__lt=Now() - QUIET_DAYS)
    return quiet.update(stage=LetterStage.DELIVERED, settled_at=Now())


@transaction.atomic
def _follow(letter_id: UUID, message_id: UUID | None) -> None:
    letter = Letter.objects.select_for_update().filter(pk=letter_id, stage=LetterStage.SENDING).first()
    message = Message.objects.filter(pk=message_id).first() if message_id else None
    if letter is None:
        return
    if message is None:
        return_letter(letter.pk, why=LOST_SIGHT_OF)
    elif message.state == MessageState.SENT:
        _has_left(letter, message)
    elif message.state == MessageState.CANCELLED and letter.tries < MOST_TRIES:
        # Something stood against it when it was put together. What it was decides whether it waits or comes back.
        letter.stage, letter.return_token = LetterStage.QUEUED, ""
        letter.save(update_fields=["stage", "return_token"])
    elif message.state == MessageState.CANCELLED:
        return_letter(letter.pk, why=CANNOT_BE_SENT)
    else:
        take_bounce(letter.pk, bounce_of(message) or Bounce.REFUSED)


def _has_left(letter: Letter, message: Message) -> None:
    letter.stage, letter.sent_at, letter.bounce = LetterStage.SENT, message.settled_at, ""
    letter.save(update_fields=["stage", "sent_at", "bounce"])
    # Once, however often an office had to be tried.
    if not Message.objects.filter(kind=SENT_MAIL, subject_id=letter.pk).exists():
        queue_message(kind=SENT_MAIL, subject_id=letter.pk, recipient=letter.email)
