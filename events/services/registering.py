"""Registering: from a valid form to a row on disk and the mail that asks for a confirmation, in one transaction."""

import uuid
from dataclasses import dataclass, field
from enum import Enum

from django.db import transaction

from events.mail_kinds import CONFIRM_MAIL
from events.models import AccessNeeds, Question, Registration
from events.selectors import EventTerms
from events.services.repeats import settle_repeat
from supporters.identity import person_key
from supporters.limits import NETWORK_LIMIT, PAGE_LIMIT, Ask, consume, network_key, page_key
from supporters.outbox import queue_message


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


@transaction.atomic
def register(draft: RegistrationDraft) -> RegisterOutcome:
    """Store a registration and its confirmation mail, durably, before answering. No seat is taken yet.

    Raises ValueError when the e-mail address is none, or for more seats than one registration may take.
    """
    if not 1 <= draft.seats <= draft.terms.most_seats:
        raise ValueError(f"A registration for this event takes from 1 to {draft.terms.most_seats} seats.")
    if not draft.terms.is_open:
        return RegisterOutcome.CLOSED
    if not consume([_asks(draft)])[0]:
        return RegisterOutcome.TOO_MANY
    if not _insert(draft):
        settle_repeat(page_id=draft.terms.page_id, address=draft.email, insert=lambda: _insert(draft))
    return RegisterOutcome.ACCEPTED


def _asks(draft: RegistrationDraft) -> list[Ask]:
    return [
        Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, draft.network)),
        Ask(PAGE_LIMIT, page_key(PAGE_LIMIT, draft.terms.page_id)),
    ]


def _insert(draft: RegistrationDraft) -> bool:
    """Store ``draft`` with its mail; False when this address is registered already."""
    registration = Registration(
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
    # Whoever registers the same a moment earlier is waited for, and then seen: the constraint decides.
    Registration.objects.bulk_create([registration], ignore_conflicts=True)
    if not Registration.objects.filter(pk=draft.id).exists():
        return False
    write_needs(registration, draft.needs)
    write_question(registration, draft.question)
    queue_message(kind=CONFIRM_MAIL, subject_id=draft.id, recipient=draft.email, is_capped=True)
    return True


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
