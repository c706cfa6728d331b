"""Making people with a seat known to a provider that lets in only whom it knows, and taking that back.

The worker does it ahead, one after the other: such a provider takes few questions about each person, and none may be
asked while a page waits. Only whoever presses the button before their turn came is enrolled at that moment.
"""

import hashlib
import hmac
import logging
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from events.models import EventStatus, GivenUpPlace, Place, Provider, ProviderPlace, Registration, Room
from events.places import locked_event
from events.providers import PROVIDERS, EnrollingProvider, ProviderTrouble
from events.providers.base import Guest
from events.room_trouble import note_trouble
from supporters.crypto.fields import encrypted_field
from supporters.crypto.keyring import current_keyring

logger = logging.getLogger("parasol.events")

ROUND: Final = 300
LONGEST_ROUND_S: Final = 45.0
"""The next round begins after a minute."""
AGAIN_AFTER: Final = (timedelta(minutes=15), timedelta(hours=12))
"""After the first try, and after every other: three a day are all that Zoom takes for one person."""
AGAIN_AT_THE_DOOR: Final = (timedelta(minutes=2), timedelta(minutes=2))
TROUBLES_A_ROUND: Final = 3


def enrols(room: Room) -> bool:
    """Whether the provider of ``room`` has to know people beforehand."""
    return _enrolling(room.provider) is not None


def own_address(room: Room, registration: Registration) -> str:
    """The address that is for ``registration`` alone; they are enrolled now if they have not been. "" if that was
    tried a moment ago. Raises ProviderTrouble.
    """
    return _enrol(room, registration, AGAIN_AT_THE_DOOR)


def enrol_everybody() -> int:
    """Enrol whoever has a seat and is not known to the provider yet; how many were enrolled.

    Stops at the first trouble with a room: the next round goes on with the next in line.
    """
    until = time.monotonic() + LONGEST_ROUND_S
    enrolled = 0
    for room in _enrolling_rooms():
        for registration in _not_enrolled(room)[:ROUND]:
            if time.monotonic() > until:
                return enrolled
            try:
                enrolled += bool(_enrol(room, registration, AGAIN_AFTER))
            except ProviderTrouble as trouble:
                note_trouble(room, trouble)
                break
    return enrolled


def give_up(registrations: Iterable[UUID]) -> None:
    """Forget what a provider knows these by, and have it told. In a transaction that holds the lock of the event."""
    places = ProviderPlace.objects.filter(registration__in=registrations)
    known = places.exclude(outside_id="").select_related("registration__page__room").defer("join_url")
    GivenUpPlace.objects.bulk_create(
        GivenUpPlace(
            page_id=place.registration.page_id,
            provider=place.registration.page.room.provider,
            room_number=place.registration.page.room.outside_id,
            outside_id=place.outside_id,
            key=guest_key(place.registration_id),
        )
        for place in known.filter(registration__page__room__isnull=False)
    )
    places.delete()


def give_up_lost_seats() -> int:
    """`give_up` for whoever has no seat any more; how many."""
    lost = ProviderPlace.objects.exclude(registration__place=Place.SEATED)
    given_up = 0
    for (page_id,) in lost.order_by().values_list("registration__page").distinct():
        with locked_event(page_id):
            ids = list(lost.filter(registration__page=page_id).values_list("registration", flat=True))
            give_up(ids)
            given_up += len(ids)
    return given_up


def withdraw_given_up() -> int:
    """Tell providers of places that were given up; how many. After the event there is nothing left to tell."""
    GivenUpPlace.objects.filter(page__ends_at__lt=timezone.now()).delete()
    done = troubles = 0
    # In any order: one that always fails must not keep the others waiting.
    for place in GivenUpPlace.objects.order_by("?")[:ROUND]:
        provider = _enrolling(place.provider)
        try:
            if provider:
                provider.withdraw(place.room_number, outside_id=place.outside_id, key=place.key)
        except ProviderTrouble as trouble:
            logger.warning("A place at event %d could not be taken back yet: %s", place.page_id, trouble)
            troubles += 1
            if troubles == TROUBLES_A_ROUND:
                break
            continue
        place.delete()
        done += 1
    return done


def guest_key(registration_id: UUID) -> str:
    """What an enrolling provider tells somebody apart by: the same for as long as they are registered, and of no use
    to find them."""
    keyed = hmac.digest(current_keyring().index, b"events|enrolled", hashlib.sha256)
    return hmac.digest(keyed, registration_id.bytes, hashlib.sha256).hex()[:24]


def _enrolling(provider: str) -> EnrollingProvider | None:
    found = PROVIDERS.get(provider)
    return found if isinstance(found, EnrollingProvider) else None


def _enrolling_rooms() -> list[Room]:
    enrolling = [name for name in Provider.values if _enrolling(name)]
    rooms = Room.objects.filter(provider__in=enrolling, page__live=True, page__ends_at__gt=timezone.now())
    return list(rooms.exclude(page__status=EventStatus.CANCELLED).select_related("page").order_by("page__starts_at"))


def _not_enrolled(room: Room) -> QuerySet[Registration]:
    now = timezone.now()
    first, later = AGAIN_AFTER
    unanswered = Q(provider_place__outside_id="") & (
        Q(provider_place__tries=1, provider_place__tried_at__lt=now - first)
        | Q(provider_place__tries__gt=1, provider_place__tried_at__lt=now - later)
    )
    seated = Registration.objects.filter(page=room.page_id, place=Place.SEATED)
    due = seated.filter(Q(provider_place__isnull=True) | unanswered)
    # Who was never asked about goes first.
    return due.order_by(F("provider_place__tries").asc(nulls_first=True), "confirmed_at", "pk")


def _enrol(room: Room, registration: Registration, gaps: tuple[timedelta, timedelta]) -> str:
    provider = _enrolling(room.provider)
    place = _claim(registration, gaps)
    if provider is None or place is None:
        return ""
    if place.outside_id:
        return place.join_url
    enrolled = provider.enrol(room, Guest(name=registration.name or "", key=guest_key(registration.pk)))
    kept = ProviderPlace.objects.filter(pk=place.pk).update(
        outside_id=enrolled.outside_id,
        join_url=encrypted_field(ProviderPlace, "join_url").lock(place.pk, enrolled.address),
    )
    if kept:
        return enrolled.address
    # They cancelled while the provider was asked.
    GivenUpPlace.objects.create(
        page_id=registration.page_id,
        provider=room.provider,
        room_number=room.outside_id,
        outside_id=enrolled.outside_id,
        key=guest_key(registration.pk),
    )
    return ""


@transaction.atomic
def _claim(registration: Registration, gaps: tuple[timedelta, timedelta]) -> ProviderPlace | None:
    """The place of somebody with a seat, if it is known or may be asked for now; that it is asked for is noted."""
    seated = Registration.objects.filter(pk=registration.pk, place=Place.SEATED)
    if not list(seated.select_for_update(of=("self",)).values_list("pk")):
        return None
    now = timezone.now()
    place, _is_new = ProviderPlace.objects.get_or_create(registration=registration)
    if place.outside_id:
        return place
    first, later = gaps
    if place.tried_at and now - place.tried_at < (first if place.tries == 1 else later):
        return None
    place.tries, place.tried_at = place.tries + 1, now
    place.save(update_fields=["tries", "tried_at"])
    return place
