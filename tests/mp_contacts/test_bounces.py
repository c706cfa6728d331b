"""What a mail that came back says about the mailbox."""

from email import message_from_bytes
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mp_contacts.delivery.bounces import Bounce, classify, read_bounce
from tests.mp_contacts.bounce_mails import AWAY, FROM_OFFICE, old_report, report


def kind_of(raw: bytes) -> Bounce | None:
    found = read_bounce(message_from_bytes(raw))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        ("5.1.1", "550 5.1.1 <jo@parliament.example>: Recipient address rejected", Bounce.NO_MAILBOX),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", Bounce.NO_MAILBOX),
        ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", Bounce.NO_MAILBOX),
        ("5.1.2", "", Bounce.NO_MAILBOX),
        ("5.0.0", "550 5.1.1 user unknown", Bounce.NO_MAILBOX),
        ("5.0.0", "550 No such user here", Bounce.NO_MAILBOX),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied.", Bounce.NO_MAILBOX),
        ("5.2.2", "552 5.2.2 mailbox full", Bounce.FOR_NOW),
        ("4.2.2", "452 4.2.2 over quota", Bounce.FOR_NOW),
        ("4.4.7", "delivery time expired", Bounce.FOR_NOW),
        ("4.4.1", "connect to mx.example: Connection timed out", Bounce.FOR_NOW),
        ("5.3.2", "", Bounce.FOR_NOW),
        ("5.0.0", "552 sorry", Bounce.FOR_NOW),
        ("5.4.1", "no answer from host", Bounce.REFUSED),
        ("5.7.1", "550 5.7.1 message rejected as spam; no such user", Bounce.REFUSED),
        ("5.3.4", "552 5.3.4 message too big", Bounce.REFUSED),
        ("5.0.0", "", Bounce.REFUSED),
        ("", "", Bounce.REFUSED),
        ("nonsense", "192.0.2.1 said: 550 go away", Bounce.REFUSED),
    ],
)
def test_a_report_is_understood(status: str, said: str, expected: Bounce) -> None:
    assert classify(status, said)[0] == expected
    assert kind_of(report(status=status, said=said)) == expected


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_no_failure_is_none(action: str) -> None:
    assert kind_of(report(status="4.4.1", action=action)) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (old_report("<jo@parliament.example>: Sorry, no mailbox here by that name. (#5.1.1)"), Bounce.NO_MAILBOX),
        (old_report("550 unknown user"), Bounce.NO_MAILBOX),
        (old_report("The recipient's mailbox is full."), Bounce.FOR_NOW),
        (old_report("It was refused."), Bounce.REFUSED),
        (old_report("550 unknown user", subject="Warning: message delayed 24 hours"), None),
        (old_report("550 unknown user", sender="Jo <jo@parliament.example>"), None),
        (FROM_OFFICE, None),
        (AWAY, None),
        (b"", None),
        (b"\xff\xfe\x00", None),
        (b"Content-Type: message/delivery-status\n\nnot a block", None),
        (b"From: mailer-daemon@x.example\nContent-Type: multipart/report; boundary=b\n\n--b\n", Bounce.REFUSED),
    ],
)
def test_what_older_servers_and_people_write(raw: bytes, expected: Bounce | None) -> None:
    assert kind_of(raw) == expected


@settings(max_examples=150, deadline=None)
@given(junk=st.binary(max_size=200), at=st.integers(0, 900))
def test_a_mangled_report_is_read_or_passed_over(junk: bytes, at: int) -> None:
    raw = report(said="550 5.1.1 gone")

    assert kind_of(raw[:at] + junk + raw[at + len(junk) :]) in {*Bounce, None}


def test_what_the_letter_itself_says_is_no_report() -> None:
    mail = EmailMessage()
    mail["From"] = "Jo Example <jo@parliament.example>"
    mail.set_content("550 5.1.1 user unknown")

    assert read_bounce(mail) is None
