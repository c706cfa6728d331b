"""Until when anything about a registrant is kept, by the hourly purge as a whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.counting import count_registrations
from events.models import (
    AccessNeeds,
    AttendancePress,
    EventPage,
    EventTotals,
    JoinUse,
    Place,
    ProviderPlace,
    Question,
    Registration,
    Room,
)
from events.services import cancel_registration, erase_registration
from supporters.action_kinds import action_kind
from supporters.models import ActionState, ConsentRecord, Message, MessageState, Supporter
from supporters.purging import purge
from tests.events.registering import confirmed, draft_for, people, registered
from tests.factories.events import EventPageFactory, RoomFactory, make_registration

pytestmark = pytest.mark.django_db

NEEDS = '{"choices": ["captions"], "text": "A break every half hour"}'


def over_for(page, **time):
    end = timezone.now() - timedelta(**time)
    EventPage.objects.filter(pk=page.pk).update(starts_at=end - timedelta(hours=1), ends_at=end)


@pytest.fixture
def somebody():
    registration = confirmed(draft_for(needs=NEEDS, question="Who decides?", wants_updates=True))
    ProviderPlace.objects.create(registration=registration, outside_id="1", join_url="https://r.example/1")
    JoinUse.objects.create(registration=registration)
    RoomFactory(page=registration.page)
    return registration


def left():
    purge()
    models = (AccessNeeds, Question, ProviderPlace, JoinUse, Room)
    found = {model.__name__ for model in models if model.objects.exists()}
    registration = Registration.objects.get()
    return found | {name for name in ("name", "email", "person_key", "supporter") if getattr(registration, name)}


def test_needs_go_a_day_after_people_a_week_after_and_the_count_stays(somebody):
    everything = left()
    assert everything == {
        *("AccessNeeds", "Question", "ProviderPlace", "JoinUse", "Room"),
        *("name", "email", "person_key", "supporter"),
    }
    over_for(somebody.page, hours=23)
    assert left() == everything
    over_for(somebody.page, hours=25)
    assert left() == everything - {"AccessNeeds"}
    over_for(somebody.page, days=6, hours=23)
    assert left() == everything - {"AccessNeeds"}
    count_registrations()
    over_for(somebody.page, days=7, hours=1)
    assert left() == {"Room"}
    over_for(somebody.page, days=30, hours=1)
    assert left() == set()

    count_registrations()
    assert EventTotals.objects.get().seated == 1
    assert Registration.objects.get().place == Place.SEATED
    # The yes to updates is a thing of its own.
    assert ConsentRecord.objects.count() == Supporter.objects.count() == 1


def test_what_nobody_confirmed_goes_after_eight_days():
    registration = registered(draft_for())
    Message.objects.update(state=MessageState.SENT, settled_at=timezone.now(), recipient=None)
    for days, exists in ((7.9, True), (8.1, False)):
        Registration.objects.filter(pk=registration.pk).update(created_at=timezone.now() - timedelta(days=days))
        purge()
        assert Registration.objects.exists() is exists


def test_presses_go_and_the_number_that_came_stays():
    page = EventPageFactory()
    for days, key in ((0, b"a"), (3, b"b")):
        AttendancePress.objects.create(page=page, pressed_on=timezone.localdate() - timedelta(days=days), hash=key * 32)
    purge()
    assert AttendancePress.objects.count() == 1
    count_registrations()
    assert EventTotals.objects.get().came == 2


def test_cancelling_leaves_nothing_of_the_person(somebody):
    cancel_registration(somebody.pk)
    cancel_registration(somebody.pk)
    assert left() == {"Room"}
    assert Registration.objects.get().state == ActionState.WITHDRAWN
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()


def test_whoever_only_comes_to_an_event_is_no_supporter():
    confirmed(draft_for(wants_updates=False))
    assert not Supporter.objects.exists()


def test_an_erasure_cancels_what_is_to_come_and_leaves_what_was_counted(somebody):
    [first, second] = people(EventPageFactory(), 2)
    erase_registration(first.pk)
    assert Registration.objects.get(pk=first.pk).place == Place.CANCELLED
    over_for(second.page, hours=2)
    erase_registration(second.pk)
    second.refresh_from_db()
    assert (second.place, second.name, second.person_key) == (Place.SEATED, "", None)
    pending = make_registration(place=Place.UNCONFIRMED, email="new@example.org")
    erase_registration(pending.pk)
    assert not Registration.objects.filter(pk=pending.pk).exists()


def test_a_person_reads_what_is_held(somebody):
    kind = action_kind("registration")
    assert [action.pk for action in kind.of_address("ADA@example.org")] == [somebody.pk]
    assert kind.details(somebody) == {
        "Name shown": "Guest 4821",
        "Access needs": "captions; A break every half hour",
        "Question": "Who decides?",
        "It is": "Has a seat",
    }
