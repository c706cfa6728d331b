"""The door: open to the second, for two devices, with a way round a provider that fails, and a count without names."""

from datetime import timedelta

import pytest
from django.test import Client

from events.counting import count_registrations
from events.joining import DEVICES, Door, door_for
from events.models import AttendancePress, EventPage, EventStatus, EventTotals, JoinUse, Place, Provider, Room
from tests.at_once import at_once
from tests.events.browsing import Holder, text_of
from tests.factories.events import EventPageFactory, RoomFactory, make_registration

pytestmark = pytest.mark.django_db

ADDRESS = "https://rooms.example/lantern-7421"
SECOND = timedelta(seconds=1)


@pytest.fixture
def holder(time_machine):
    """Somebody with a seat, a minute after the door has opened."""
    room = RoomFactory(address=ADDRESS)
    time_machine.move_to(room.page.starts_at - timedelta(minutes=14), tick=False)
    return Holder(make_registration(room.page))


def press(holder, **typed):
    return holder.press("manage_join", **typed)


def test_the_door_opens_and_closes_to_the_second(time_machine):
    room = RoomFactory()
    registration = make_registration(room.page)
    opens, closes = room.page.starts_at - timedelta(minutes=15), room.page.ends_at + timedelta(minutes=30)
    for moment, door in (
        (opens - SECOND, Door.NOT_YET),
        (opens, Door.OPEN),
        (closes - SECOND, Door.OPEN),
        (closes, Door.CLOSED),
    ):
        time_machine.move_to(moment, tick=False)
        assert door_for(registration) is door


def test_before_the_door_opens_nobody_is_told_where_it_is(holder, time_machine):
    time_machine.move_to(holder.registration.page.starts_at - timedelta(minutes=16), tick=False)
    assert "Join now" not in text_of(holder.look())
    response = press(holder)
    assert response.status_code == 409
    assert ADDRESS not in text_of(response)
    assert not JoinUse.objects.exists()


def test_looking_shows_a_button_and_pressing_shows_the_way(holder):
    page = text_of(holder.look())
    assert "Join now" in page
    assert ADDRESS not in page
    assert not JoinUse.objects.exists()

    response = press(holder)

    assert response.status_code == 200
    assert ADDRESS in text_of(response)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}, "the room is told no address of ours"


@pytest.mark.parametrize("place", [Place.WAITING, Place.OFFERED, Place.LAPSED])
def test_without_a_seat_there_is_no_way_in(holder, place):
    other = Holder(make_registration(holder.registration.page, place=place, email="b@example.org"))
    assert "Join now" not in text_of(other.look())
    assert press(other).status_code == 409


def test_a_cancelled_event_has_no_door(holder):
    EventPage.objects.update(status=EventStatus.CANCELLED)
    assert press(holder).status_code == 409


def test_a_third_device_has_to_end_another_first(holder):
    for _device in range(DEVICES):
        assert press(holder).status_code == 200
    third = press(holder)
    assert third.status_code == 409
    assert ADDRESS not in text_of(third)
    oldest = JoinUse.objects.earliest("pk")

    assert press(holder, end=oldest.pk).status_code == 200

    oldest.refresh_from_db()
    assert oldest.ended_at is not None
    assert JoinUse.objects.filter(ended_at=None).count() == DEVICES


@pytest.mark.parametrize("end", ["", "x", "-1", "9" * 30, "٣", "0"])
def test_ending_nonsense_ends_nothing(holder, end):
    assert press(holder, end=end).status_code == 200


def test_nobody_ends_the_device_of_somebody_else(holder):
    other = Holder(make_registration(holder.registration.page, email="b@example.org"))
    press(holder)
    press(other, end=JoinUse.objects.get().pk)
    assert JoinUse.objects.filter(ended_at=None).count() == 2


def test_each_registration_counts_once_a_day_and_nobody_is_named(holder):
    press(holder)
    press(holder)
    other = Holder(make_registration(holder.registration.page, email="b@example.org"))
    press(other)
    assert AttendancePress.objects.count() == 2
    count_registrations()
    assert EventTotals.objects.get().came == 2


def test_a_provider_that_fails_leads_to_the_fallback_and_is_noted(holder):
    Room.objects.all().delete()
    RoomFactory(
        page=holder.registration.page,
        provider=Provider.BIGBLUEBUTTON,
        address=None,
        fallback_address="https://rooms.example/other-way",
    )
    response = press(holder)
    assert response.status_code == 200
    assert "https://rooms.example/other-way" in text_of(response)
    room = Room.objects.get()
    assert room.trouble_at is not None
    assert "BBB_URL" in room.trouble


def test_without_a_fallback_it_says_so_and_the_device_is_free_again(holder):
    Room.objects.all().delete()
    RoomFactory(page=holder.registration.page, provider=Provider.BIGBLUEBUTTON, address=None)
    response = press(holder)
    assert response.status_code == 503
    assert "does not answer" in text_of(response)
    assert not JoinUse.objects.exists()
    assert not AttendancePress.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twelve_presses_at_once_are_two_devices(holder):
    answers = at_once(12, lambda _: press(holder).status_code)
    assert sorted(answers) == [200] * DEVICES + [409] * (12 - DEVICES)


def test_no_public_page_or_file_knows_the_room():
    page = EventPageFactory()
    RoomFactory(page=page, address=ADDRESS, fallback_address=f"{ADDRESS}/b", dial_in="+44 20 7946 0000")
    page.save_revision().publish()
    client = Client()
    for path in (page.url, "/events/feed.ics", "/events/feed.rss", f"/events/{page.pk}/calendar.ics", "/sitemap.xml"):
        text = client.get(path).content.decode()
        assert "rooms.example" not in text, path
        assert "7946" not in text, path
    assert "rooms.example" not in str(page.latest_revision.content)


def test_the_telephone_is_named_behind_the_button_and_also_where_the_room_fails(holder):
    Room.objects.all().delete()
    room = RoomFactory(page=holder.registration.page, address=ADDRESS, dial_in="+44 20 7946 0000")
    assert "7946" not in text_of(holder.look())
    assert "7946" in text_of(press(holder))
    room.provider = Provider.BIGBLUEBUTTON
    room.save()
    response = press(holder)
    assert response.status_code == 503
    assert "7946" in text_of(response)
