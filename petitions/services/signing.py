"""Signing: from a valid form to rows on disk.

The common case, somebody new, is one statement for a whole batch of people. Everything rare (a
repeat, a second member of a household) is found by what that statement left out, and goes the slow
way in the same transaction.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction

from petitions.emails import CONFIRM_MAIL
from petitions.models import ShownAs, Signature
from petitions.selectors import SigningTerms
from petitions.services.repeats import settle_repeat
from supporters.crypto.fields import encrypted_field
from supporters.group_commit import GroupCommit
from supporters.identity import mailbox_key, person_key
from supporters.limits import NETWORK_LIMIT, PAGE_LIMIT, Ask, consume, network_key, page_key
from supporters.models import Message
from supporters.seats import seat_of

# A person looking at a spinner gives up at about this point; a 503 that says "try again" is kinder.
LONGEST_WAIT = 20.0  # seconds


class SigningOutcome(Enum):
    """What the person is told. Nothing here says whether the address was known."""

    ACCEPTED = "accepted"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class SignatureDraft:
    """What one person typed, cleaned, and what it is about."""

    terms: SigningTerms
    email: str
    network: str
    name: str = ""
    postcode: str = ""
    country: str = "GB"
    comment: str = ""
    shown_as: str = ShownAs.NOT_SHOWN
    wants_updates: bool = False
    ticked_texts: tuple[int, ...] = ()
    source: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    message_id: uuid.UUID = field(default_factory=uuid.uuid4)


def sign_petition(draft: SignatureDraft) -> SigningOutcome:
    """Store a signature and its confirmation mail, durably, before answering.

    Raises supporters.group_commit.Overloaded when nothing could be stored in time.
    """
    if settings.GROUP_COMMIT:
        return _grouped.submit(draft, seconds=LONGEST_WAIT)
    with transaction.atomic():
        return write_signatures([draft])[0]


def write_signatures(drafts: Sequence[SignatureDraft]) -> list[SigningOutcome]:
    """Store a batch in the caller's transaction: limits, signatures, mails, then the repeats."""
    granted = consume([_asks(draft) for draft in drafts])
    accepted = [draft for draft, is_granted in zip(drafts, granted, strict=True) if is_granted]
    new = _insert(accepted) if accepted else set()
    for draft in accepted:
        if draft.id not in new:
            settle_repeat(draft, insert=lambda again, slot: bool(_insert([again], slot=slot)))
    return [SigningOutcome.ACCEPTED if is_granted else SigningOutcome.TOO_MANY for is_granted in granted]


def _asks(draft: SignatureDraft) -> list[Ask]:
    return [
        Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, draft.network)),
        Ask(PAGE_LIMIT, page_key(PAGE_LIMIT, draft.terms.petition_id)),
    ]


# Arrays travel in binary (%b): as text, every element would be searched for characters to escape.
# Sorted by key, so that two processes that write the same people never wait for each other in a ring.
INSERT = """
WITH draft AS (
    SELECT * FROM unnest(
        %b::uuid[], %b::uuid[], %b::bytea[], %b::bytea[], %b::int[], %b::bytea[], %b::bytea[], %b::bytea[],
        %b::bytea[], %b::text[], %b::bytea[], %b::text[], %b::text[], %b::bool[], %b::bigint[], %b::text[],
        %b::text[], %b::text[]
    ) AS d(id, message_id, person_key, mailbox_key, petition_id, name, email, recipient,
           postcode, constituency_code, comment, country, shown_as, wants_updates, consent_text_id, language,
           source, ticked_texts)
),
signed AS (
    INSERT INTO petitions_signature (
        id, petition_id, person_key, household_slot, name, email, postcode, constituency_code, comment,
        comment_state, country, shown_as, wants_updates, consent_text_id, language, source, ticked_texts
    )
    SELECT id, petition_id, person_key, %s, name, email, postcode, constituency_code, comment,
           CASE WHEN comment IS NULL THEN 'none' ELSE 'waiting' END,
           country, shown_as, wants_updates, consent_text_id, language, source, ticked_texts::bigint[]
    FROM draft ORDER BY petition_id, person_key
    ON CONFLICT (petition_id, person_key) DO NOTHING
    RETURNING id
),
mailed AS (
    INSERT INTO supporters_message (id, kind, subject_id, recipient, mailbox_key, is_capped)
    SELECT message_id, %s, id, recipient, mailbox_key, true FROM draft JOIN signed USING (id)
)
SELECT id FROM signed
"""


NOTHING_TICKED = "{}"


def _insert(drafts: Sequence[SignatureDraft], *, slot: int = 1) -> set[uuid.UUID]:
    """Insert those who have not signed yet, each with a confirmation mail; the ids that were new."""
    columns = zip(*(_row(draft, slot) for draft in drafts), strict=True)
    # Django's own cursor would paste the values into the SQL; this one sends them apart and prepares.
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(INSERT, [*map(list, columns), slot, CONFIRM_MAIL], prepare=True)
        return {row[0] for row in cursor.fetchall()}


def _row(draft: SignatureDraft, slot: int) -> tuple[Any, ...]:
    """One draft as the values of INSERT, personal ones locked to the row they are for."""
    return (
        draft.id,
        draft.message_id,
        person_key(page_id=draft.terms.petition_id, address=draft.email, slot=slot),
        mailbox_key(draft.email),
        draft.terms.petition_id,
        _NAME.lock(draft.id, draft.name),
        _EMAIL.lock(draft.id, draft.email),
        _RECIPIENT.lock(draft.message_id, draft.email),
        _POSTCODE.lock(draft.id, draft.postcode),
        seat_of(draft.postcode),
        _COMMENT.lock(draft.id, draft.comment),
        draft.country,
        draft.shown_as,
        draft.wants_updates,
        draft.terms.consent_text_id,
        draft.terms.language,
        draft.source,
        # An array of arrays would need them all to be of one length; as text each is read by itself.
        f"{{{','.join(map(str, draft.ticked_texts))}}}" if draft.ticked_texts else NOTHING_TICKED,
    )


_NAME = encrypted_field(Signature, "name")
_EMAIL = encrypted_field(Signature, "email")
_POSTCODE = encrypted_field(Signature, "postcode")
_COMMENT = encrypted_field(Signature, "comment")
_RECIPIENT = encrypted_field(Message, "recipient")

_grouped: GroupCommit[SignatureDraft, SigningOutcome] = GroupCommit(write_signatures, name="signing")
