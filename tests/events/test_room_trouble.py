"""Rooms that fail: organisers hear of it, once an hour; and how many were inside at once."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events.counting import count_registrations
from events.mail_kinds import ROOM_TROUBLE_MAIL
from events.models import EventPage, EventStatus, EventTotals, Place, Provider, Room
from events.peaks import count_inside
from events.providers import ProviderTrouble
from events.providers.bigbluebutton import meeting_id
from events.room_trouble import note_trouble
from supporters.delivery import Sender
from supporters.models import Message
from tests.at_once import at_once
from tests.events.bbb_server import SECRET, BbbServer, failed
from tests.factories.events import RoomFactory, make_registration
from tests.petitions.organisers import boss, colleague

pytestmark = pytest.mark.django_db

TROUBLE = ProviderTrouble("BigBlueButton did not answer (ConnectTimeout).")


def recipients():
    return sorted(message.recipient for message in Message.objects.filter(kind=ROOM_TROUBLE_MAIL))


def test_those_who_see_to_rooms_are_told_and_nobody_else():
    boss()
    colleague("change_room", email="rooms@example.org")
    colleague("view_registration", email="other@example.org")
    left = colleague("change_room", email="left@example.org")
    left.is_active = False
    left.save()

    note_trouble(RoomFactory(), TROUBLE)

    assert recipients() == ["boss@example.org", "rooms@example.org"]


def test_they_are_told_once_an_hour_however_many_stand_at_the_door(time_machine):
    boss()
    room, other = RoomFactory(), RoomFactory()
    for _press in range(5):
        note_trouble(room, TROUBLE)
    assert len(recipients()) == 1
    note_trouble(other, TROUBLE)
    assert len(recipients()) == 2

    Message.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    note_trouble(room, TROUBLE)
    assert len(recipients()) == 3


@pytest.mark.django_db(transaction=True)
def test_ten_who_find_it_shut_at_once_cause_one_mail():
    boss()
    room = RoomFactory()
    at_once(10, lambda _number: note_trouble(room, TROUBLE))
    assert len(recipients()) == 1


def test_the_mail_says_what_is_wrong_and_where_to_mend_it_but_not_where_the_room_is(settings):
    boss()
    room = RoomFactory(address="https://rooms.example/lantern-7421", page__title="Safety and the law")
    note_trouble(room, TROUBLE)
    Sender().send_due()
    [sent] = mail.outbox
    said = sent.body + str(sent.alternatives)
    assert "did not answer (ConnectTimeout)" in said
    assert f"{settings.PUBLIC_ORIGIN}/admin/rooms/{room.page_id}/" in said
    assert "No other room is named" in said
    assert "rooms.example" not in said
    assert "Safety and the law" not in said + sent.subject


def test_a_room_that_was_set_anew_meanwhile_is_not_complained_of():
    boss()
    room = RoomFactory()
    note_trouble(room, TROUBLE)
    Room.objects.update(trouble="", trouble_at=None)
    Sender().send_due()
    assert mail.outbox == []


@pytest.fixture
def server(settings):
    server = BbbServer()
    settings.BBB_URL, settings.BBB_SECRET = server.url, SECRET
    yield server
    server.close()


@pytest.fixture
def room(server, time_machine):
    """Ten minutes into the event."""
    room = RoomFactory(provider=Provider.BIGBLUEBUTTON, address=None)
    make_registration(room.page, place=Place.SEATED)
    server.rooms[meeting_id(room)] = {}
    count_registrations()
    time_machine.move_to(room.page.starts_at + timedelta(minutes=10), tick=False)
    return room


def test_the_most_who_were_inside_at_once_is_kept_and_no_name(server, room, caplog):
    caplog.set_level(logging.DEBUG)
    for inside in (3, 27, 12, 0):
        server.inside = inside
        assert count_inside() == 1
    assert EventTotals.objects.get().peak == 27
    count_registrations()
    assert EventTotals.objects.get().peak == 27
    assert "Zoe" not in caplog.text


@pytest.mark.parametrize(
    "moment",
    ["before", "after", "cancelled", "unpublished"],
)
def test_a_room_that_is_not_open_is_not_asked_about(server, room, time_machine, moment):
    if moment == "before":
        time_machine.move_to(room.page.starts_at - timedelta(minutes=16), tick=False)
    elif moment == "after":
        time_machine.move_to(room.page.ends_at + timedelta(minutes=30), tick=False)
    elif moment == "cancelled":
        EventPage.objects.update(status=EventStatus.CANCELLED)
    else:
        EventPage.objects.update(live=False)
    assert count_inside() == 0
    assert EventTotals.objects.get().peak is None


def test_a_provider_that_cannot_count_leaves_no_number(room):
    Room.objects.update(provider=Provider.JITSI)
    assert count_inside() == 0
    assert EventTotals.objects.get().peak is None


@pytest.mark.parametrize(
    "body", [b"", failed("checksumError").encode(), b"<response><returncode>SUCCESS</returncode></response>"]
)
def test_a_room_that_fails_is_noticed_before_somebody_stands_at_the_door(server, room, body):
    server.body, server.status = body, 200 if body else 500
    boss()
    assert count_inside() == 0
    room.refresh_from_db()
    assert room.trouble.startswith("BigBlueButton")
    assert recipients() == ["boss@example.org"]
