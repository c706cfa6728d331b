"""One mail that came to a letter's return address: found by the token in it, and dealt with."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Email
from email.utils import getaddresses
from enum import Enum
from typing import Final

from mp_contacts.delivery.bounces import is_automatic_answer, read_bounce
from mp_contacts.delivery.following import take_bounce
from mp_contacts.delivery.return_address import token_in
from mp_contacts.models import Letter

# Where mail servers note for whom a mail came, the surest first.
RECIPIENT_HEADERS: Final = ("X-Original-To", "Envelope-To", "Delivered-To", "To")


class Incoming(Enum):
    """What came of a mail."""

    TAKEN = "taken"
    """A bounce of a letter that is under way: it goes back, or will be tried again."""
    TOO_LATE = "too late"
    """A bounce of a letter that is settled, or was tried again since."""
    PASSED_OVER = "passed over"
    """No bounce, and written by a machine: an automatic answer, or the news that a server still tries."""
    NOT_A_BOUNCE = "not a bounce"
    """Somebody wrote to the return address, who should have written to the letter's writer."""


def receive_mail(raw: bytes, *, recipient: str = "") -> Incoming:
    """Deal with one mail as it arrived. ``recipient`` is the address it came to, where the mail server tells.

    Whatever is in ``raw`` is no error: what cannot be read is not a bounce.
    """
    mail = message_from_bytes(raw)
    token = next(filter(None, map(token_in, _recipients(mail, recipient))), "")
    bounce = read_bounce(mail)
    if bounce is None:
        return Incoming.PASSED_OVER if _is_by_a_machine(mail) else Incoming.NOT_A_BOUNCE
    letter_id = Letter.objects.filter(return_token=token).values_list("pk", flat=True).first() if token else None
    if letter_id is None:
        return Incoming.TOO_LATE
    return Incoming.TAKEN if take_bounce(letter_id, bounce[0], code=bounce[1]) else Incoming.TOO_LATE


def _recipients(mail: Email, recipient: str) -> Iterator[str]:
    if recipient:
        yield recipient
    for name in RECIPIENT_HEADERS:
        yield from (address for _, address in getaddresses([str(value) for value in mail.get_all(name, [])]))


def _is_by_a_machine(mail: Email) -> bool:
    # A server that writes with no sender (RFC 5321) wants no answer either; nor does one that reports a delay.
    has_no_sender = str(mail["Return-Path"] or "").strip() == "<>"
    return has_no_sender or is_automatic_answer(mail) or mail.get_content_type() == "multipart/report"
