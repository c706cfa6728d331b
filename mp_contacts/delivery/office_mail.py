"""A letter as the mail that a member's office gets: plain text from our own domain, and nothing in it but the letter.

It is put together when its turn comes, from the rows as they are then.
"""

import re
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mp_contacts.delivery.following import follow_report
from mp_contacts.delivery.reflecting import reaches_members, recipient_for
from mp_contacts.delivery.return_address import TOKEN, return_address
from mp_contacts.mail_kinds import OFFICE_MAIL
from mp_contacts.models import Letter, LetterStage, Member
from mp_contacts.office_text import office_text
from mp_contacts.selectors import obstacle_to
from supporters.identity import deliverable_address
from supporters.mails import mail_builder
from supporters.models import ActionState, Message
from supporters.typed import clean_text

LONGEST_NAME: Final = 100  # characters, of a writer or of whoever runs the campaign
# What ends a name or begins another address, even where a mail program overlooks that the name is quoted.
NOT_IN_NAMES: Final = re.compile(r'["\\<>()\[\],:;@]')
IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
# How an encoded word (RFC 2047) begins; one that somebody typed must not be decoded.
ENCODED_WORD: Final = "=?"

FOOTER: Final = {
    "en": "{writer} wrote this letter on a page of {campaign}, which sent it for them. They confirmed it from their "
    "own e-mail address.\nA reply to this e-mail goes to {writer}, and to nobody else.",
    "cy": "Ysgrifennodd {writer} y llythyr hwn ar dudalen {campaign}, a'i hanfonodd ar eu rhan. Fe'i cadarnhawyd o'u "
    "cyfeiriad e-bost eu hunain.\nBydd ateb i'r e-bost hwn yn mynd at {writer}, ac at neb arall.",
}
VIA: Final = {"en": "{writer} via {campaign}", "cy": "{writer} drwy {campaign}"}
REFLECTED: Final = "This letter is for {member}. It was not sent there: this installation sends no letters to members."


@mail_builder(OFFICE_MAIL, follower=follow_report, says=_("The letter itself"))
def office_mail(message: Message) -> EmailMultiAlternatives | None:
    """The letter; None when it must not leave now, or not to the message's recipient."""
    found = Letter.objects.select_related("page", "member").filter(pk=message.subject_id, stage=LetterStage.SENDING)
    letter = found.first()
    if letter is None or not _may_leave(letter) or not _is_its_recipient(message.recipient, letter.member):
        return None
    return office_email(letter)


def office_email(letter: Letter) -> EmailMultiAlternatives:
    """``letter`` as a mail to nobody yet. Its envelope sender is its own return address, its From says who wrote it.

    Raises ValueError when it has no return token, or an e-mail address that may be read as more than one.
    """
    if not is_one_address(letter.email):
        raise ValueError("A letter needs an address that its answer goes to.")
    language = letter.page.letter_language
    writer, campaign = name_in_header(letter.name), letter.page.controller or settings.WAGTAIL_SITE_NAME
    subject = one_line(letter.subject)
    text = office_text(
        name=letter.name,
        address=letter.address,
        postcode=letter.postcode,
        body=letter.body,
        language=language,
        written_on=timezone.localdate(letter.created_at),
    )
    parts = [text, f"-- \n{FOOTER[language].format(writer=writer, campaign=one_line(campaign))}"]
    if not reaches_members():
        member = one_line(letter.member.name)
        subject = f"[{member}] {subject}"
        parts.insert(0, REFLECTED.format(member=member))
    # What stands in brackets behind a name is no part of it, and without them would seem to be.
    sender = VIA[language].format(writer=writer, campaign=name_in_header(IN_BRACKETS.sub("", campaign) or campaign))
    return EmailMultiAlternatives(
        subject=subject,
        body="\n\n".join(lines(part) for part in parts) + "\n",
        # Django and django-anymail both read this as the envelope's sender where there is a From of its own.
        from_email=return_address(letter),
        reply_to=[letter.email],
        headers={"From": f'"{sender}" <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>'},
    )


def name_in_header(text: str) -> str:
    """``text`` as a name that can stand between quotation marks in a header, and nothing else."""
    return one_line(NOT_IN_NAMES.sub(" ", text))[:LONGEST_NAME].strip()


def one_line(text: str) -> str:
    """``text`` on one line, without what cannot be seen, and without what mail programs would decode."""
    plain = " ".join(clean_text(" ".join(text.splitlines())).split())
    return plain.replace(ENCODED_WORD, "= ?")


def lines(text: str) -> str:
    """``text`` with plain line ends, and none of the characters that only some programs take for one."""
    return clean_text("\n".join(text.replace("\t", " ").splitlines()), keep_lines=True)


def is_one_address(text: str) -> bool:
    """Whether every mail program reads ``text`` as one bare e-mail address."""
    try:
        # As the form does: a dot in the first place, say, is an address to some programs and none to others.
        validate_email(text)
        return deliverable_address(text) == text and ENCODED_WORD not in text
    except (ValueError, ValidationError):
        return False


def _may_leave(letter: Letter) -> bool:
    """Whether ``letter`` is confirmed and whole, and its member still is who it was written to."""
    is_whole = letter.body and letter.name and letter.email and letter.address and TOKEN.fullmatch(letter.return_token)
    if not is_whole or letter.state != ActionState.CONFIRMED or not is_one_address(letter.email):
        return False
    return letter.member.constituency_id == letter.constituency_code and obstacle_to(letter.member) is None


def _is_its_recipient(recipient: str, member: Member) -> bool:
    """Whether a letter to ``member`` goes to ``recipient`` here; what is to be reflected never goes to any member."""
    if recipient != recipient_for(member):
        return False
    held_by = Member.objects.filter(Q(email__iexact=recipient) | Q(own_email__iexact=recipient))
    return reaches_members() or not held_by.exists()
