"""Seats: who has one, who is next, and until when one is kept. Everything here holds the lock of the event's row.

Nothing counts seats but this module, under that lock and from the rows themselves: two who press at once are put one
after the other, and the second sees what the first has taken. No mail leaves and no outside service is asked meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from events.mail_kinds import LAPSED_MAIL, OFFERED_MAIL, REGISTERED_MAIL, WAITING_MAIL
from events.models import EventPage, Place, Registration
from events.selectors import seats_taken, waiting_line
from supporters.outbox import queue_message

# So long before the start somebody who is promoted can still give the seat back in good time.
PROMOTED_UNASKED_BEFORE: Final = timedelta(hours=24)
OFFER_LASTS: Final = timedelta(hours=4)
OFFER_LASTS_ON_THE_DAY: Final = timedelta(minutes=30)
ON_THE_DAY: Final = timedelta(hours=8)
LAST_OFFERS_BEFORE: Final = timedelta(minutes=5)
"""An offer that ends sooner than this is none."""


@contextmanager
def locked_event(page_id: int | None) -> Iterator[EventPage | None]:
    """The event, locked until the end of the transaction; None when there is none.

    Lock it before any registration that has a place, or two would wait for each other.
    """
    with transaction.atomic():
        yield EventPage.objects.select_for_update(of=("self",)).filter(pk=page_id).first()


def page_of(registration_id: UUID) -> int | None:
    """Which event a registration is for; None when there is no such registration."""
    return Registration.objects.filter(pk=registration_id).values_list("page_id", flat=True).first()


def give_place(registration: Registration, page: EventPage) -> None:
    """Put somebody who has just confirmed where they belong: a seat, or the end of the line. Under the lock; unsaved.

    Whoever waits already goes first, even if a seat is free at this moment.
    """
    # The database's own clock, under the lock: the order of the line is that of the presses.
    registration.queued_at = Now()
    free = _free(page)
    has_line = waiting_line(page.pk).exclude(pk=registration.pk).exists()
    if free is None or (registration.seats <= free and not has_line):
        registration.place = Place.SEATED
    else:
        registration.place = Place.WAITING
    tell_place(registration)


def give_places(page_id: int) -> int:
    """Let offers lapse that ran out, and hand free seats to those who wait, in order; how many rows changed.

    A group that does not fit holds up those behind it: seats are not kept from whoever waited longest.
    """
    with locked_event(page_id) as page:
        if page is None:
            return 0
        now = timezone.now()
        changed = _lapse(page, now)
        if page.is_cancelled or not page.live or now >= page.registration_closes_at:
            return changed
        return changed + _hand_out(page, now)


def give_places_everywhere() -> int:
    """`give_places` for every event that somebody waits for, or has an offer for; how many rows changed."""
    lines = Registration.objects.filter(place__in=[Place.WAITING, Place.OFFERED], page__ends_at__gt=timezone.now())
    return sum(give_places(page) for (page,) in lines.order_by().values_list("page").distinct())


def seat(registration: Registration) -> None:
    """Give a seat, under the lock and unsaved; whoever had an offer has taken it."""
    registration.place, registration.offered_until = Place.SEATED, None


def tell_place(registration: Registration) -> None:
    """Queue the mail that says what ``registration`` has become."""
    kind = {
        Place.SEATED: REGISTERED_MAIL,
        Place.WAITING: WAITING_MAIL,
        Place.OFFERED: OFFERED_MAIL,
        Place.LAPSED: LAPSED_MAIL,
    }[Place(registration.place)]
    queue_message(kind=kind, subject_id=registration.pk, recipient=registration.email)


def offer_ends(page: EventPage, now: datetime) -> datetime:
    """Until when a seat that is offered ``now`` is kept."""
    lasts = OFFER_LASTS_ON_THE_DAY if page.starts_at - now < ON_THE_DAY else OFFER_LASTS
    return min(now + lasts, page.registration_closes_at)


def _hand_out(page: EventPage, now: datetime) -> int:
    free = _free(page)
    handed = 0
    for waiting in waiting_line(page.pk).select_for_update(of=("self",)):
        if free is not None and waiting.seats > free:
            break
        if not _move_up(waiting, page, now):
            break
        free = None if free is None else free - waiting.seats
        handed += 1
    return handed


def _move_up(waiting: Registration, page: EventPage, now: datetime) -> bool:
    """Seat somebody, or offer them the seat; False when it is too late for an offer to be of use."""
    if page.starts_at - now > PROMOTED_UNASKED_BEFORE:
        seat(waiting)
    else:
        until = offer_ends(page, now)
        if until - now < LAST_OFFERS_BEFORE:
            return False
        waiting.place, waiting.offered_until = Place.OFFERED, until
    waiting.save(update_fields=["place", "offered_until"])
    tell_place(waiting)
    return True


def _lapse(page: EventPage, now: datetime) -> int:
    ran_out = Registration.objects.filter(page=page, place=Place.OFFERED, offered_until__lte=now)
    lapsed = list(ran_out.select_for_update(of=("self",)).order_by("queued_at", "pk"))
    for registration in lapsed:
        registration.place, registration.offered_until = Place.LAPSED, None
        registration.save(update_fields=["place", "offered_until"])
        tell_place(registration)
    return len(lapsed)


def _free(page: EventPage) -> int | None:
    return None if page.capacity is None else page.capacity - seats_taken(page.pk)
