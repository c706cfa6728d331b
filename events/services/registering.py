"""Registering: from a valid form to a row on disk and the mail that asks for a confirmation, in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Final

from django.conf import settings
from django.db import transaction

from events.mail_kinds import CONFIRM_MAIL
from events.models import AccessNeeds, Question, Registration
from events.selectors import EventTerms
from events.services.repeats import settle_repeat
from supporters.group_commit import GroupCommit
from supporters.identity import normalise_address, person_key
from supporters.limits import NETWORK_LIMIT, PAGE_LIMIT, Ask, consume, network_key, page_key
from supporters.outbox import queue_messages

LONGEST_WAIT: Final = 20.0  # seconds, as when signing


class RegisterOutcome(Enum):
    """What the person is told. Nothing here says whether the address was known, or whether there is a seat."""

    ACCEPTED = "accepted"
    TOO_MANY = "too_many"
    CLOSED = "closed"


@dataclass(frozen=True)
class RegistrationDraft:
    """What one person typed, cleaned. ``needs`` is JSON, or empty; ``id`` becomes the registration's."""

    terms: EventTerms
    email: str
    network: str
    name: str
    seats: int = 1
    time_zone: str = ""
    needs: str = ""
    question: str = ""
    wants_updates: bool = False
    ticked_texts: tuple[int, ...] = ()
    source: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)


def register(draft: RegistrationDraft) -> RegisterOutcome:
    """Store a registration and its confirmation mail, durably, before answering. No seat is taken yet.

    Raises ValueError when the e-mail address is none, or for more seats than one registration may take;
    supporters.group_commit.Overloaded when nothing could be stored in time.
    """
    if not 1 <= draft.seats <= draft.terms.most_seats:
        raise ValueError(f"A registration for this event takes from 1 to {draft.terms.most_seats} seats.")
    normalise_address(draft.email)
    if not draft.terms.is_open:
        return RegisterOutcome.CLOSED
    if settings.GROUP_COMMIT:
        return _grouped.submit(draft, seconds=LONGEST_WAIT)
    with transaction.atomic():
        return write_registrations([draft])[0]


def write_registrations(drafts: Sequence[RegistrationDraft]) -> list[RegisterOutcome]:
    """Store a batch in the caller's transaction: limits, registrations, needs, questions, mails, then the repeats."""
    granted = consume([_asks(draft) for draft in drafts])
    accepted = [draft for draft, is_granted in zip(drafts, granted, strict=True) if is_granted]
    new = _insert(accepted)
    for draft in accepted:
        if draft.id not in new:
            settle_repeat(page_id=draft.terms.page_id, address=draft.email, insert=partial(_insert_one, draft))
    return [RegisterOutcome.ACCEPTED if is_granted else RegisterOutcome.TOO_MANY for is_granted in granted]


def _asks(draft: RegistrationDraft) -> list[Ask]:
    return [
        Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, draft.network)),
        Ask(PAGE_LIMIT, page_key(PAGE_LIMIT, draft.terms.page_id)),
    ]


def _insert(drafts: Sequence[RegistrationDraft]) -> set[uuid.UUID]:
    """Store those who have not registered yet, each with a confirmation mail; the ids that were new."""
    # In one order everywhere, so that two processes that write the same people never wait for each other in a ring.
    rows = sorted(map(_row, drafts), key=lambda row: (row.page_id, bytes(row.person_key or b"")))
    # Whoever registers the same a moment earlier is waited for, and then seen: the constraint decides.
    Registration.objects.bulk_create(rows, ignore_conflicts=True)
    stored = Registration.objects.filter(pk__in=[draft.id for draft in drafts])
    new = set(stored.values_list("pk", flat=True))
    fresh = [draft for draft in drafts if draft.id in new]
    AccessNeeds.objects.bulk_create(
        AccessNeeds(registration_id=draft.id, page_id=draft.terms.page_id, text=draft.needs)
        for draft in fresh
        if draft.needs
    )
    Question.objects.bulk_create(
        Question(registration_id=draft.id, page_id=draft.terms.page_id, text=draft.question)
        for draft in fresh
        if draft.question
    )
    queue_messages(CONFIRM_MAIL, [(draft.id, draft.email) for draft in fresh], is_capped=True)
    return new


def _insert_one(draft: RegistrationDraft) -> bool:
    return bool(_insert([draft]))


def _row(draft: RegistrationDraft) -> Registration:
    return Registration(
        id=draft.id,
        page_id=draft.terms.page_id,
        person_key=person_key(page_id=draft.terms.page_id, address=draft.email),
        name=draft.name,
        email=draft.email,
        seats=draft.seats,
        time_zone=draft.time_zone,
        language=draft.terms.language,
        source=draft.source,
        wants_updates=draft.wants_updates,
        consent_text_id=draft.terms.consent_text_id,
        ticked_texts=list(draft.ticked_texts),
    )


_grouped: GroupCommit[RegistrationDraft, RegisterOutcome] = GroupCommit(write_registrations, name="registering")


def write_needs(registration: Registration, needs: str) -> None:
    """Keep what somebody needs in place of what they said before; nothing when they need nothing."""
    AccessNeeds.objects.filter(registration=registration).delete()
    if needs:
        AccessNeeds.objects.create(registration=registration, page_id=registration.page_id, text=needs)


def write_question(registration: Registration, text: str) -> None:
    """Keep a question in place of an earlier one, to be read by an organiser anew unless it is the same."""
    asked = Question.objects.filter(registration=registration).first()
    if asked is not None and asked.text == text:
        return
    if asked is not None:
        asked.delete()
    if text:
        Question.objects.create(registration=registration, page_id=registration.page_id, text=text)
