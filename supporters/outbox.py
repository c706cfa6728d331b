"""Putting mails into the outbox, and taking them out again."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from supporters.identity import mailbox_key
from supporters.models import Message, MessageState
from supporters.retention import retention_rule

logger = logging.getLogger("parasol.outbox")

# An address is not kept longer than this for want of a mail server that takes the mail.
LONGEST_IN_OUTBOX = timedelta(hours=72)
# The last regular attempt is made at 72 hours; what is still waiting an hour later never had its turn.
OVERDUE_AFTER = timedelta(hours=1)
# A mailbox that is full of our mail for days may keep one waiting a day longer, and no more.
LONGEST_OF_ALL = LONGEST_IN_OUTBOX + timedelta(days=1)
CAP_WINDOW = timedelta(hours=24)
KEEP_MAILBOX_KEY = CAP_WINDOW + timedelta(hours=1)
KEEP_SETTLED = timedelta(days=7)


def queue_message(
    *,
    kind: str,
    subject_id: UUID,
    recipient: str,
    is_capped: bool = False,
    body: str = "",
    wait: timedelta = timedelta(),
) -> Message:
    """Put a mail about ``subject_id`` into the outbox, in the caller's transaction.

    It leaves if, and only if, that transaction commits. Set ``is_capped`` for mails that a stranger
    can cause by filling in a form: one mailbox gets only a few of those a day. ``body`` is JSON for
    what no other row holds. It is not sent before ``wait`` is over. Raises ValueError when ``recipient`` is
    no address.
    """
    [message] = queue_messages(kind, [(subject_id, recipient)], is_capped=is_capped, body=body, wait=wait)
    return message


def queue_messages(
    kind: str,
    about: Iterable[tuple[UUID, str]],
    *,
    is_capped: bool = False,
    body: str = "",
    wait: timedelta = timedelta(),
) -> list[Message]:
    """`queue_message` for many at once: ``about`` are what each mail is about, and to whom it goes."""
    return Message.objects.bulk_create(
        Message(
            kind=kind,
            subject_id=subject_id,
            recipient=recipient,
            body=body,
            mailbox_key=mailbox_key(recipient),
            is_capped=is_capped,
            next_attempt_at=Now() + wait,
        )
        for subject_id, recipient in about
    )


def cancel_messages(*, subject_id: UUID) -> int:
    """Take back every waiting mail about ``subject_id``; how many there were.

    One that a sender has in hand at this moment may still leave.
    """
    return settle(Q(subject_id=subject_id), MessageState.CANCELLED)


def give_up_on_overdue() -> int:
    """Fail what has waited for three days and never had its turn; how many.

    Happens only when no worker ran or no mail server answered for all that time. A mail that waits
    because its mailbox had enough today is not overdue before the fourth day.
    """
    never_had_its_turn = Q(created_at__lt=Now() - LONGEST_IN_OUTBOX, next_attempt_at__lt=Now() - OVERDUE_AFTER)
    return settle(never_had_its_turn | Q(created_at__lt=Now() - LONGEST_OF_ALL), MessageState.FAILED)


def settle(which: Q, state: MessageState, *, provider_id: str = "") -> int:
    """Settle those of ``which`` that still wait, wiping address and body; how many there were."""
    return Message.objects.filter(which, state=MessageState.QUEUED).update(
        state=state,
        settled_at=Now(),
        provider_id=provider_id,
        recipient=None,
        body=None,
        leased_until=None,
    )


def forget_settled_messages() -> int:
    """Drop the mailbox hash once the daily cap no longer needs it, and the row after a week; how many rows."""
    settled = Message.objects.exclude(state=MessageState.QUEUED)
    settled.filter(settled_at__lt=Now() - KEEP_MAILBOX_KEY, mailbox_key__isnull=False).update(mailbox_key=None)
    deleted, _ = settled.filter(settled_at__lt=Now() - KEEP_SETTLED).delete()
    return deleted


@retention_rule(
    "supporters.outbox",
    what=gettext_noop("A mail to you, with the address it goes to"),
    fields=("supporters.Message.recipient", "supporters.Message.body", "supporters.Message.mailbox_key"),
    until=gettext_noop(
        "the mail was sent or given up, after three days or four at the most; the keyed hash 25 hours, "
        "and the empty row 7 days"
    ),
)
def forget_mails() -> int:
    """Give up what waited too long, and forget what is settled; how many rows."""
    overdue = give_up_on_overdue()
    if overdue:
        logger.error("Gave up on %d messages that waited for three days and never had their turn.", overdue)
    return overdue + forget_settled_messages()
