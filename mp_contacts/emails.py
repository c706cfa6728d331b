"""The mails to somebody who wrote a letter. None of them repeats anything that was typed into a form.

They may be read over a shoulder: they name no member, no campaign and no reason. Those stand behind the link.
"""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from mp_contacts.mail_kinds import (
    ALREADY_WRITTEN_MAIL,
    CONFIRM_LINK,
    CONFIRM_MAIL,
    REFUSED_MAIL,
    RETURNED_LINK,
    RETURNED_MAIL,
    SENT_MAIL,
    WITHDRAW_LINK,
)
from mp_contacts.models import Letter, LetterStage
from mp_contacts.selectors import letter_by_id
from supporters.links import mint_link
from supporters.mails import Mail, mail_writer
from supporters.models import ActionState, Message

CONFIRM_LIFETIME: Final = timedelta(days=7)
# Longer than any letter is kept with a name on it.
WITHDRAW_LIFETIME: Final = timedelta(days=5 * 365)
# What it shows is erased a week after the letter came back.
RETURNED_LIFETIME: Final = timedelta(days=7)


@mail_writer(CONFIRM_MAIL, is_requested=True, says=_("The button to confirm a letter"))
def confirm_letter_mail(message: Message) -> Mail | None:
    """Asks the owner of the address to confirm; nothing to do once they have, or have taken it back."""
    letter = letter_by_id(message.subject_id)
    if letter is None or letter.state != ActionState.PENDING:
        return None
    confirm_url = mint_link(purpose=CONFIRM_LINK, subject_id=letter.pk, lifetime=CONFIRM_LIFETIME)
    return _mail("confirm_letter", letter, confirm_url=confirm_url)


@mail_writer(ALREADY_WRITTEN_MAIL, is_requested=True, says=_("A note that a letter was confirmed already"))
def already_written_mail(message: Message) -> Mail | None:
    """Tells somebody who wrote twice that the first letter stands."""
    letter = letter_by_id(message.subject_id)
    if letter is None or letter.state != ActionState.CONFIRMED:
        return None
    return _mail("already_written", letter)


@mail_writer(SENT_MAIL, is_requested=True, says=_("A note that a letter has left"))
def sent_mail(message: Message) -> Mail | None:
    """Tells the writer that the letter was handed over, and where its answer will come."""
    letter = letter_by_id(message.subject_id)
    if letter is None or letter.state != ActionState.CONFIRMED:
        return None
    has_left = letter.stage in {LetterStage.SENT, LetterStage.DELIVERED}
    return _mail("letter_sent", letter) if has_left else None


@mail_writer(RETURNED_MAIL, is_requested=True, says=_("A note that a letter could not be delivered"))
def returned_mail(message: Message) -> Mail | None:
    """Tells the writer that the letter came back, with the way to print it."""
    return _came_back("letter_returned", message, LetterStage.RETURNED)


@mail_writer(REFUSED_MAIL, is_requested=True, says=_("A note that a letter was not sent"))
def refused_mail(message: Message) -> Mail | None:
    """Tells the writer that an organiser did not send the letter; why is read behind the link."""
    return _came_back("letter_refused", message, LetterStage.REFUSED)


def _came_back(template: str, message: Message, stage: LetterStage) -> Mail | None:
    letter = letter_by_id(message.subject_id)
    if letter is None or letter.state != ActionState.CONFIRMED or letter.stage != stage or not letter.body:
        return None
    returned_url = mint_link(purpose=RETURNED_LINK, subject_id=letter.pk, lifetime=RETURNED_LIFETIME)
    return _mail(template, letter, returned_url=returned_url)


def _mail(template: str, letter: Letter, **links: str) -> Mail:
    withdraw_url = mint_link(purpose=WITHDRAW_LINK, subject_id=letter.pk, lifetime=WITHDRAW_LIFETIME)
    return Mail(
        template=f"mp_contacts/{template}", context={**links, "withdraw_url": withdraw_url}, language=letter.language
    )
