"""What a person decides: whether a held letter leaves, and whether a member's answer is kept."""

from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models.functions import Now

from mp_contacts.mail_kinds import REFUSED_MAIL
from mp_contacts.models import Letter, LetterStage, Reply
from supporters.audit import record_audit
from supporters.outbox import queue_message

LONGEST_REFUSAL = 400  # characters, as the field holds


@transaction.atomic
def release_letter(letter_id: UUID, *, by: AbstractUser) -> bool:
    """Let a held letter go its way. The reasons it was held for stay on record.

    False when it is held no more: a colleague decided meanwhile, or the writer took it back.
    """
    if not _decide(letter_id, by, stage=LetterStage.QUEUED):
        return False
    _audit(letter_id, by, "release_letter")
    return True


@transaction.atomic
def refuse_letter(letter_id: UUID, *, by: AbstractUser, reason: str) -> bool:
    """Give a held letter back to its writer, who is told ``reason`` (at most 400 characters). False as above.

    Raises ValueError without a reason: nobody is refused without being told why.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REFUSAL:
        raise ValueError(f"Give the writer a reason of at most {LONGEST_REFUSAL} characters.")
    if not _decide(letter_id, by, stage=LetterStage.REFUSED, refusal=reason, settled_at=Now()):
        return False
    letter = Letter.objects.only("email").get(pk=letter_id)
    queue_message(kind=REFUSED_MAIL, subject_id=letter_id, recipient=letter.email)
    # The reason was written to one person, and stays with their letter.
    _audit(letter_id, by, "refuse_letter")
    return True


@transaction.atomic
def keep_reply(reply_id: UUID, *, by: AbstractUser) -> bool:
    """Keep the text of what a member answered. False when it waits no more."""
    return _read(reply_id, by, "keep_reply", state=Reply.State.KEPT)


@transaction.atomic
def drop_reply(reply_id: UUID, *, by: AbstractUser) -> bool:
    """Erase the text of what a member answered; that there was an answer stays counted. False as above."""
    return _read(reply_id, by, "drop_reply", state=Reply.State.REFUSED, text=None)


def _decide(letter_id: UUID, by: AbstractUser, **values: object) -> bool:
    # One conditional update: of two colleagues who press at once, one decides and the other is told.
    held = Letter.objects.filter(pk=letter_id, stage=LetterStage.HELD)
    return bool(held.update(decided_by=by, **values))


def _read(reply_id: UUID, by: AbstractUser, action: str, **values: object) -> bool:
    waiting = Reply.objects.filter(pk=reply_id, state=Reply.State.WAITING)
    if not waiting.update(read_by=by, **values):
        return False
    reply = Reply.objects.select_related("page", "member").only("page__title", "member__name").get(pk=reply_id)
    record_audit(actor=by, action=action, subject=f"{reply}: {reply.page.title}", count=1)
    return True


def _audit(letter_id: UUID, by: AbstractUser, action: str) -> None:
    letter = Letter.objects.select_related("page").only("page__title").get(pk=letter_id)
    record_audit(actor=by, action=action, subject=f"{letter}: {letter.page.title}", count=1)
