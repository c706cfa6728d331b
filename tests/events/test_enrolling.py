"""People with a seat are made known to Zoom ahead, once, and taken back when they give the seat up."""

from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from events.enrolling import enrol_everybody, give_up_lost_seats, guest_key, withdraw_given_up
from events.models import EventPage, EventStatus, GivenUpPlace, Place, Provider, ProviderPlace, Registration, Room
from events.providers.zoom import alias
from events.services import cancel_registration
from events.services.rooms import RoomTerms, set_room
from supporters.models import Message
from tests.at_once import at_once
from tests.events.browsing import Holder, text_of
from tests.events.zoom_server import ACCOUNT, CLIENT, SECRET, WEBINAR, ZoomServer
from tests.factories.events import RoomFactory, make_registration
from tests.petitions.organisers import boss

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    server = ZoomServer()
    settings.ZOOM_ACCOUNT_ID, settings.ZOOM_CLIENT_ID, settings.ZOOM_CLIENT_SECRET = ACCOUNT, CLIENT, SECRET
    settings.ZOOM_TOKENS, settings.ZOOM_API = f"{server.url}/oauth/token", server.url
    yield server
    server.close()


@pytest.fixture
def room(server):
    return RoomFactory(provider=Provider.ZOOM, outside_id=WEBINAR, address=None)


def registered(room, number=1, **values):
    return make_registration(room.page, email=f"ada.{number}@example.org", **values)


def enrolments(server):
    return [sent["email"] for method, _path, sent in server.calls if method == "POST"]


def alias_of(registration):
    return alias(guest_key(registration.pk))


def test_whoever_has_a_seat_is_enrolled_once_and_nobody_else(server, room):
    first, second = registered(room, confirmed_at=timezone.now() - timedelta(minutes=1)), registered(room, 2)
    for number, place in enumerate((Place.WAITING, Place.OFFERED, Place.LAPSED, Place.UNCONFIRMED, Place.CANCELLED)):
        registered(room, 10 + number, place=place)

    assert enrol_everybody() == 2
    assert enrol_everybody() == 0

    assert enrolments(server) == [alias_of(first), alias_of(second)]
    place = ProviderPlace.objects.get(registration=first)
    assert place.outside_id == "reg-1"
    assert place.join_url == f"https://zoom.example/w/{WEBINAR}?tk=1"


def test_zoom_is_never_told_an_address_of_somebody(server, room):
    registration = registered(room)
    enrol_everybody()
    assert "ada@example" not in str(server.calls)
    assert str(registration.pk)[:8] not in str(server.calls)


@pytest.mark.parametrize(
    "change",
    [
        {"status": EventStatus.CANCELLED},
        {"live": False},
        {"ends_at": timedelta(days=-1), "starts_at": timedelta(days=-2)},
    ],
    ids=["cancelled", "unpublished", "over"],
)
def test_for_an_event_that_does_not_take_place_nobody_is_enrolled(server, room, change):
    registered(room)
    now = timezone.now()
    EventPage.objects.update(
        **{name: now + value if isinstance(value, timedelta) else value for name, value in change.items()}
    )
    assert enrol_everybody() == 0
    assert server.calls == []


def test_after_a_trouble_the_next_in_line_goes_first_and_no_one_is_asked_about_often(server, room, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    unlucky, other = registered(room, confirmed_at=now - timedelta(minutes=1)), registered(room, 2)
    server.next_answers.append((400, {"code": 300}))

    assert enrol_everybody() == 0
    room.refresh_from_db()
    assert "does not take" in room.trouble
    assert enrol_everybody() == 1
    assert enrolments(server) == [alias_of(unlucky), alias_of(other)]

    for minutes in range(1, 24 * 60, 31):
        time_machine.move_to(now + timedelta(minutes=minutes), tick=False)
        server.next_answers.append((400, {"code": 300}))
        enrol_everybody()
        server.next_answers.clear()
    assert enrolments(server).count(alias_of(unlucky)) == 3, "Zoom takes no more than three a day"


def test_who_gives_the_seat_up_is_taken_back_at_zoom(server, room):
    registration = registered(room)
    enrol_everybody()

    cancel_registration(registration.pk)

    assert not ProviderPlace.objects.exists()
    assert withdraw_given_up() == 1
    assert server.registrants == {}
    assert not GivenUpPlace.objects.exists()


def test_who_is_moved_off_their_seat_is_taken_back_as_well(server, room):
    registration = registered(room)
    enrol_everybody()
    Registration.objects.filter(pk=registration.pk).update(place=Place.WAITING, queued_at=timezone.now())

    assert give_up_lost_seats() == 1
    assert withdraw_given_up() == 1
    assert server.registrants == {}


def test_what_cannot_be_taken_back_now_is_tried_again_until_the_event_is_over(server, room, time_machine):
    registration = registered(room)
    enrol_everybody()
    cancel_registration(registration.pk)
    server.next_answers.append((500, None))

    assert withdraw_given_up() == 0
    assert GivenUpPlace.objects.count() == 1
    time_machine.move_to(room.page.ends_at + timedelta(minutes=1))
    assert withdraw_given_up() == 0
    assert not GivenUpPlace.objects.exists()


def test_a_place_given_up_knows_nobody(room):
    registration = registered(room)
    enrol_everybody()
    cancel_registration(registration.pk)
    kept = str(GivenUpPlace.objects.values().get())
    assert str(registration.pk) not in kept
    assert "ada" not in kept
    assert "tk=" not in kept


def test_another_webinar_means_another_address_for_everybody(server, room):
    organiser = boss()
    registered(room)
    enrol_everybody()
    set_room(room.page_id, RoomTerms(provider=Provider.ZOOM, outside_id=WEBINAR, opens_before=5), by=organiser)
    assert ProviderPlace.objects.count() == 1, "the same webinar, the same addresses"

    set_room(room.page_id, RoomTerms(provider=Provider.LINK, address="https://rooms.example/1"), by=organiser)

    assert not ProviderPlace.objects.exists()
    assert withdraw_given_up() == 1
    assert server.registrants == {}
    assert enrol_everybody() == 0


@pytest.fixture
def open_door(room, time_machine):
    time_machine.move_to(room.page.starts_at - timedelta(minutes=5), tick=False)


def test_the_door_leads_to_ones_own_address_without_a_call(server, room, open_door):
    holder = Holder(registered(room))
    enrol_everybody()
    asked = len(server.calls)
    assert "zoom.example" not in text_of(holder.look())
    assert "zoom.example/w/12345678901?tk=1" in text_of(holder.press("manage_join"))
    assert len(server.calls) == asked


def test_whoever_comes_before_their_turn_is_enrolled_at_the_door(server, room, open_door):
    holder = Holder(registered(room))
    assert "zoom.example/w/12345678901?tk=1" in text_of(holder.press("manage_join"))
    assert enrol_everybody() == 0
    assert len(enrolments(server)) == 1


def test_pressing_again_and_again_does_not_ask_zoom_each_time(server, room, open_door):
    server.next_answers.extend([(500, None)] * 9)
    holder = Holder(registered(room))
    assert [holder.press("manage_join").status_code for _press in range(3)] == [503] * 3
    assert len(enrolments(server)) == 1
    room.refresh_from_db()
    assert "status 500" in room.trouble


def test_while_somebody_is_being_enrolled_nobody_is_alarmed(server, room, open_door):
    registration = registered(room)
    ProviderPlace.objects.create(registration=registration, tries=1, tried_at=timezone.now())
    assert Holder(registration).press("manage_join").status_code == 503
    room.refresh_from_db()
    assert room.trouble == ""
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_press_at_once_are_one_enrolment(server, room):
    registered(room)
    at_once(3, lambda _number: enrol_everybody())
    assert len(enrolments(server)) == 1
    assert ProviderPlace.objects.get().outside_id == "reg-1"


@pytest.mark.django_db(transaction=True)
def test_whoever_cancels_while_zoom_is_asked_is_taken_back(server, room, monkeypatch):
    registration = registered(room)
    answer = server.answer

    def cancelled_meanwhile(method, path, authorization, sent):
        said = answer(method, path, authorization, sent)
        if path.endswith("/registrants"):
            cancel_registration(registration.pk)
            connections.close_all()
        return said

    monkeypatch.setattr(server, "answer", cancelled_meanwhile)
    assert enrol_everybody() == 0
    assert withdraw_given_up() == 1
    assert server.registrants == {}
    assert not Room.objects.get().trouble
