"""What mail servers answer, told without the addresses they quote."""

import re
import smtplib
from typing import Any, Final

from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError

UNREACHABLE: Final = OSError
"""What opening a connection raises when there is no mail server to talk to; smtplib's own errors are OSErrors too."""

CLOSING: Final = 421  # RFC 5321: the server is about to close the connection
# RFC 3463 and 7505: no such mailbox, moved without a new address, takes no mail at all; switched off.
# A refusal for any other reason, such as our own bad name, says nothing about the address.
DEAD: Final = frozenset({"5.1.1", "5.1.6", "5.1.10", "5.2.1"})
ENHANCED_CODE: Final = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)")  # not part of a network address


def describe(error: BaseException | None) -> str:
    """The class of ``error`` and the codes it carries; never its text, which may hold an address."""
    codes: list[Any] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    elif isinstance(error, AnymailRequestsAPIError):
        codes = [error.status_code] if getattr(error, "status_code", None) else []
    elif isinstance(error, OSError) and error.errno is not None:
        codes = [error.errno]
    return " ".join([type(error).__name__, *map(str, codes)])


def is_permanent(error: BaseException) -> bool:
    """Whether the server said that it will never take this mail for this address (RFC 5321: a 5xx answer to it).

    A provider that speaks HTTP says so by refusing the one recipient there is.
    """
    if isinstance(error, AnymailRecipientsRefused):
        return True
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _ in error.recipients.values()
    )


def names_dead_mailbox(error: BaseException) -> bool:
    """Whether the server said that there is no such mailbox, for any mail from anybody."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        enhanced_code(text.decode(errors="replace") if isinstance(text, bytes) else str(text)) in DEAD
        for _, text in error.recipients.values()
    )


def enhanced_code(answer: str) -> str:
    """The first enhanced status code (RFC 3463) in a mail server's answer, such as ``5.1.1``; else empty."""
    match = ENHANCED_CODE.search(answer)
    return match.group() if match else ""


def leaves_connection_open(error: BaseException) -> bool:
    """Whether the next mail can go over the same connection: the server said no, and goes on listening."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code != CLOSING for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code != CLOSING
