"""Mails as servers send them when a letter did not arrive, and others that come to the same address."""

from typing import Final

FROM_OFFICE: Final = b"From: Jo Example <jo@parliament.example>\nSubject: Re: Safety\n\nThank you for your letter.\n"
AWAY: Final = (
    b"From: Jo Example <jo@parliament.example>\nReturn-Path: <>\nAuto-Submitted: auto-replied\n"
    b"Subject: Automatic reply\n\nIf the mailbox is full, or there is no such person, ring.\n"
)


def report(*, status: str = "5.1.1", said: str = "", action: str = "failed", to: str = "", letter: str = "") -> bytes:
    """A delivery status report (RFC 3464), with the mail that it is about at its end."""
    diagnostic = f"Diagnostic-Code: smtp; {said}\n" if said else ""
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mail.example.org>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4F5

Final-Recipient: rfc822; jo@parliament.example
Action: {action}
Status: {status}
{diagnostic}
--b
Content-Type: message/rfc822

From: updates@example.org
Subject: Safety

{letter}
--b--
""".encode()


def old_report(said: str, *, to: str = "", sender: str = "MAILER-DAEMON@mail.example.org", subject: str = "") -> bytes:
    """What a server writes that knows no RFC 3464."""
    return f"From: {sender}\nTo: {to}\nSubject: {subject or 'failure notice'}\n\nHi.\n{said}\n".encode()
