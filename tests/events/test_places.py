"""Who has a seat, who is next, and what each of them is told."""

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from events.mail_kinds import LAPSED_MAIL, OFFERED_MAIL, REGISTERED_MAIL, WAITING_MAIL
from events.models import EventPage, EventStatus, Place, Registration
from events.selectors import seats_taken, waiting_line
from events.services import (
    ChangeOutcome,
    TakeOutcome,
    UnseatOutcome,
    add_by_organiser,
    cancel_registration,
    change_registration,
    confirm_registration,
    give_places,
    move_to_waiting,
    promote,
    take_offer,
)
from home.models import User
from supporters.models import Message
from tests.events.registering import confirmed, draft_for, people, places_of
from tests.factories.events import EventPageFactory, make_registration

pytestmark = pytest.mark.django_db


def mails(kind):
    return Message.objects.filter(kind=kind).count()


def starts_in(hours, **values):
    start = timezone.now() + timedelta(hours=hours)
    return EventPageFactory(starts_at=start, ends_at=start + timedelta(hours=1), **values)


def change(registration, **typed):
    typed = {"name": "Guest", "seats": 1, "needs": "", "question": "", "wants_reminders": True, **typed}
    return change_registration(registration.pk, **typed)


@pytest.fixture
def boss():
    return User.objects.create_superuser("boss@example.org", "a long password for tests")


def test_without_a_capacity_everybody_has_a_seat():
    page = EventPageFactory(capacity=None)
    people(page, 4)
    assert places_of(page) == [Place.SEATED] * 4


def test_a_seat_given_back_goes_to_whoever_waits_longest_and_one_mail_with_it():
    page = EventPageFactory(capacity=1)
    first, second, _third = people(page, 3)
    assert places_of(page) == [Place.SEATED, Place.WAITING, Place.WAITING]
    assert (mails(REGISTERED_MAIL), mails(WAITING_MAIL)) == (1, 2)

    cancel_registration(first.pk)

    assert places_of(page) == [Place.CANCELLED, Place.SEATED, Place.WAITING]
    assert Message.objects.filter(kind=REGISTERED_MAIL, subject_id=second.pk).count() == 1
    assert give_places(page.pk) == 0


def test_nobody_new_gets_past_those_who_wait():
    page = EventPageFactory(capacity=1)
    people(page, 2)
    EventPage.objects.filter(pk=page.pk).update(capacity=2)
    late = confirmed(draft_for(page, email="late@example.org"))
    assert late.place == Place.WAITING
    give_places(page.pk)
    assert places_of(page) == [Place.SEATED, Place.SEATED, Place.WAITING]


def test_near_the_start_a_seat_is_offered_and_goes_on_when_it_is_not_taken():
    page = starts_in(20, capacity=1)
    first, second, third = people(page, 3)
    cancel_registration(first.pk)
    second.refresh_from_db()
    assert second.place == Place.OFFERED
    assert timedelta(hours=3, minutes=59) < second.offered_until - timezone.now() <= timedelta(hours=4)
    assert mails(OFFERED_MAIL) == 1
    assert seats_taken(page.pk) == 1

    Registration.objects.filter(pk=second.pk).update(offered_until=timezone.now() - timedelta(seconds=1))
    assert give_places(page.pk) == 2

    assert places_of(page) == [Place.CANCELLED, Place.LAPSED, Place.OFFERED]
    assert (mails(LAPSED_MAIL), mails(OFFERED_MAIL)) == (1, 2)
    assert take_offer(second.pk)[0] is TakeOutcome.TOO_LATE
    assert take_offer(third.pk)[0] is TakeOutcome.TAKEN
    assert take_offer(third.pk)[0] is TakeOutcome.TAKEN
    assert mails(REGISTERED_MAIL) == 2


def test_an_offer_on_the_day_is_short_and_none_is_made_in_the_last_minutes():
    page = starts_in(2, capacity=1, closes_at=timezone.now() + timedelta(hours=1))
    first, second, third = people(page, 3)
    cancel_registration(first.pk)
    second.refresh_from_db()
    assert second.offered_until - timezone.now() <= timedelta(minutes=30)
    cancel_registration(second.pk)
    third.refresh_from_db()
    assert third.place == Place.OFFERED

    EventPage.objects.filter(pk=page.pk).update(closes_at=timezone.now() + timedelta(minutes=4))
    Registration.objects.filter(pk=third.pk).update(place=Place.WAITING, offered_until=None)
    assert give_places(page.pk) == 0


@pytest.mark.parametrize("change_of_page", [{"status": EventStatus.CANCELLED}, {"live": False}, {"closes_at": None}])
def test_nothing_is_handed_out_once_it_is_closed_or_cancelled(change_of_page):
    page = EventPageFactory(capacity=1)
    people(page, 2)
    if "closes_at" in change_of_page:
        change_of_page = {"closes_at": timezone.now() - timedelta(minutes=1)}
    EventPage.objects.filter(pk=page.pk).update(capacity=5, **change_of_page)
    assert give_places(page.pk) == 0


def test_a_lower_capacity_evicts_nobody():
    page = EventPageFactory(capacity=3)
    seated = people(page, 4)
    EventPage.objects.filter(pk=page.pk).update(capacity=1)
    give_places(page.pk)
    cancel_registration(seated[0].pk)
    assert places_of(page) == [Place.CANCELLED, Place.SEATED, Place.SEATED, Place.WAITING]


def test_a_group_takes_so_many_seats_and_waits_until_they_are_free():
    page = EventPageFactory(capacity=4, most_seats=3)
    people(page, 2)
    group = confirmed(draft_for(page, email="group@example.org", seats=3))
    single = confirmed(draft_for(page, email="single@example.org"))
    assert (group.place, single.place) == (Place.WAITING, Place.WAITING), "nobody gets past a group that waits"
    cancel_registration(page.registrations.order_by("created_at").first().pk)
    group.refresh_from_db()
    assert group.place == Place.SEATED
    assert seats_taken(page.pk) == 4


def test_more_seats_only_where_there_are_some_and_fewer_are_handed_on():
    page = EventPageFactory(capacity=3, most_seats=3)
    group = confirmed(draft_for(page, email="group@example.org", seats=2))
    people(page, 2)
    assert change(group, seats=3) is ChangeOutcome.NO_ROOM
    assert change(group, seats=1) is ChangeOutcome.CHANGED
    assert seats_taken(page.pk) == 3
    assert not waiting_line(page.pk).exists()


def test_nobody_with_a_seat_takes_another_that_somebody_waits_for():
    page = EventPageFactory(capacity=3, most_seats=2)
    single = confirmed(draft_for(page, email="single@example.org"))
    people(page, 1)
    group = confirmed(draft_for(page, email="group@example.org", network="203.0.113.0", seats=2))
    assert group.place == Place.WAITING
    assert change(single, seats=2) is ChangeOutcome.NO_ROOM
    assert seats_taken(page.pk) == 2


def test_what_was_told_can_be_changed_and_taken_back():
    registration = confirmed(draft_for(needs='{"choices": ["captions"]}', question="Will there be a break?"))
    change(registration, name="Robin", needs="", question="When is the break?", wants_reminders=False)
    registration.refresh_from_db()
    assert (registration.name, registration.wants_reminders) == ("Robin", False)
    assert registration.question.text == "When is the break?"
    assert not hasattr(registration, "access_needs")


def test_organisers_seat_move_and_add(boss):
    page = EventPageFactory(capacity=1)
    first, second = people(page, 2)
    assert promote(second.pk, by=boss)
    assert not promote(second.pk, by=boss)
    assert seats_taken(page.pk) == 2
    assert move_to_waiting(first.pk, by=boss) is UnseatOutcome.MOVED
    assert places_of(page) == [Place.WAITING, Place.SEATED]
    added = add_by_organiser(page_id=page.pk, address="guest@example.org", name="Speaker", by=boss)
    assert added.place == Place.WAITING
    assert add_by_organiser(page_id=page.pk, address="GUEST@example.org", name="Speaker", by=boss) is None


class Line(RuleBasedStateMachine):
    """An event of a few seats, and everything that can happen to who wants one."""

    numbers = count()

    def __init__(self) -> None:
        super().__init__()
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()
        self.page: EventPage = starts_in(30, capacity=3, most_seats=2)
        self.lowered_to = 3

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone_at_the_end.__exit__(None, None, None)

    def one(self, number: int, *places: str) -> Registration | None:
        found = self.page.registrations.filter(place__in=places).order_by("created_at", "pk")
        return found[number % len(found)] if found else None

    @rule(seats=st.integers(1, 2))
    def come(self, seats: int) -> None:
        self.page.refresh_from_db()
        if not self.page.is_open:
            return
        number = next(self.numbers)
        confirmed(draft_for(self.page, email=f"p{number}@example.org", network=f"198.51.{number}.0", seats=seats))

    @rule(number=st.integers(0, 9))
    def cancel(self, number: int) -> None:
        if one := self.one(number, Place.SEATED, Place.WAITING, Place.OFFERED):
            cancel_registration(one.pk)

    @rule(number=st.integers(0, 9))
    def take(self, number: int) -> None:
        if one := self.one(number, Place.OFFERED):
            take_offer(one.pk)

    @rule(capacity=st.integers(0, 6))
    def set_capacity(self, capacity: int) -> None:
        EventPage.objects.filter(pk=self.page.pk).update(capacity=capacity)
        give_places(self.page.pk)

    @rule(hours=st.integers(1, 5))
    def time_passes(self, hours: int) -> None:
        passed = timedelta(hours=hours)
        EventPage.objects.filter(pk=self.page.pk).update(
            starts_at=F("starts_at") - passed, ends_at=F("ends_at") - passed
        )
        self.page.registrations.update(offered_until=F("offered_until") - passed, queued_at=F("queued_at") - passed)
        give_places(self.page.pk)

    @invariant()
    def never_more_than_the_seats_but_for_a_lowered_capacity(self) -> None:
        self.page.refresh_from_db()
        taken, capacity = seats_taken(self.page.pk), self.page.capacity or 0
        self.lowered_to = max(min(self.lowered_to, taken), capacity)
        assert taken <= self.lowered_to

    @invariant()
    def nobody_waits_in_front_of_a_seat_that_is_free_and_theirs(self) -> None:
        first = waiting_line(self.page.pk).first()
        if first is not None and timezone.now() < self.page.registration_closes_at - timedelta(minutes=5):
            assert (self.page.capacity or 0) - seats_taken(self.page.pk) < first.seats

    @invariant()
    def each_was_told_once_of_where_they_stand(self) -> None:
        for registration in self.page.registrations.filter(place=Place.SEATED):
            assert Message.objects.filter(kind=REGISTERED_MAIL, subject_id=registration.pk).count() == 1


def test_any_order_of_coming_cancelling_taking_and_waiting():
    run_state_machine_as_test(
        Line,
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_confirming_after_the_end_is_too_late():
    registration = make_registration(place=Place.UNCONFIRMED)
    with time_machine.travel(registration.page.ends_at + timedelta(minutes=1)):
        assert confirm_registration(registration.pk)[0].value == "closed"
