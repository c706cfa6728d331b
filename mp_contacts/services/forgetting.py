"""Taking a letter back, and forgetting who wrote it."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from mp_contacts.mail_kinds import OFFICE_MAIL
from mp_contacts.models import SETTLED_STAGES, Letter, LetterStage
from mp_contacts.services.answering import forget_reply
from supporters.models import ActionState, Link, Message, MessageState
from supporters.outbox import cancel_messages
from supporters.services.people import forget_if_unconnected

TEXT: Final[dict[str, Any]] = {"address": "", "subject": "", "body": "", "fingerprint": None}
"""What the office got, emptied."""
WRITER: Final[dict[str, Any]] = {"name": "", "email": "", "postcode": "", "wants_updates": False, "ticked_texts": []}
"""Who wrote, emptied; but for what ties letter and person together."""
NO_REASON_LEFT: Final = "The reason was deleted with the letter."
"""Stands where an organiser's reason stood, which may have quoted the letter."""


@transaction.atomic
def withdraw_letter(letter_id: UUID) -> int | None:
    """Take a letter back and forget who wrote it; the id of the page they read, or None if there was nothing left.

    One that has left cannot be called back from the office: then only what we hold goes. The row stays,
    empty, so that the total can go down by exactly one.
    """
    letter = _locked(letter_id)
    if letter is None:
        return None
    if letter.state != ActionState.WITHDRAWN:
        supporter = letter.supporter
        letter.state = ActionState.WITHDRAWN
        letter.withdrawn_at = Now()
        letter.constituency_code = ""
        _forget(letter)
        letter.save()
        if supporter is not None:
            forget_if_unconnected(supporter)
    return letter.page.in_language(letter.language).pk


@transaction.atomic
def erase_letter(letter_id: UUID) -> None:
    """Forget who wrote and keep the count; what nobody confirmed is deleted, there is nothing to count."""
    letter = _locked(letter_id)
    if letter is None or letter.state == ActionState.WITHDRAWN:
        return
    Link.objects.filter(subject_id=letter.pk).delete()
    if letter.state == ActionState.PENDING:
        cancel_messages(subject_id=letter.pk)
        letter.delete()
        return
    _forget(letter)
    letter.save()


def has_left(letter: Letter) -> bool:
    """Whether the office has ``letter``, or may have it: it was handed to a mail server, or is in a sender's hand."""
    if letter.stage in {LetterStage.SENT, LetterStage.DELIVERED}:
        return True
    if letter.stage != LetterStage.SENDING:
        return False
    on_its_way = Message.objects.filter(kind=OFFICE_MAIL, subject_id=letter.pk)
    in_hand = on_its_way.filter(state=MessageState.QUEUED, leased_until__gt=Now())
    return on_its_way.filter(state=MessageState.SENT).exists() or in_hand.exists()


def _forget(letter: Letter) -> None:
    """Empty everything personal, unsaved, and stop what has not left; one that has is settled by it."""
    _take_off_its_way(letter)
    letter.person_key = None
    letter.supporter = None
    letter.return_token = ""
    letter.hold_reasons = []
    if letter.refusal:
        letter.refusal = NO_REASON_LEFT
    for name, value in {**TEXT, **WRITER}.items():
        setattr(letter, name, value)
    forget_reply(letter.pk)


def _take_off_its_way(letter: Letter) -> None:
    # Locked first, so that a sender that takes the message up at this moment is either seen, or finds nothing.
    list(Message.objects.select_for_update().filter(subject_id=letter.pk).order_by("pk").values_list("pk"))
    left = has_left(letter)
    cancel_messages(subject_id=letter.pk)
    if letter.stage in SETTLED_STAGES:
        return
    letter.stage = LetterStage.DELIVERED if left else LetterStage.STOPPED
    letter.settled_at = Now()
    letter.due_at = None
    if left:
        letter.sent_at = letter.sent_at or Now()


def _locked(letter_id: UUID) -> Letter | None:
    return Letter.objects.select_for_update(of=["self"]).filter(pk=letter_id).first()
