"""A letter that cannot be delivered goes back to its writer, who can print it."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from mp_contacts.mail_kinds import OFFICE_MAIL, RETURNED_MAIL
from mp_contacts.models import Letter, LetterStage
from supporters.models import Message, MessageState
from supporters.outbox import queue_message

UNDECIDED: Final = "undecided"
"""No organiser decided on a letter that was held."""
MAY_COME_BACK: Final = [
    LetterStage.HELD,
    LetterStage.QUEUED,
    LetterStage.SENDING,
    LetterStage.SENT,
    # Some mail servers go on trying for five days before they say that it was in vain.
    LetterStage.DELIVERED,
]


@transaction.atomic
def return_letter(letter_id: UUID, *, why: str) -> bool:
    """Give a letter back to its writer, with the mail that says so; False if it was settled meanwhile.

    ``why`` is the value of an `mp_contacts.selectors.Obstacle`, or another word of 20 characters at the most; the
    writer is told in general words. A letter whose mail still waits in the outbox is not given back: it may leave.
    """
    letter = Letter.objects.select_for_update().filter(pk=letter_id, stage__in=MAY_COME_BACK).first()
    if letter is None or not letter.body:
        return False
    if Message.objects.filter(kind=OFFICE_MAIL, subject_id=letter_id, state=MessageState.QUEUED).exists():
        return False
    letter.stage, letter.bounce, letter.settled_at, letter.due_at = LetterStage.RETURNED, why, Now(), None
    letter.save(update_fields=["stage", "bounce", "settled_at", "due_at"])
    queue_message(kind=RETURNED_MAIL, subject_id=letter_id, recipient=letter.email)
    return True
