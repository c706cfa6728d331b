"""The door: when it is open, who gets in, and what is counted."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from events.enrolling import enrols, own_address
from events.models import AttendancePress, EventPage, JoinUse, Place, Registration, Room
from events.providers import ProviderTrouble, TryAgain, provider_of
from events.providers.base import Guest
from events.room_trouble import note_trouble
from supporters.limits import key_of_today

DEVICES: Final = 2
"""So many for each seat at once: somebody changes from the telephone to the computer."""
HOSTS_OTHERWISE: Final = timedelta(hours=2)
"""For so long a host may be in a room that is not open, to try it."""


class Door(Enum):
    """Whether somebody can go in now. The value is what templates go by."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"
    NO_ROOM = "no_room"
    """No room is set up; the organisers have to."""
    NO_SEAT = "no_seat"


class JoinOutcome(Enum):
    """What became of the press on the button."""

    IN = "in"
    SHUT = "shut"
    IN_USE = "in_use"
    """The link is in use on as many devices as it may be; one of them has to be ended first."""
    TROUBLE = "trouble"
    """The room could not be opened, and there is no other way in."""


@dataclass(frozen=True)
class Way:
    """Where to go, when the press let somebody in."""

    outcome: JoinOutcome
    address: str = ""
    dial_in: str = ""
    """How to take part by telephone, also where the room itself does not open."""


def opens_at(page: EventPage, room: Room) -> datetime:
    """When the door opens."""
    return page.starts_at - timedelta(minutes=room.opens_before)


def closes_at(page: EventPage, room: Room) -> datetime:
    """When nobody is let in any more."""
    return page.ends_at + timedelta(minutes=room.closes_after)


def door_opens_at(registration: Registration) -> datetime | None:
    """When the door opens for ``registration``; None where no room is set up yet."""
    room = Room.objects.filter(page=registration.page_id).first()
    return opens_at(registration.page, room) if room else None


def door_for(registration: Registration) -> Door:
    """Whether ``registration`` can go in now. Looking changes nothing."""
    page = registration.page
    if registration.place != Place.SEATED or page.is_cancelled:
        return Door.NO_SEAT
    room = Room.objects.filter(page=page.pk).first()
    if room is None:
        return Door.NO_ROOM
    now = timezone.now()
    if now < opens_at(page, room):
        return Door.NOT_YET
    return Door.OPEN if now < closes_at(page, room) else Door.CLOSED


def join(registration: Registration, *, ends: int | None = None) -> Way:
    """Let somebody in, and count it; ``ends`` is the JoinUse that gives up its place.

    The provider is asked without a lock and outside any transaction: a slow one makes nobody else wait.
    """
    if door_for(registration) is not Door.OPEN:
        return Way(JoinOutcome.SHUT)
    use = _use_a_device(registration, ends)
    if use is None:
        return Way(JoinOutcome.IN_USE)
    room = Room.objects.get(page=registration.page_id)
    address = _ask_for_way_in(room, registration)
    if not address:
        JoinUse.objects.filter(pk=use.pk).delete()
        return Way(JoinOutcome.TROUBLE, dial_in=room.dial_in or "")
    count_press(registration)
    return Way(JoinOutcome.IN, address, dial_in=room.dial_in or "")


def way_for_host(room: Room, *, name: str) -> str:
    """The address that lets an organiser into ``room`` as its host, at any time. Raises ProviderTrouble."""
    host = Guest(name=name, key=secrets.token_hex(12), is_host=True)
    until = max(closes_at(room.page, room), timezone.now() + HOSTS_OTHERWISE)
    return provider_of(room).way_in(room, host, until=until)


def live_uses(registration: Registration) -> list[JoinUse]:
    """The devices that joined with somebody's link and were not ended, the oldest first."""
    return list(JoinUse.objects.filter(registration=registration, ended_at=None).order_by("opened_at", "pk"))


def count_press(registration: Registration) -> None:
    """Count that somebody came, once a day; who it was cannot be told from it once the day is over."""
    today = timezone.localdate()
    told_by = f"press|{registration.page_id}|{registration.pk}".encode()
    hashed = hmac.digest(key_of_today(b"presses"), told_by, hashlib.sha256)
    AttendancePress.objects.bulk_create(
        [AttendancePress(page_id=registration.page_id, pressed_on=today, hash=hashed)], ignore_conflicts=True
    )


@transaction.atomic
def _use_a_device(registration: Registration, ends: int | None) -> JoinUse | None:
    # Two presses at once wait here for each other.
    list(Registration.objects.select_for_update(of=("self",)).filter(pk=registration.pk).values_list("pk"))
    live = JoinUse.objects.filter(registration=registration, ended_at=None)
    if ends is not None:
        live.filter(pk=ends).update(ended_at=Now())
    if live.count() >= DEVICES * registration.seats:
        return None
    return JoinUse.objects.create(registration=registration)


def _ask_for_way_in(room: Room, registration: Registration) -> str:
    """The way in, or the fallback where the provider fails, noted for the organisers; empty when there is none."""
    try:
        guest = Guest(
            name=registration.name or "",
            key=_guest_key(registration),
            own_address=own_address(room, registration) if enrols(room) else "",
        )
        return provider_of(room).way_in(room, guest, until=closes_at(registration.page, room))
    except TryAgain:
        return room.fallback_address or ""
    except ProviderTrouble as trouble:
        note_trouble(room, trouble)
        return room.fallback_address or ""


def _guest_key(registration: Registration) -> str:
    """What the provider tells guests apart by, for this day alone."""
    return hmac.digest(key_of_today(b"guests"), registration.pk.bytes, hashlib.sha256).hex()[:24]
