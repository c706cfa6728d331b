"""Mails that only tests send, and a clock that can be moved."""

import uuid
from datetime import timedelta

from django.db.models import F

from supporters.mails import Mail, mail_writer
from supporters.models import Message
from supporters.outbox import queue_message

NOTE = "test_note"
NO_LONGER_NEEDED = "test_no_longer_needed"
BROKEN = "test_broken"
REQUESTED = "test_requested"
OF_RIGHTS = "test_of_rights"

CONTEXT = {"withdraw_url": "http://127.0.0.1:8000/links/0/"}


@mail_writer(NOTE)
def note(message: Message) -> Mail:
    return Mail(template="petitions/already_signed", context=CONTEXT, language="en")


mail_writer(REQUESTED, is_requested=True)(note)
mail_writer(OF_RIGHTS, is_requested=True, after_complaint=True)(note)


@mail_writer(NO_LONGER_NEEDED)
def no_longer_needed(message: Message) -> None:
    return None


@mail_writer(BROKEN)
def broken(message: Message) -> Mail:
    raise ValueError(f"cannot write to {message.recipient}")


def queued(recipient: str = "ada@example.org", *, kind: str = NOTE, is_capped: bool = False) -> Message:
    return queue_message(kind=kind, subject_id=uuid.uuid4(), recipient=recipient, is_capped=is_capped)


def let_time_pass(by: timedelta) -> None:
    """Move every time in the outbox into the past, which is what a later clock would see."""
    times = ("next_attempt_at", "created_at", "leased_until", "released_at", "settled_at")
    Message.objects.update(**{name: F(name) - by for name in times})
