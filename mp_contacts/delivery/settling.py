"""What became of letters in the outbox: left, to be tried again, or back with their writers."""

from collections.abc import Sequence
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

BATCH: Final = 200
# Mail servers that cannot deliver say so within hours, nearly all within three days.
QUIET_DAYS: Final = timedelta(days=3)
MOST_TRIES: Final = 5
CANNOT_BE_SENT: Final = "cannot_be_sent"
"""Why a letter came back that no mail could be made of, several times."""
LOST_SIGHT_OF: Final = "lost_sight_of"
"""Why a letter came back whose mail left no trace, because no worker ran for a week: it may have arrived."""


def follow_settled() -> int:
    """Move on every letter whose mail is settled; how many, some hundred in each transaction."""
    settled = Letter.objects.filter(stage=LetterStage.SENDING).annotate(became=_newest_mail("state"))
    settled = settled.filter(Q(became=None) | ~Q(became=MessageState.QUEUED)).order_by("confirmed_at")
    ids = list(settled.values_list("pk", flat=True))
    return sum(_follow(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def settle_delivered() -> int:
    """Count as delivered what left three days ago and did not come back; how many."""
    quiet = Letter.objects.filter(stage=LetterStage.SENT, sent_at__lt=Now() - QUIET_DAYS)
    return quiet.update(stage=LetterStage.DELIVERED, settled_at=Now())


def _newest_mail(field: str) -> Subquery:
    """One field of the mail of a letter's last handing over."""
    mails = Message.objects.filter(kind=OFFICE_MAIL, subject_id=OuterRef("pk")).order_by("-created_at")
    return Subquery(mails.values(field)[:1])


@transaction.atomic
def _follow(ids: Sequence[UUID]) -> int:
    locked = Letter.objects.select_for_update(skip_locked=True).filter(pk__in=ids, stage=LetterStage.SENDING)
    letters = list(locked.only("stage", "tries", "email").order_by("pk"))
    mails = Message.objects.filter(kind=OFFICE_MAIL, subject_id__in=ids).order_by("subject_id", "-created_at")
    newest = {mail.subject_id: mail for mail in mails.distinct("subject_id")}
    left, moved = [], 0
    for letter in letters:
        mail = newest.get(letter.pk)
        if mail and mail.state == MessageState.SENT:
            left.append(letter)
        elif mail is None or mail.state != MessageState.QUEUED:
            _did_not_leave(letter, mail)
            moved += 1
    _have_left(left)
    return moved + len(left)


def _did_not_leave(letter: Letter, message: Message | None) -> None:
    if message is None:
        return_letter(letter.pk, why=LOST_SIGHT_OF)
    elif message.state == MessageState.CANCELLED and letter.tries < MOST_TRIES:
        # Something stood against it when it was put together. What it was decides whether it waits or comes back.
        letter.stage, letter.return_token = LetterStage.QUEUED, ""
        letter.save(update_fields=["stage", "return_token"])
    elif message.state == MessageState.CANCELLED:
        return_letter(letter.pk, why=CANNOT_BE_SENT)
    else:
        take_bounce(letter.pk, bounce_of(message) or Bounce.REFUSED)


def _have_left(letters: Sequence[Letter]) -> None:
    """Note that ``letters`` left, and tell their writers: once, however often an office had to be tried."""
    ids = [letter.pk for letter in letters]
    told = set(Message.objects.filter(kind=SENT_MAIL, subject_id__in=ids).values_list("subject_id", flat=True))
    Letter.objects.filter(pk__in=ids).update(stage=LetterStage.SENT, sent_at=_newest_mail("settled_at"), bounce="")
    for letter in letters:
        if letter.pk not in told:
            queue_message(kind=SENT_MAIL, subject_id=letter.pk, recipient=letter.email)
