"""What the organisers' workspace reads about events: where they stand, who comes, and what waits for a person."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Now, TruncDate

from events.access_needs import Need, Needs, unpack_needs
from events.models import (
    AccessNeeds,
    EventMessage,
    EventPage,
    EventStatus,
    EventTotals,
    Place,
    Question,
    Registration,
    Room,
)
from supporters.identity import normalise_address, person_key
from supporters.models import ActionState
from supporters.models.one_action import originals

SEATED_SEATS = Coalesce(Sum("seats", filter=Q(place=Place.SEATED)), 0)
COUNT_WAITING = Count("pk", filter=Q(place__in=[Place.WAITING, Place.OFFERED]))
COUNT_UNCONFIRMED = Count("pk", filter=Q(place=Place.UNCONFIRMED))
PLACES_WRITTEN_TO = {
    EventMessage.Audience.SEATED: [Place.SEATED],
    EventMessage.Audience.WAITING: [Place.WAITING, Place.OFFERED],
    EventMessage.Audience.EVERYBODY: [Place.SEATED, Place.WAITING, Place.OFFERED, Place.LAPSED],
    EventMessage.Audience.CAME: [Place.SEATED],
}


def events_for_list() -> QuerySet[EventPage]:
    """Every event without its long texts, the one furthest ahead first; each once, whatever its languages."""
    return originals(EventPage.objects.defer_streamfields()).order_by("-starts_at", "pk")


@dataclass(frozen=True)
class EventLine:
    """One event in numbers: seats taken, and registrations otherwise."""

    page: EventPage
    seated: int
    waiting: int
    unconfirmed: int
    questions: int


def event_lines(pages: Iterable[EventPage]) -> list[EventLine]:
    """Each of ``pages`` with its numbers. Two queries."""
    known = list(pages)
    rows = Registration.objects.filter(page__in=known).order_by().values("page")
    counted = rows.annotate(seated=SEATED_SEATS, waiting=COUNT_WAITING, unconfirmed=COUNT_UNCONFIRMED)
    by_page = {row[0]: row[1:] for row in counted.values_list("page", "seated", "waiting", "unconfirmed")}
    asked = Question.objects.filter(page__in=known, **_to_be_read()).order_by().values_list("page")
    questions = dict(asked.annotate(number=Count("pk")))
    return [EventLine(page, *by_page.get(page.pk, (0, 0, 0)), questions.get(page.pk, 0)) for page in known]


@dataclass(frozen=True)
class PlaceCount:
    """How many registrations stand at one place, and how many people they bring."""

    place: Place
    registrations: int
    seats: int


@dataclass(frozen=True)
class Standing:
    """Where one event stands. ``came`` counts registrations that joined, never which."""

    places: list[PlaceCount]
    came: int
    peak: int | None

    def registrations_at(self, place: Place) -> int:
        """How many registrations stand at ``place``."""
        return sum(count.registrations for count in self.places if count.place == place)

    @property
    def seated(self) -> int:
        return self.registrations_at(Place.SEATED)

    @property
    def showed_up_percent(self) -> int | None:
        """How many in a hundred of those with a seat joined; None where nobody had one."""
        return min(100, round(100 * self.came / self.seated)) if self.seated else None


def standing_of(page: EventPage) -> Standing:
    """Where ``page`` stands now. Two queries."""
    rows = Registration.objects.filter(page=page).order_by().values_list("place")
    counted = {place: (number, seats) for place, number, seats in rows.annotate(Count("pk"), Sum("seats"))}
    totals = EventTotals.objects.filter(page=page).first()
    return Standing(
        places=[PlaceCount(place, *counted.get(place.value, (0, 0))) for place in Place],
        came=totals.came if totals else 0,
        peak=totals.peak if totals else None,
    )


@dataclass(frozen=True)
class DayOfRegistering:
    """How many confirmed on one day of the event's own calendar, how many of them cancelled since, and all so far."""

    day: date
    confirmed: int
    cancelled: int
    so_far: int


def registrations_by_day(page: EventPage) -> list[DayOfRegistering]:
    """Every day on which somebody confirmed, the first first."""
    rows = Registration.objects.filter(page=page, confirmed_at__isnull=False).order_by()
    by_day = rows.annotate(day=TruncDate("confirmed_at", tzinfo=page.zone)).values_list("day")
    counted = by_day.annotate(number=Count("pk"), gone=Count("pk", filter=Q(place=Place.CANCELLED))).order_by("day")
    days, so_far = [], 0
    for day, number, gone in counted:
        so_far += number
        days.append(DayOfRegistering(day, confirmed=number, cancelled=gone, so_far=so_far))
    return days


@dataclass(frozen=True)
class SomebodysNeeds:
    """What one person needs. ``registration`` comes with the name shown."""

    registration: Registration
    needs: Needs


def needs_of(page: EventPage) -> Iterator[SomebodysNeeds]:
    """What those who confirmed need, in the order in which they registered."""
    kept = AccessNeeds.objects.filter(page=page, registration__state=ActionState.CONFIRMED)
    for one in kept.select_related("registration").order_by("registration__created_at", "pk"):
        yield SomebodysNeeds(one.registration, unpack_needs(one.text or ""))


@dataclass(frozen=True)
class NeedsInNumbers:
    """How many of those who confirmed ticked what, and how many wrote something of their own."""

    ticked: list[tuple[str, int]]
    in_own_words: int
    people: int


def needs_in_numbers(page: EventPage) -> NeedsInNumbers:
    """Counts, which anybody who sees the roster may know: what has to be arranged."""
    known = [one.needs for one in needs_of(page)]
    ticked = Counter(choice for needs in known for choice in needs.choices)
    return NeedsInNumbers(
        ticked=[(str(need.label), ticked[need.value]) for need in Need if ticked[need.value]],
        in_own_words=sum(bool(needs.text) for needs in known),
        people=len(known),
    )


def roster(page: EventPage, place: str = "") -> QuerySet[Registration]:
    """Who is registered, at ``place`` or anywhere; a line in its order, the others as they came."""
    rows = Registration.objects.filter(page=page, **({"place": place} if place else {}))
    in_line = place in {Place.WAITING, Place.OFFERED}
    return rows.order_by("queued_at" if in_line else "created_at", "pk")


def registrations_found(page: EventPage, address: str) -> list[Registration]:
    """Who registered with exactly ``address``; raises ValueError when it is none."""
    normalise_address(address)
    return list(Registration.objects.filter(page=page, person_key=person_key(page_id=page.pk, address=address)))


def people_written_to(page_id: int, audience: str) -> QuerySet[Registration]:
    """Who gets a message to ``audience``: confirmed, and not forgotten yet."""
    people = Registration.objects.filter(
        page=page_id, place__in=PLACES_WRITTEN_TO[EventMessage.Audience(audience)], email__isnull=False
    )
    if audience == EventMessage.Audience.CAME:
        # Known as long as the link to join is: 7 days. Nobody is shown who they are.
        people = people.filter(join_uses__isnull=False).distinct()
    return people


def audience_sizes(page_id: int) -> dict[str, int]:
    """How many people a message to each audience would reach."""
    return {audience: people_written_to(page_id, audience).count() for audience in EventMessage.Audience.values}


def questions_in(page: EventPage, state: str) -> QuerySet[Question]:
    """What people ask who confirmed, as far as it is in ``state``; the oldest first."""
    asked = Question.objects.filter(page=page, registration__state=ActionState.CONFIRMED, state=state)
    return asked.order_by("asked_at", "pk")


def questions_by_state(page: EventPage) -> dict[str, int]:
    """How many questions are in each state."""
    rows = Question.objects.filter(page=page, registration__state=ActionState.CONFIRMED).order_by()
    counted = dict(rows.values_list("state").annotate(number=Count("pk")))
    return {state: counted.get(state, 0) for state in Question.State.values}


def _to_be_read() -> dict[str, str]:
    return {"state": Question.State.WAITING, "registration__state": ActionState.CONFIRMED}


def gives_the_room_away(page: EventPage, text: str) -> bool:
    """Whether ``text`` holds the address of the room, by which anybody would get in past the door."""
    room = Room.objects.filter(page=page).first()
    addresses = [room.address, room.fallback_address] if room else []
    bare = [address.partition("://")[2].rstrip("/").casefold() for address in addresses if address]
    return any(address and address in text.casefold() for address in bare)


def upcoming_events() -> QuerySet[EventPage]:
    """Published events that are not over and take place, the next first."""
    to_come = EventPage.objects.live().filter(ends_at__gt=Now()).exclude(status=EventStatus.CANCELLED)
    return originals(to_come.defer_streamfields()).order_by("starts_at", "pk")


def without_room(pages: Iterable[EventPage]) -> list[EventPage]:
    """Those of ``pages`` that nobody could join yet. One query."""
    known = list(pages)
    have = set(Room.objects.filter(page__in=known).values_list("page", flat=True))
    return [page for page in known if page.pk not in have]


def rooms_in_trouble(pages: Iterable[EventPage]) -> list[EventPage]:
    """Those of ``pages`` whose provider failed somebody. One query."""
    known = list(pages)
    failed = set(Room.objects.filter(page__in=known, trouble_at__isnull=False).values_list("page", flat=True))
    return [page for page in known if page.pk in failed]
