"""The record of what organisers did to people's data, in which nothing can be changed unnoticed.

Each entry holds the hash of the one before it and of everything it says itself. Whoever changes,
drops, inserts or reorders entries behind the database's back breaks the chain at that place. A chain
cannot show that its newest entries were cut off: for that, keep the newest hash somewhere else.
"""

import hashlib
import json
from datetime import UTC
from typing import Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from supporters.models import AuditEntry

# Any number; it only has to differ from the project's other advisory locks.
AUDIT_LOCK: Final = 7_205_002
FIRST_LINK: Final = bytes(32)
LONGEST_LABEL: Final = 80


@transaction.atomic
def record_audit(
    *, actor: AbstractBaseUser | None, action: str, subject: str, count: int = 0, purpose: str = ""
) -> AuditEntry:
    """Add one entry, in the caller's transaction: what was done is recorded if and only if it happened.

    ``actor`` is None for what the site did by itself; ``subject`` and ``purpose`` must not hold any
    supporter's data. Entries are written one after the other: the second of two callers waits for the
    first one's transaction, so record last.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AUDIT_LOCK])
    newest = AuditEntry.objects.order_by("-sequence").first()
    entry = AuditEntry(
        sequence=newest.sequence + 1 if newest else 1,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        actor_label=(str(actor) if actor else "the site itself")[:LONGEST_LABEL],
        action=action,
        subject=subject,
        count=count,
        purpose=purpose,
        previous_hash=bytes(newest.entry_hash) if newest else FIRST_LINK,
    )
    entry.entry_hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def first_broken_entry() -> int | None:
    """The sequence number at which the chain first breaks, or None if it holds from end to end."""
    expected, previous_hash = 1, FIRST_LINK
    for entry in AuditEntry.objects.order_by("sequence").iterator():
        if (
            entry.sequence != expected
            or bytes(entry.previous_hash) != previous_hash
            or bytes(entry.entry_hash) != hash_of(entry)
        ):
            return expected
        expected, previous_hash = expected + 1, bytes(entry.entry_hash)
    return None


def hash_of(entry: AuditEntry) -> bytes:
    """SHA-256 over the canonical JSON (sorted keys, no spaces, ASCII) of all that ``entry`` says."""
    document = {
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "actor_label": entry.actor_label,
        "action": entry.action,
        "subject": entry.subject,
        "count": entry.count,
        "purpose": entry.purpose,
        "previous_hash": bytes(entry.previous_hash).hex(),
    }
    return hashlib.sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).digest()
