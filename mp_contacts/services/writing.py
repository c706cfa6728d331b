"""Writing: from a valid form to a row on disk and the mail that asks for a confirmation, in one transaction."""

import uuid
from dataclasses import dataclass, field
from enum import Enum

from django.db import transaction

from mp_contacts.fingerprints import fingerprint_of
from mp_contacts.mail_kinds import CONFIRM_MAIL
from mp_contacts.models import Letter, Member
from mp_contacts.selectors import LetterTerms, obstacle_to
from mp_contacts.services.repeats import settle_repeat
from supporters.identity import person_key
from supporters.limits import NETWORK_LIMIT, PAGE_LIMIT, Ask, consume, network_key, page_key
from supporters.outbox import queue_message


class WritingOutcome(Enum):
    """What the person is told. Nothing here says whether the address was known."""

    ACCEPTED = "accepted"
    TOO_MANY = "too_many"
    OBSTACLE = "obstacle"
    """No letter can go to this member now; see `mp_contacts.selectors.obstacle_to`. Nothing was stored."""


@dataclass(frozen=True)
class LetterDraft:
    """What one person wrote, cleaned, and to whom.

    ``own_percent`` is None where nobody measured it. ``id`` becomes the letter's.
    """

    terms: LetterTerms
    member: Member
    email: str
    network: str
    name: str
    postcode: str
    address: str
    subject: str
    body: str
    own_percent: int | None = None
    seat_from_list: bool = False
    wants_updates: bool = False
    ticked_texts: tuple[int, ...] = ()
    source: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def write_letter(draft: LetterDraft) -> WritingOutcome:
    """Store a letter and its confirmation mail, durably, before answering.

    Raises ValueError when the e-mail address is none.
    """
    if obstacle_to(draft.member) is not None:
        return WritingOutcome.OBSTACLE
    if not consume([_asks(draft)])[0]:
        return WritingOutcome.TOO_MANY
    if not _insert(draft):
        settle_repeat(
            page_id=draft.terms.page_id,
            member_id=draft.member.pk,
            address=draft.email,
            insert=lambda: _insert(draft),
        )
    return WritingOutcome.ACCEPTED


def _asks(draft: LetterDraft) -> list[Ask]:
    return [
        Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, draft.network)),
        Ask(PAGE_LIMIT, page_key(PAGE_LIMIT, draft.terms.page_id)),
    ]


def _insert(draft: LetterDraft) -> bool:
    """Store ``draft`` with its mail; False when this address has a letter to this member on this page already."""
    letter = Letter(
        id=draft.id,
        page_id=draft.terms.page_id,
        member=draft.member,
        person_key=person_key(page_id=draft.terms.page_id, address=draft.email),
        name=draft.name,
        email=draft.email,
        postcode=draft.postcode,
        address=draft.address,
        subject=draft.subject,
        body=draft.body,
        own_percent=draft.own_percent,
        seat_from_list=draft.seat_from_list,
        fingerprint=fingerprint_of(draft.body, page_id=draft.terms.page_id),
        constituency_code=draft.member.constituency_id or "",
        language=draft.terms.language,
        source=draft.source,
        wants_updates=draft.wants_updates,
        consent_text_id=draft.terms.consent_text_id,
        ticked_texts=list(draft.ticked_texts),
    )
    # Whoever writes the same a moment earlier is waited for, and then seen: the constraint decides.
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    if not Letter.objects.filter(pk=draft.id).exists():
        return False
    queue_message(kind=CONFIRM_MAIL, subject_id=draft.id, recipient=draft.email, is_capped=True)
    return True
