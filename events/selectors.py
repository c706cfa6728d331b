"""What pages, mails and the organisers' workspace read about events and those who register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Now
from django.utils import timezone

from events.models import EventPage, Place, Registration
from supporters.consent_boxes import AskedConsent, asked_by
from supporters.identity import email_key, normalise_address, person_key
from supporters.models import ConsentText


@dataclass(frozen=True)
class EventTerms:
    """What taking a registration needs to know of its event.

    ``language`` and consents are those of the page people read; registrations are kept on ``page_id``, the original.
    """

    page_id: int
    language: str
    controller: str
    counts_only: bool
    consent_text_id: int | None
    consent_wording: str
    most_seats: int
    asks_access_needs: bool
    asks_questions: bool
    is_cancelled: bool
    opens_at: datetime | None
    closes_at: datetime
    further_consents: tuple[AskedConsent, ...] = ()

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return not self.is_cancelled and not (self.opens_at and now < self.opens_at) and now < self.closes_at


def event_terms(page_id: int) -> EventTerms | None:
    """The terms of a live event; None when there is no such page."""
    page = EventPage.objects.live().public().select_related("locale", "consent_text").filter(pk=page_id).first()
    if page is None:
        return None
    asked = page.consent_text if not page.counts_only else None
    return EventTerms(
        page_id=page.original.pk,
        language=page.locale.language_code,
        controller=page.controller,
        counts_only=page.counts_only,
        consent_text_id=asked.pk if asked else None,
        consent_wording=asked.wording if asked else "",
        most_seats=page.most_seats,
        asks_access_needs=page.asks_access_needs,
        asks_questions=page.asks_questions,
        is_cancelled=page.is_cancelled or not page.takes_part,
        opens_at=page.opens_at,
        closes_at=page.registration_closes_at,
        further_consents=_further_consents(page_id) if asked else (),
    )


def _further_consents(page_id: int) -> tuple[AskedConsent, ...]:
    """The boxes of a page besides the first, in a fixed order."""
    on_page = EventPage.further_consents.through.objects.filter(eventpage=page_id)
    return asked_by(ConsentText.objects.filter(pk__in=on_page.values("consenttext")))


def holding_seats() -> Q:
    """Registrations whose seats nobody else can have: seated, or offered one that they may still take."""
    return Q(place=Place.SEATED) | Q(place=Place.OFFERED, offered_until__gt=Now())


def seats_taken(page_id: int) -> int:
    """Counted from the rows at this moment: true for longer only under the lock of the event's row."""
    held = Registration.objects.filter(holding_seats(), page=page_id)
    return held.aggregate(seats=Sum("seats"))["seats"] or 0


def seats_free(page: EventPage) -> int | None:
    """How many seats are free now, 0 at the least; None where as many come as like."""
    return None if page.capacity is None else max(0, page.capacity - seats_taken(page.original.pk))


def registration_by_id(registration_id: UUID) -> Registration | None:
    """A registration with its event, for the mails and links that are about it."""
    return Registration.objects.select_related("page", "consent_text").filter(pk=registration_id).first()


def waiting_line(page_id: int) -> QuerySet[Registration]:
    """Who waits for a seat, whoever waits longest first."""
    return Registration.objects.filter(page=page_id, place=Place.WAITING).order_by("queued_at", "pk")


def place_in_line(registration: Registration) -> int:
    """How many wait before somebody, counting themselves; 0 for somebody who does not wait."""
    pks = list(waiting_line(registration.page_id).values_list("pk", flat=True))
    return pks.index(registration.pk) + 1 if registration.pk in pks else 0


def registrations_of_address(address: str) -> QuerySet[Registration]:
    """Every registration that can still be traced to ``address``, newest first, by keyed hashes alone.

    Raises ValueError when it is no address.
    """
    normalise_address(address)
    pages: Iterable[int] = EventPage.objects.values_list("pk", flat=True)
    keys = [person_key(page_id=page, address=address) for page in pages]
    found = Q(supporter__email_key=email_key(address)) | Q(person_key__in=keys)
    return Registration.objects.filter(found).select_related("page").order_by("-created_at")
