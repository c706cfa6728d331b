"""Invented people who registered for a webinar, as rows just like those the form and the worker leave behind."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from campaign_site.demo.crowd import CROWD, address_for
from campaign_site.demo.people import FIRST_NAMES, LAST_NAMES
from campaign_site.demo.shapes import EventText
from events.access_needs import Need, pack_needs
from events.counting import count_registrations
from events.forms import neutral_name
from events.models import AccessNeeds, EventPage, EventTotals, Place, Question, Registration, Room
from events.retention import NO_PERSON, PERSON_AFTER_END
from supporters.identity import person_key
from supporters.models import ActionState

DAYS: Final = 18
"""How long before now, or before an event that is over, the first of them registered."""
NEEDS: Final = (
    ((Need.CAPTIONS,), ""),
    ((Need.SIGN_LANGUAGE,), ""),
    ((Need.CAPTIONS, Need.MATERIAL), "I listen from a noisy place and follow by reading."),
    ((Need.BREAKS,), ""),
)
QUESTIONS: Final = (
    (
        "What do I say if an officer asks what I do for a living, and I have called about a robbery?",
        Question.State.KEPT,
    ),
    ("Does a promise of one police force hold when I am stopped by another?", Question.State.KEPT),
    ("My flatmate has no papers. Can I call for her without giving her name?", Question.State.WAITING),
    ("Who pays for all this?", Question.State.REFUSED),
)


@dataclass(frozen=True)
class _Guest:
    name: str
    email: str
    seats: int
    registered_at: datetime


def write_registrations(page: EventPage, text: EventText, *, now: datetime) -> int:
    """Store ``text.registered`` seats of a webinar: forgotten ones where it is over, else with what some need and ask,
    and a room. How many registrations.
    """
    guests = list(_guests(page, text, now=now))
    is_forgotten = page.ends_at + PERSON_AFTER_END < now
    registrations = [_registration(page, guest, is_forgotten=is_forgotten) for guest in guests]
    if not is_forgotten:
        # No address that leads anywhere: nobody is to be sent to a stranger's room.
        Room.objects.create(page=page, address="https://rooms.example.org/safe-to-report")
        _tell_more(page, registrations)
    count_registrations()
    EventTotals.objects.filter(page=page).update(came=text.joined, peak=text.peak or None)
    return len(registrations)


def _guests(page: EventPage, text: EventText, *, now: datetime) -> Iterator[_Guest]:
    chance = random.Random(text.slug)
    last = min(now, page.starts_at)
    left, number = text.registered, 2 * CROWD
    while left:
        number += 1
        seats = min(left, text.most_seats) if chance.random() < 0.06 else 1
        left -= seats
        own_name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        yield _Guest(
            # As many as not come under the neutral name that the form suggests.
            name=chance.choice((own_name, own_name.split(maxsplit=1)[0], neutral_name(), neutral_name())),
            email=address_for(own_name, number),
            seats=seats,
            registered_at=last - timedelta(days=chance.uniform(0.1, DAYS)),
        )


def _registration(page: EventPage, guest: _Guest, *, is_forgotten: bool) -> Registration:
    person = NO_PERSON if is_forgotten else _person(page, guest)
    return Registration.objects.create(
        page=page,
        **person,
        state=ActionState.CONFIRMED,
        place=Place.SEATED,
        seats=guest.seats,
        queued_at=guest.registered_at,
        mailed_sequence=page.sequence,
        consent_text=page.consent_text,
        created_at=guest.registered_at - timedelta(minutes=3),
        confirmed_at=guest.registered_at,
    )


def _person(page: EventPage, guest: _Guest) -> dict[str, object]:
    return {
        "person_key": person_key(page_id=page.pk, address=guest.email),
        "name": guest.name,
        "email": guest.email,
    }


def _tell_more(page: EventPage, registrations: list[Registration]) -> None:
    for registration, (needs, own_words) in zip(registrations, NEEDS, strict=False):
        AccessNeeds.objects.create(registration=registration, page=page, text=pack_needs(needs, own_words))
    for registration, (text, state) in zip(registrations[1:], QUESTIONS, strict=False):
        Question.objects.create(registration=registration, page=page, text=text, state=state)
