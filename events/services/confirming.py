"""What the links in mails do: confirm a registration, and take a seat that was offered."""

from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from events.models import EventPage, Place, Registration
from events.places import give_place, locked_event, page_of, seat, tell_place
from supporters.models import ActionState
from supporters.services.acting import remember_who_acted


class ConfirmOutcome(Enum):
    """What became of the press on the button."""

    CONFIRMED = "confirmed"
    CLOSED = "closed"
    GONE = "gone"


class TakeOutcome(Enum):
    """What became of an offered seat."""

    TAKEN = "taken"
    TOO_LATE = "too_late"
    """The offer ran out, and the seat went to the next."""
    GONE = "gone"


@transaction.atomic
def confirm_registration(registration_id: UUID) -> tuple[ConfirmOutcome, int | None]:
    """Confirm once, however often the button is pressed; the page's id says where to go next.

    The person gets a supporter record only if they agreed to be written to: to come to an event makes nobody known.
    Whether there is a seat is decided here and now, in the order in which people press.
    """
    # The event first, as whoever cancels does: the other way round two presses would wait for each other.
    with locked_event(page_of(registration_id)) as page:
        registration = _locked(registration_id)
        if registration is None or registration.state == ActionState.WITHDRAWN:
            return ConfirmOutcome.GONE, None
        if registration.state == ActionState.CONFIRMED:
            return ConfirmOutcome.CONFIRMED, registration.page_id
        if page is None or not _still_takes(page):
            return ConfirmOutcome.CLOSED, registration.page_id
        registration.state = ActionState.CONFIRMED
        # The database's own clock at this statement: servers' clocks drift.
        registration.confirmed_at = Now()
        registration.mailed_sequence = page.sequence
        give_place(registration, page)
        if registration.page.counts_only:
            registration.wants_updates = False
        else:
            _remember_who_agreed(registration)
        registration.ticked_texts = []
        registration.save()
    return ConfirmOutcome.CONFIRMED, registration.page_id


@transaction.atomic
def take_offer(registration_id: UUID) -> tuple[TakeOutcome, int | None]:
    """Take the seat that was offered, if it still is; the page's id says where to go next."""
    with locked_event(page_of(registration_id)) as page:
        registration = _locked(registration_id)
        if registration is None or page is None or registration.state != ActionState.CONFIRMED or page.is_cancelled:
            return TakeOutcome.GONE, page.pk if page else None
        if registration.place == Place.SEATED:
            return TakeOutcome.TAKEN, page.pk
        is_good = registration.offered_until is not None and timezone.now() < registration.offered_until
        if registration.place != Place.OFFERED or not is_good:
            return TakeOutcome.TOO_LATE, page.pk
        seat(registration)
        registration.save(update_fields=["place", "offered_until"])
        tell_place(registration)
        return TakeOutcome.TAKEN, page.pk


def _still_takes(page: EventPage) -> bool:
    """Whoever registered in the last minute may confirm until the event is over."""
    return bool(page.live and not page.is_cancelled and not page.is_over)


def _locked(registration_id: UUID) -> Registration | None:
    found = Registration.objects.select_for_update(of=("self",)).select_related("page", "consent_text")
    return found.filter(pk=registration_id).first()


def _remember_who_agreed(registration: Registration) -> None:
    if registration.wants_updates or registration.ticked_texts:
        remember_who_acted(
            registration,
            page_id=registration.page_id,
            page_kind="event",
            method="event form, confirmed by mail",
            # What is shown in a room may be anybody's name.
            takes_details=False,
        )
