"""What a mail that came back says about the office's mailbox (RFC 3464, and what older servers write instead)."""

import re
from collections.abc import Iterator
from email.message import Message as Email
from enum import StrEnum
from typing import Any, Final

from supporters.delivery.mail_errors import DEAD, enhanced_code


class Bounce(StrEnum):
    """Why an office did not take a letter. The value stands in ``Letter.bounce``."""

    NO_MAILBOX = "no_mailbox"
    """There is no such mailbox, or no longer: no letter to it will ever arrive."""
    FOR_NOW = "for_now"
    """Its mailbox is full, or its server is busy or away: another try may succeed."""
    REFUSED = "refused"
    """Anything else, such as our name or the letter's words; says nothing about the mailbox."""


# RFC 3463: the domain takes no mail at all.
NO_MAILBOX: Final = DEAD | {"5.1.2"}
# Full mailbox; full or sleeping server; no way to it within days; too many at once.
FOR_NOW: Final = frozenset({"5.2.2", "5.3.1", "5.3.2", "5.4.7", "5.5.3"})
# Exchange Online says so of an address that it does not know, as if a host did not answer.
EXCHANGE_UNKNOWN: Final = "5.4.1"
EXCHANGE_WORDS: Final = re.compile(r"recipient address rejected", re.IGNORECASE)
# What servers write that give no code, or one that says no more than "failed".
NO_MAILBOX_WORDS: Final = re.compile(
    r"(user|mailbox|recipient|address|account) (is )?(unknown|not found|does ?n[o']t exist|no longer)"
    r"|unknown (user|mailbox|recipient)|no such (user|mailbox|recipient|address|person)|no mailbox here",
    re.IGNORECASE,
)
FOR_NOW_WORDS: Final = re.compile(
    r"(mailbox|inbox|user)( is| has)? (full|over|exceeded)|quota|try again later|\b4[25][0-9][ -]|\b552[ -]",
    re.IGNORECASE,
)
SENT_BY_SERVERS: Final = re.compile(r"\b(mailer-daemon|postmaster)@|\bmailer-daemon\b", re.IGNORECASE)
ONLY_LATE: Final = re.compile(r"delayed|delay|warning", re.IGNORECASE)
READ_AT_MOST: Final = 20_000  # characters of a text, and parts of a mail: a bounce says it at its beginning
PARTS_AT_MOST: Final = 50


def read_bounce(mail: Email) -> tuple[Bounce, str] | None:
    """What ``mail`` reports, and its enhanced status code if there is one; None when it is no report of a failure.

    An answer by a machine or a person is none, nor is the news that a server still tries.
    """
    blocks = list(_status_blocks(mail))
    if blocks:
        failed = [block for block in blocks if str(block["Action"]).strip().lower() == "failed"]
        return classify(str(failed[0]["Status"] or ""), str(failed[0]["Diagnostic-Code"] or "")) if failed else None
    if is_automatic_answer(mail) or not _is_from_a_server(mail) or ONLY_LATE.search(str(mail["Subject"])):
        return None
    return classify("", _first_text(mail))


def classify(status: str, said: str) -> tuple[Bounce, str]:
    """The bounce that a DSN's ``status`` and what the server ``said`` come to, with the more telling code of both."""
    code = enhanced_code(status)
    if not code or code.endswith(".0.0"):
        code = enhanced_code(said) or code
    if code in NO_MAILBOX or (code == EXCHANGE_UNKNOWN and EXCHANGE_WORDS.search(said)):
        return Bounce.NO_MAILBOX, code
    if code in FOR_NOW or code.startswith("4"):
        return Bounce.FOR_NOW, code
    if code and not code.endswith(".0.0"):
        return Bounce.REFUSED, code
    if NO_MAILBOX_WORDS.search(said):
        return Bounce.NO_MAILBOX, code
    return (Bounce.FOR_NOW if FOR_NOW_WORDS.search(said) else Bounce.REFUSED), code


def is_automatic_answer(mail: Email) -> bool:
    """Whether a machine answered for somebody who is away (RFC 3834), or a list did."""
    auto = str(mail["Auto-Submitted"] or "no").strip().lower()
    precedence = str(mail["Precedence"] or "").strip().lower()
    return auto.startswith("auto-replied") or precedence in {"bulk", "junk", "list", "auto_reply"}


def _parts(mail: Email) -> Iterator[Email]:
    for number, part in enumerate(mail.walk()):
        if number >= PARTS_AT_MOST:
            return
        yield part


def _status_blocks(mail: Email) -> Iterator[Email]:
    """The blocks of a delivery status report that are about a recipient."""
    for part in _parts(mail):
        if part.get_content_type() == "message/delivery-status":
            payload: Any = part.get_payload()
            yield from (block for block in payload if isinstance(block, Email) and block["Action"])


def _is_from_a_server(mail: Email) -> bool:
    return bool(mail["X-Failed-Recipients"] or SENT_BY_SERVERS.search(str(mail["From"])))


def _first_text(mail: Email) -> str:
    for part in _parts(mail):
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload[:READ_AT_MOST].decode("utf-8", errors="replace") if isinstance(payload, bytes) else ""
    return ""
