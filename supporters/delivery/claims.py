"""Which sender has which message in hand, in SQL.

All times are the database's own: the clocks of two machines with a sender each may disagree.
"""

import logging
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from supporters.delivery.mail_errors import describe
from supporters.models import Message, MessageState
from supporters.outbox import CAP_WINDOW, LONGEST_IN_OUTBOX, settle

logger = logging.getLogger("parasol.delivery")

BACKOFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440))
JITTER: Final = 0.2  # of the wait, either way, so that what failed together does not return together
CAPPED_MAILS: Final = 5  # to one mailbox within CAP_WINDOW
CAP_LOCK: Final = 7_205_003  # the first half of an advisory lock; the second half is of the mailbox

DUE = """
SELECT id FROM supporters_message
WHERE state = 'queued' AND next_attempt_at <= statement_timestamp()
  AND (leased_until IS NULL OR leased_until <= statement_timestamp())
"""

CLAIM = f"""
UPDATE supporters_message SET leased_until = statement_timestamp() + %s, attempts = attempts + 1
WHERE id IN ({DUE} ORDER BY next_attempt_at LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, attempts, next_attempt_at
"""  # noqa: S608  (both halves are constants)

RELEASE = """
UPDATE supporters_message
SET released_at = statement_timestamp(), leased_until = statement_timestamp() + %s
WHERE id = %s
"""

# A day after the fifth-newest of the mailbox's mails there is room for one more.
NEXT_FREE = """
SELECT released_at + %(window)s FROM supporters_message
WHERE mailbox_key = %(key)s AND is_capped AND released_at > statement_timestamp() - %(window)s AND id <> %(id)s
ORDER BY released_at DESC OFFSET %(places)s - 1 LIMIT 1
"""

POSTPONE = "UPDATE supporters_message SET leased_until = NULL, next_attempt_at = %s WHERE id = %s"

# Waits as long as it is told, but not past the last attempt; leaves alone what has had its last attempt.
RETRY = """
UPDATE supporters_message
SET leased_until = NULL,
    next_attempt_at = least(statement_timestamp() + %(wait)s, created_at + %(longest)s)
WHERE id = %(id)s AND attempts = %(attempt)s AND state = 'queued'
  AND created_at + %(longest)s > statement_timestamp()
"""

HAND_BACK = "UPDATE supporters_message SET leased_until = NULL WHERE id = %s AND attempts = %s AND state = 'queued'"


@dataclass(frozen=True)
class Claim:
    """One message in a sender's hands; ``attempt`` tells this claim from every other of the same row."""

    id: UUID
    attempt: int


def anything_due() -> bool:
    """Asked before a connection is opened: an idle site does not keep calling its mail server."""
    with connection.cursor() as cursor:
        cursor.execute(f"{DUE} LIMIT 1")
        return cursor.fetchone() is not None


def claim_due(*, limit: int, lease: timedelta) -> list[Claim]:
    """Take up to ``limit`` due messages for the time of ``lease``, oldest first, passing over others' claims."""
    values: list[Any] = [lease, limit]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        oldest_first = sorted(cursor.fetchall(), key=lambda row: row[2])
    return [Claim(id=row[0], attempt=row[1]) for row in oldest_first]


def locked_message(claim: Claim) -> Message | None:
    """The message, locked until the end of the transaction; None if it is settled or no longer ours."""
    ours = Message.objects.filter(pk=claim.id, attempts=claim.attempt, state=MessageState.QUEUED)
    return ours.select_for_update().first()


def release(message: Message, *, lease: timedelta) -> None:
    """Note that ``message`` is about to leave, and renew its lease for that."""
    _execute(RELEASE, [lease, message.pk])


def postpone_if_capped(message: Message) -> bool:
    """Put ``message`` off until its mailbox may get one more; False if it may now.

    The lock on the mailbox lasts until the caller's transaction commits the release, so that two
    senders cannot both see the last free place. A release counts whether or not the mail then left:
    it may have.
    """
    if not message.is_capped or message.mailbox_key is None:
        return False
    key = bytes(message.mailbox_key)
    values: dict[str, Any] = {"window": CAP_WINDOW, "key": key, "id": message.pk, "places": CAPPED_MAILS}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CAP_LOCK, int.from_bytes(key[:4], "big", signed=True)])
        cursor.execute(NEXT_FREE, values)
        row = cursor.fetchone()
        if row is not None:
            cursor.execute(POSTPONE, [row[0], message.pk])
    return row is not None


def retry_or_give_up(claim: Claim, error: BaseException) -> None:
    """Try again after a while that grows with each attempt, or give up when three days have passed."""
    wait = BACKOFF[min(claim.attempt, len(BACKOFF)) - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    values = {"wait": wait, "longest": LONGEST_IN_OUTBOX, "id": claim.id, "attempt": claim.attempt}
    if _execute(RETRY, values):
        logger.warning("Message %s was not sent (%s); it will be tried again.", claim.id, describe(error))
    elif settle(Q(pk=claim.id, attempts=claim.attempt), MessageState.FAILED):
        logger.error("Message %s failed after %d attempts (%s).", claim.id, claim.attempt, describe(error))


def hand_back(claims: list[Claim]) -> None:
    """Let other senders have what this one will not get to."""
    for claim in claims:
        _execute(HAND_BACK, [claim.id, claim.attempt])


def _execute(sql: str, values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)
