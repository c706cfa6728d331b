"""The record of what organisers did to people's data, in which nothing can be changed unnoticed.

Each entry holds the hash of the one before it and of everything it says itself. Whoever changes,
drops, inserts or reorders entries behind the database's back breaks the chain at that place. A chain
cannot show that its newest entries were cut off: for that, keep the newest hash somewhere else.
"""

import hashlib
import json
import re
from dataclasses import dataclass
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
# As long as the fields of the entry.
LONGEST_SUBJECT: Final = 200
LONGEST_PURPOSE: Final = 300
ENTRIES_AT_A_TIME: Final = 1000
HASH_IN_HEX: Final = re.compile(r"[0-9a-f]{64}")


@transaction.atomic
def record_audit(
    *, actor: AbstractBaseUser | None, action: str, subject: str, count: int = 0, purpose: str = ""
) -> AuditEntry:
    """Add one entry, in the caller's transaction: what was done is recorded if and only if it happened.

    ``actor`` is None for what the site did by itself; ``subject``, of which what is too long is cut off,
    and ``purpose`` must not hold any supporter's data. Entries are written one after the other: the second
    of two callers waits for the first one's transaction, so record last.
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
        subject=subject[:LONGEST_SUBJECT],
        count=count,
        purpose=purpose,
        previous_hash=bytes(newest.entry_hash) if newest else FIRST_LINK,
    )
    entry.entry_hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


@dataclass(frozen=True)
class Head:
    """The newest entry at some moment: its number and hash. Kept elsewhere, it shows that entries were cut off."""

    sequence: int
    entry_hash: bytes

    def __str__(self) -> str:
        return f"{self.sequence}:{self.entry_hash.hex()}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """The head that ``str`` wrote; raises ValueError with a sentence for people."""
        sequence, _, digits = text.strip().partition(":")
        if not (sequence.isascii() and sequence.isdigit()) or not HASH_IN_HEX.fullmatch(digits):
            raise ValueError("A head is a number, a colon and 64 hexadecimal digits.")
        return cls(int(sequence), bytes.fromhex(digits))


@dataclass(frozen=True)
class Break:
    """The first place at which the chain does not hold, and what is wrong there, as a whole sentence."""

    sequence: int
    reason: str


@dataclass(frozen=True)
class ChainState:
    """What one reading of the whole chain found. ``head`` is the last entry that holds."""

    head: Head
    broken: Break | None


def check_chain(noted: Head | None = None) -> ChainState:
    """Read every entry from the first to the last, a few at a time, and compare with a head that was ``noted`` earlier.

    Without one, entries cut off at the end, or all written anew with hashes that fit, cannot be told.
    """
    head, seen = Head(0, FIRST_LINK), noted is None
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=ENTRIES_AT_A_TIME):
        broken = _break_at(entry, head)
        if broken is None and noted is not None and entry.sequence == noted.sequence:
            seen = bytes(entry.entry_hash) == noted.entry_hash
            broken = None if seen else Break(entry.sequence, f"Entry {entry.sequence} is not the one that was noted.")
        if broken is not None:
            return ChainState(head, broken)
        head = Head(entry.sequence, bytes(entry.entry_hash))
    if not seen and noted is not None and noted != Head(0, FIRST_LINK):
        cut = Break(head.sequence + 1, f"Entries from {head.sequence + 1} to {noted.sequence} were cut off.")
        return ChainState(head, cut)
    return ChainState(head, None)


def _break_at(entry: AuditEntry, head: Head) -> Break | None:
    expected = head.sequence + 1
    if entry.sequence != expected:
        return Break(expected, f"Entry {expected} is missing; the next one there is has the number {entry.sequence}.")
    if bytes(entry.previous_hash) != head.entry_hash:
        return Break(expected, f"Entry {expected} does not follow from the one before it.")
    if bytes(entry.entry_hash) != hash_of(entry):
        return Break(expected, f"Entry {expected} was changed.")
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
