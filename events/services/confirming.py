"""What the links in mails do: confirm a registration, and take a seat that was offered."""

from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from events.models import EventPage, Place, Registration
from events.places import give_place, locked_event, page_of, seat, tell_place
from supporters.identity import email_key
from supporters.models import ActionState, ConsentText
from supporters.models.consent import ConsentRecord, CurrentConsent
from supporters.services.consent import record_consent
from supporters.services.people import remember_supporter
from supporters.suppression import lift_by_consent


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
    registration = _locked(registration_id)
    if registration is None or registration.state == ActionState.WITHDRAWN:
        return ConfirmOutcome.GONE, None
    if registration.state == ActionState.CONFIRMED:
        return ConfirmOutcome.CONFIRMED, registration.page_id
    with locked_event(registration.page_id) as page:
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
    texts = _agreed_to(registration)
    if not texts:
        return
    registration.supporter = remember_supporter(
        # Not the name: what is shown in a room may be anybody's.
        address=registration.email,
        language=registration.language,
        source=registration.source or f"event {registration.page_id}",
    )
    for text in texts:
        record = record_consent(
            supporter=registration.supporter,
            text=text,
            choice=ConsentRecord.Choice.GIVEN,
            method="event form, confirmed by mail",
            page_id=registration.page_id,
            asked_at=registration.created_at,
        )
        # An address that was merged into another record is suppressed, and may be written to again, by itself.
        if CurrentConsent.objects.filter(record=record).exists():
            lift_by_consent(email_key(registration.email), asked_at=registration.created_at)


def _agreed_to(registration: Registration) -> list[ConsentText]:
    """The wordings whose box was ticked."""
    texts = [registration.consent_text] if registration.wants_updates and registration.consent_text else []
    texts += ConsentText.objects.filter(pk__in=registration.ticked_texts).order_by("purpose")
    return texts
