"""What follows for a letter, and for the office, when its mail comes back or is reported on."""

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from mp_contacts.delivery.bounces import Bounce
from mp_contacts.delivery.returning import return_letter
from mp_contacts.mail_kinds import OFFICE_MAIL
from mp_contacts.models import Letter, LetterStage, Member
from supporters.models import Delivery, Message, MessageState
from supporters.page_notices import purge_pages
from supporters.report_kinds import ReportKind

logger = logging.getLogger("parasol.letters")

# A full mailbox is emptied on a working day, if at all: after these pauses the letter is tried again, then no more.
TRY_AGAIN_AFTER: Final = (timedelta(hours=4), timedelta(hours=20), timedelta(hours=48))
# So many letters that met no mailbox, since anybody changed the member's record, and within so many days.
HARD_BOUNCES: Final = 3
HARD_BOUNCE_WINDOW: Final = timedelta(days=14)
UNDER_WAY: Final = [LetterStage.SENDING, LetterStage.SENT]
REPORTED: Final = {
    ReportKind.DEAD: Bounce.NO_MAILBOX,
    ReportKind.SOFT_BOUNCED: Bounce.FOR_NOW,
    ReportKind.REFUSED: Bounce.REFUSED,
}


def follow_report(message: Message, kind: ReportKind) -> None:
    """Act on what the mail provider reports about the mail of a letter; its newest one, as an older is done with.

    That the provider will try again itself changes nothing, nor does that somebody in the office marked the letter as
    spam: it arrived.
    """
    mails = Message.objects.filter(kind=OFFICE_MAIL, subject_id=message.subject_id)
    newest = mails.order_by("-created_at").values_list("pk", flat=True).first()
    if kind in REPORTED and message.pk == newest:
        take_bounce(message.subject_id, REPORTED[kind])


def bounce_of(message: Message) -> Bounce | None:
    """What a settled message that did not leave met with at our own mail server's door; None unless it FAILED."""
    if message.state != MessageState.FAILED:
        return None
    return Bounce.NO_MAILBOX if message.delivery == Delivery.BOUNCED else Bounce.REFUSED


@transaction.atomic
def take_bounce(letter_id: UUID, bounce: Bounce, *, code: str = "") -> bool:
    """Give a letter that came back to its writer, or have it tried again; False when neither was to be done.

    ``code`` is the server's enhanced status code, for the organisers. An office that has no mailbox for several
    letters is written to no more. A letter whose mail still waits in the outbox stays as it is: that may yet arrive.
    """
    letter = Letter.objects.select_for_update(of=("self",)).filter(pk=letter_id).first()
    if letter is None:
        return False
    if bounce == Bounce.FOR_NOW and _try_again(letter):
        return True
    if not return_letter(letter_id, why=bounce):
        return False
    logger.warning("Letter %s came back (%s %s).", letter_id, bounce, code)
    if bounce == Bounce.NO_MAILBOX:
        _look_at_office(letter.member_id, code)
    return True


def _try_again(letter: Letter) -> bool:
    """Queue ``letter`` once more, later; False when that is no use any more."""
    waits = Message.objects.filter(kind=OFFICE_MAIL, subject_id=letter.pk, state=MessageState.QUEUED)
    tried = max(letter.tries, 1)
    if letter.stage not in UNDER_WAY or tried > len(TRY_AGAIN_AFTER) or not letter.body or waits.exists():
        return False
    letter.stage, letter.bounce, letter.sent_at = LetterStage.QUEUED, Bounce.FOR_NOW, None
    letter.due_at = Now() + TRY_AGAIN_AFTER[tried - 1]
    # Another report of the same failure finds no letter, and does not count as a second one.
    letter.return_token = ""
    letter.save(update_fields=["stage", "bounce", "sent_at", "due_at", "return_token"])
    return True


def _look_at_office(member_id: int, code: str) -> None:
    """Flag the office's address for the organisers once several letters have met no mailbox there."""
    # Of two letters that come back at once the second waits here, and counts the first.
    member = Member.objects.select_for_update().get(pk=member_id)
    came_back = Letter.objects.filter(
        member=member,
        stage=LetterStage.RETURNED,
        bounce=Bounce.NO_MAILBOX,
        settled_at__gt=Now() - HARD_BOUNCE_WINDOW,
    ).filter(settled_at__gt=member.updated_at)
    if member.failing_since is not None or came_back.count() < HARD_BOUNCES:
        return
    said = f"There is no such mailbox ({code})." if code else "There is no such mailbox."
    Member.objects.filter(pk=member_id).update(failing_since=Now(), failure=said)
    purge_pages()
    logger.error("The address of member %d takes no letters: %d came back.", member_id, HARD_BOUNCES)
