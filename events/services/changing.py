"""Changing one's registration, and what organisers do for somebody."""

from enum import Enum
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from events.models import EventPage, Place, Registration
from events.places import give_place, give_places, locked_event, page_of, seat, tell_place
from events.selectors import seats_taken, waiting_line
from events.services.registering import write_needs, write_question
from supporters.audit import record_audit
from supporters.identity import person_key
from supporters.models import ActionState


class ChangeOutcome(Enum):
    """What became of a change."""

    CHANGED = "changed"
    NO_ROOM = "no_room"
    """There are not so many seats left. Nothing was changed."""
    GONE = "gone"


@transaction.atomic
def change_registration(
    registration_id: UUID, *, name: str, seats: int, needs: str, question: str, wants_reminders: bool
) -> ChangeOutcome:
    """Change what somebody told us; more seats only where there are some, fewer are handed on at once."""
    with locked_event(page_of(registration_id)) as page:
        registration = _confirmed(registration_id)
        if registration is None or page is None or page.is_over:
            return ChangeOutcome.GONE
        if not 1 <= seats <= max(page.most_seats, registration.seats):
            return ChangeOutcome.NO_ROOM
        if registration.place in {Place.SEATED, Place.OFFERED} and not _has_room(page, seats - registration.seats):
            return ChangeOutcome.NO_ROOM
        registration.name, registration.seats, registration.wants_reminders = name, seats, wants_reminders
        registration.save(update_fields=["name", "seats", "wants_reminders"])
        write_needs(registration, needs)
        write_question(registration, question)
        give_places(page.pk)
        return ChangeOutcome.CHANGED


@transaction.atomic
def promote(registration_id: UUID, *, by: AbstractUser) -> bool:
    """Seat somebody before their turn, even beyond the capacity: organisers answer for it, and it is on record.

    False when they do not wait, or the event is over.
    """
    with locked_event(page_of(registration_id)) as page:
        registration = _confirmed(registration_id)
        if registration is None or page is None or page.is_over or page.is_cancelled:
            return False
        if registration.place == Place.SEATED:
            return False
        seat(registration)
        registration.save(update_fields=["place", "offered_until"])
        tell_place(registration)
        _audit(by, "seat_registrant", registration, page)
        return True


class UnseatOutcome(Enum):
    """What became of moving somebody to the end of the line."""

    MOVED = "moved"
    POINTLESS = "pointless"
    """Nobody waits, so the seat would go straight back to them. Nothing was changed."""
    GONE = "gone"


@transaction.atomic
def move_to_waiting(registration_id: UUID, *, by: AbstractUser) -> UnseatOutcome:
    """Put somebody at the end of the line; their seat goes on at once."""
    with locked_event(page_of(registration_id)) as page:
        registration = _confirmed(registration_id)
        if registration is None or page is None or registration.place == Place.WAITING:
            return UnseatOutcome.GONE
        if page.is_over or page.is_cancelled:
            return UnseatOutcome.GONE
        if _would_come_back(registration, page):
            return UnseatOutcome.POINTLESS
        registration.place, registration.offered_until = Place.WAITING, None
        registration.queued_at = Now()
        registration.save(update_fields=["place", "offered_until", "queued_at"])
        tell_place(registration)
        give_places(page.pk)
        _audit(by, "unseat_registrant", registration, page)
        return UnseatOutcome.MOVED


@transaction.atomic
def add_by_organiser(*, page_id: int, address: str, name: str, by: AbstractUser) -> Registration | None:
    """Register somebody who asked an organiser to, without a consent; None when they are registered already.

    Raises ValueError when ``address`` is none.
    """
    with locked_event(page_id) as page:
        key = person_key(page_id=page_id, address=address)
        if page is None or Registration.objects.filter(page=page_id, person_key=key).exists():
            return None
        registration = Registration(
            page=page,
            person_key=key,
            name=name,
            email=address,
            seats=1,
            language=page.locale.language_code,
            source="added by an organiser",
            state=ActionState.CONFIRMED,
            confirmed_at=Now(),
            mailed_sequence=page.sequence,
        )
        give_place(registration, page)
        registration.save()
        _audit(by, "add_registrant", registration, page)
        return registration


def _audit(by: AbstractUser, action: str, registration: Registration, page: EventPage) -> None:
    record_audit(actor=by, action=action, subject=f"{registration}: {page.title}", count=1)


def _has_room(page: EventPage, more: int) -> bool:
    """Whether ``more`` seats can be had; free ones are kept for whoever waits."""
    if more <= 0 or page.capacity is None:
        return True
    return page.capacity - seats_taken(page.pk) >= more and not waiting_line(page.pk).exists()


def _would_come_back(registration: Registration, page: EventPage) -> bool:
    """Whether a seat given up now would be handed to the one who gave it up."""
    is_handed_on = timezone.now() < page.registration_closes_at
    if registration.place != Place.SEATED or not is_handed_on or waiting_line(page.pk).exists():
        return False
    # What is left once theirs is given up; less than theirs where organisers had seated too many.
    return page.capacity is None or page.capacity - seats_taken(page.pk) >= 0


def _confirmed(registration_id: UUID) -> Registration | None:
    found = Registration.objects.select_for_update(of=("self",))
    return found.filter(pk=registration_id, state=ActionState.CONFIRMED).first()
