"""Nothing that somebody types adds a header or a recipient to the mail an office gets: 5,000 letters try."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message as Email
from email.utils import parseaddr
from random import Random
from typing import Final, cast

import pytest
from django.core.mail import SafeMIMEText
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mp_contacts.delivery.office_mail import is_one_address, lines, name_in_header, office_email, one_line
from mp_contacts.delivery.return_address import new_token
from mp_contacts.models import Letter, LetterPage, Member
from tests.supporters.smtp_sink import Received

OFFICE: Final = "office@parliament.example"
ADA: Final = "ada@example.org"
HEADERS: Final = sorted(
    [
        *("Content-Transfer-Encoding", "Content-Type", "MIME-Version", "Date", "Message-ID"),
        *("From", "Reply-To", "Subject", "To"),
    ]
)
TYPED: Final = ("name", "subject", "address", "postcode", "body")
ATTEMPTS: Final = [
    *("\n", "\r", "\r\n", "\r\n\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\0", "\ud800", "\u202e"),
    *(
        "\r\nBcc: mallory@evil.example",
        "\nTo: mallory@evil.example",
        "\rCc:mallory@evil.example\r",
        "%0d%0aBcc: m@x.yz",
    ),
    *("\r\nContent-Type: text/html\r\n\r\n<b>", "\r\n.\r\n", "\r\nRCPT TO:<mallory@evil.example>\r\n", "--", "-- \n"),
    *("=?utf-8?q?=0D=0ABcc:_mallory@evil.example?=", "=?utf-8?b?DQpCY2M6IG1AZXZpbC5leGFtcGxl?=", "=?", "?="),
    *('"', "\\", '\\"', "<mallory@evil.example>", ", mallory@evil.example", "; m@x.yz", "Friends: m@x.yz;", "(or so)"),
    *(
        "Ada",
        "Zoë",
        "أحمد",
        "👩🏽\u200d🔬",
        "O'Brien-Łódź",
        " ",
        "\t",
        "a" * 90,
        "é" * 90,
        "@",
        "ada@example.org",
        ".",
        "{x}",
        "%s",
    ),
]
PAGE: Final = LetterPage(content_type_id=1, controller='Example "Campaign", <x@y.example>')
MEMBER: Final = Member(name="Jo Example")


def as_sent(typed: dict[str, str]) -> bytes:
    letter = Letter(page=PAGE, member=MEMBER, return_token=new_token(), created_at=datetime.now(UTC), **typed)
    email = office_email(letter)
    email.to = [OFFICE]
    assert email.recipients() == [OFFICE]
    # As Django's SMTP backend makes it into bytes.
    return cast("SafeMIMEText", email.message()).as_bytes(linesep="\r\n")


def unfolded(mail: Email, header: str) -> str:
    return str(mail[header]).replace("\r\n", "")


def decoded(value: str) -> list[str]:
    """The words of a header; a mail program shows encoded words (RFC 2047) as what they stand for."""
    return str(make_header(decode_header(value))).split()


def addresses(mail: Email, header: str) -> list[str]:
    """Every address in a header, as Python's newer and stricter parser finds them."""
    return [address.addr_spec for address in policy.default.header_factory(header, unfolded(mail, header)).addresses]


def some_text(chance: Random) -> str:
    """Up to five pieces of what somebody with bad intentions types, or of anything."""
    anything = "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(4)))
    return "".join(chance.choices([*ATTEMPTS, anything], k=chance.randrange(6)))


def some_letter(seed: int) -> dict[str, str]:
    chance = Random(seed)
    email = chance.choice([ADA, ADA, f"{some_text(chance)}{ADA}", f"{ADA}{some_text(chance)}", some_text(chance)])
    return {field: some_text(chance) for field in TYPED} | {"email": email}


# Hypothesis draws seeds, not texts: thousands of those took it four times as long.
@settings(max_examples=5_000, deadline=None, database=None)
@given(typed=st.integers(0, 2**64 - 1).map(some_letter))
@example(typed=dict.fromkeys(TYPED, "".join(ATTEMPTS)) | {"email": ADA})
@example(typed=dict.fromkeys(TYPED, "") | {"email": f".{'a' * 90}@example.org"})
def test_whatever_is_typed_one_office_gets_one_plain_letter(typed: dict[str, str]) -> None:
    if not is_one_address(typed["email"]):
        with pytest.raises(ValueError, match="answer"):
            as_sent(typed)
        typed = typed | {"email": ADA}

    raw = as_sent(typed)

    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\0", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.partition(b"\r\n\r\n")[0].isascii()
    mail = message_from_bytes(raw)
    assert sorted(mail.keys()) == HEADERS
    assert (mail.get_content_type(), mail.is_multipart(), mail.defects) == ("text/plain", False, [])
    assert addresses(mail, "To") == [OFFICE]
    assert addresses(mail, "Reply-To") == [typed["email"]]
    assert addresses(mail, "From") == ["updates@example.org"]
    sender, _ = parseaddr(unfolded(mail, "From"))
    assert decoded(sender) == f"{name_in_header(typed['name'])} via Example Campaign x y.example".split()
    assert decoded(unfolded(mail, "Subject")) == f"[Jo Example] {one_line(typed['subject'])}".split()
    text = Received(OFFICE, mail).text
    assert [field for field in (*TYPED[:1], *TYPED[2:]) if lines(typed[field]) not in text] == []
