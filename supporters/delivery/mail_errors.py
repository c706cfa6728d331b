"""What mail servers answer, told without the addresses they quote."""

import smtplib
from typing import Any, Final

UNREACHABLE: Final = OSError
"""What opening a connection raises when there is no mail server to talk to; smtplib's own errors are OSErrors too."""

CLOSING: Final = 421  # RFC 5321: the server is about to close the connection


def describe(error: BaseException | None) -> str:
    """The class of ``error`` and the codes it carries; never its text, which may hold an address."""
    codes: list[Any] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    elif isinstance(error, OSError) and error.errno is not None:
        codes = [error.errno]
    return " ".join([type(error).__name__, *map(str, codes)])


def is_permanent(error: BaseException) -> bool:
    """Whether the server said that this address will never take mail (RFC 5321: a 5xx answer to it)."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _ in error.recipients.values()
    )


def leaves_connection_open(error: BaseException) -> bool:
    """Whether the next mail can go over the same connection: the server said no, and goes on listening."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code != CLOSING for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code != CLOSING
