"""Many at the same moment, and never more than there are seats."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from events import places as places_service
from events.models import EventPage, Place, Registration
from events.selectors import seats_taken, waiting_line
from events.services import cancel_registration, confirm_registration, give_places, promote, register, take_offer
from home.models import User
from tests.at_once import at_once, together
from tests.events.registering import draft_for, people, registered
from tests.factories.events import EventPageFactory, make_registration

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, SEATS = 50, 10


@pytest.fixture
def fifty():
    page = EventPageFactory(capacity=SEATS)
    return page, [
        registered(draft_for(page, email=f"p{n}@example.org", network=f"198.51.{n}.0")) for n in range(THREADS)
    ]


def test_fifty_presses_for_ten_seats_seat_ten_and_line_up_forty_in_order(fifty):
    page, registrations = fifty

    at_once(THREADS, lambda which: confirm_registration(registrations[which].pk))

    seated = Registration.objects.filter(place=Place.SEATED)
    assert seated.count() == seats_taken(page.pk) == SEATS
    line = list(waiting_line(page.pk).values_list("queued_at", flat=True))
    assert len(line) == len(set(line)) == THREADS - SEATS
    assert max(seated.values_list("queued_at", flat=True)) < min(line)


def test_control_without_the_lock_more_get_a_seat_than_there_are(fifty, monkeypatch):
    """The same presses, with the event read and not locked."""
    _page, registrations = fifty
    taken = places_service.seats_taken

    def slow(page_id):
        found = taken(page_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        return found

    monkeypatch.setattr(EventPage.objects, "select_for_update", lambda **_how: EventPage.objects.all())
    monkeypatch.setattr(places_service, "seats_taken", slow)
    at_once(THREADS, lambda which: confirm_registration(registrations[which].pk))

    assert Registration.objects.filter(place=Place.SEATED).count() > SEATS


def test_twelve_presses_of_one_person_take_one_seat():
    registration = registered(draft_for(EventPageFactory(capacity=SEATS)))
    at_once(12, lambda _: confirm_registration(registration.pk))
    assert Registration.objects.get().place == Place.SEATED
    assert seats_taken(registration.page_id) == 1


def test_one_address_that_registers_twelve_times_at_once_leaves_one_row():
    page = EventPageFactory()
    drafts = [draft_for(page) for _ in range(12)]
    at_once(12, lambda which: register(drafts[which]))
    assert Registration.objects.count() == 1


def test_whoever_confirms_locks_nothing_before_the_event(fifty):
    """Else a press to confirm and one to cancel the same registration would wait for each other."""
    page, registrations = fifty

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        list(EventPage.objects.select_for_update(of=("self",)).filter(pk=page.pk))
        press = pool.submit(at_once, 1, lambda _: confirm_registration(registrations[0].pk))
        until_somebody_waits()
        assert Registration.objects.select_for_update(nowait=True, of=("self",)).get(pk=registrations[0].pk)
        transaction.set_rollback(True)

    assert press.result(timeout=60)


def until_somebody_waits():
    """Return when another connection waits for a lock."""
    # Not pg_stat_activity, which stays as it is through a transaction.
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits for the event.")


def test_a_seat_that_is_given_back_goes_to_one(fifty):
    page, registrations = fifty
    for registration in registrations[:15]:
        confirm_registration(registration.pk)
    seated = list(Registration.objects.filter(place=Place.SEATED).values_list("pk", flat=True))

    at_once(8, lambda which: cancel_registration(seated[which]) if which < 3 else give_places(page.pk))

    assert seats_taken(page.pk) == SEATS
    assert waiting_line(page.pk).count() == 5 - 3


def test_taking_lapsing_cancelling_and_promoting_at_once_end_well():
    page = EventPageFactory(capacity=3)
    boss = User.objects.create_superuser("boss@example.org", "a long password for tests")
    people(page, 3)
    offered = [make_registration(page, place=Place.OFFERED, email=f"o{n}@example.org") for n in range(3)]
    EventPage.objects.filter(pk=page.pk).update(capacity=6)

    for registration in offered:
        together(
            lambda pk=registration.pk: take_offer(pk),
            lambda pk=registration.pk: cancel_registration(pk),
            lambda: give_places(page.pk),
            lambda pk=registration.pk: promote(pk, by=boss),
        )

    assert seats_taken(page.pk) == Registration.objects.filter(place=Place.SEATED).count()
    assert set(Registration.objects.values_list("place", flat=True)) <= {Place.SEATED, Place.CANCELLED}
