"""Organisers set where an event takes place, try it out, and go in as its host."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import EventPage, EventStatus, Provider, RecordingNotice, Room
from events.providers.bigbluebutton import meeting_id
from supporters.models import AuditEntry
from tests.events.bbb_server import SECRET, BbbServer
from tests.events.browsing import text_of
from tests.factories.events import EventPageFactory, RoomFactory
from tests.petitions.organisers import colleague, member_of

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ADDRESS = "https://rooms.example/lantern-7421"


@pytest.fixture
def organiser(client):
    client.force_login(member_of("Organisers"))
    return client


def typed(**values):
    return {"provider": "link", "address": ADDRESS, "opens_before": "15", "closes_after": "30", **values}


def save(client, event, **values):
    return client.post(reverse("rooms:set", args=[event.pk]), typed(**values))


def press(client, name, event, /, **values):
    return client.post(reverse(f"rooms:{name}", args=[event.pk]), values)


def test_a_room_is_set_and_changed_on_record_without_its_address(organiser):
    event = EventPageFactory(title="Safety and the law")

    assert save(organiser, event, dial_in="+44 20 7946 0000").status_code == 302
    assert save(organiser, event, provider="zoom", address="", outside_id="123 4567 8901").status_code == 302

    room = Room.objects.get()
    assert (room.provider, room.outside_id, room.address, room.dial_in) == (Provider.ZOOM, "12345678901", "", "")
    recorded = [(entry.action, entry.subject) for entry in AuditEntry.objects.order_by("sequence")]
    assert recorded == [
        ("set_room", "Safety and the law: A link of your own"),
        ("set_room", "Safety and the law: Zoom"),
    ]


@pytest.mark.parametrize("name", ["set", "look_over", "host"])
def test_no_error_report_holds_the_address_that_was_typed(organiser, name):
    response = organiser.post(reverse(f"rooms:{name}", args=[EventPageFactory().pk]), typed(provider="none"))

    assert response.wsgi_request.sensitive_post_parameters == "__ALL__"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "http://rooms.example/1"}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "https://" + "a" * 2000 + ".example"}, "address"),
        ({"address": "https://rooms.example/\x00"}, "address"),
        ({"fallback_address": "http://rooms.example/1"}, "fallback_address"),
        ({"provider": "zoom", "address": "", "outside_id": ""}, "outside_id"),
        ({"provider": "zoom", "outside_id": "12a"}, "outside_id"),
        ({"provider": "teams"}, "provider"),
        ({"opens_before": "241"}, "opens_before"),
        ({"closes_after": "-1"}, "closes_after"),
        ({"closes_after": ""}, "closes_after"),
    ],
)
def test_what_is_no_room_is_not_kept_and_what_was_typed_is(organiser, wrong, field):
    event = EventPageFactory()
    response = save(organiser, event, dial_in="Ask Robin", **wrong)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Ask Robin" in text_of(response)
    assert not Room.objects.exists()


def test_the_list_shows_what_is_to_come_and_no_address(organiser):
    room = RoomFactory(address=ADDRESS, page__title="Has a room")
    Room.objects.update(trouble_at=timezone.now(), trouble="The webinar was deleted at Zoom.")
    EventPageFactory(title="Has none")
    EventPageFactory(title="Called off", status=EventStatus.CANCELLED)
    EventPageFactory(title="Long ago", starts_at=timezone.now() - timedelta(days=3))

    shown = text_of(organiser.get(reverse("rooms:index")))

    assert "Has a room" in shown
    assert "none yet" in shown
    assert "deleted at Zoom" in shown
    assert "Called off" not in shown
    assert "Long ago" not in shown
    assert "rooms.example" not in shown
    assert "Set BBB_URL and BBB_SECRET" in shown
    assert reverse("rooms:set", args=[room.page_id]) in shown


def test_saving_again_ends_the_trouble(organiser):
    room = RoomFactory(trouble="It failed.", trouble_at=timezone.now())
    assert "It failed." in text_of(organiser.get(reverse("rooms:set", args=[room.page_id])))
    save(organiser, room.page)
    room.refresh_from_db()
    assert (room.trouble, room.trouble_at) == ("", None)


@pytest.mark.parametrize("permissions", [(), ("view_registration", "change_registration"), ("view_room",)])
def test_nobody_else_sees_or_sets_a_room(client, permissions):
    room = RoomFactory(address=ADDRESS)
    client.force_login(colleague(*permissions))
    for name in ("set", "look_over", "host"):
        for response in (client.get(reverse(f"rooms:{name}", args=[room.page_id])), press(client, name, room.page)):
            assert response.status_code == 302
            assert "rooms.example" not in text_of(response)
    assert save(client, room.page, address="https://rooms.example/other").status_code == 302
    room.refresh_from_db()
    assert room.address == ADDRESS


def test_a_provider_that_is_not_set_up_is_said_to_be_before_the_event(organiser):
    room = RoomFactory(provider=Provider.JITSI, address=None)
    assert "JITSI_APP_SECRET" in text_of(organiser.get(reverse("rooms:set", args=[room.page_id])))
    assert "JITSI_APP_SECRET" in text_of(press(organiser, "look_over", room.page))


@pytest.fixture
def server(settings):
    server = BbbServer()
    settings.BBB_URL, settings.BBB_SECRET = server.url, SECRET
    yield server
    server.close()


def test_it_is_tried_out_beforehand(organiser, server):
    room = RoomFactory(provider=Provider.BIGBLUEBUTTON, address=None)
    assert "The room is ready" in text_of(press(organiser, "look_over", room.page))
    server.status = 500
    response = press(organiser, "look_over", room.page)
    assert response.status_code == 503
    assert "the status 500" in text_of(response)


def test_a_host_goes_in_as_moderator_under_a_name_of_their_choice_before_the_door_opens(organiser, server):
    room = RoomFactory(provider=Provider.BIGBLUEBUTTON, address=None)
    response = press(organiser, "host", room.page, name="Chair")
    [way] = re.findall(rf'href="({re.escape(server.url)}api/join[^"]*)"', text_of(response))
    assert "role=MODERATOR" in way
    assert "fullName=Chair" in way
    assert list(server.rooms) == [meeting_id(room)]
    assert "no-store" in response["Cache-Control"]


def test_where_a_host_cannot_go_in_from_here_it_says_so(organiser, server):
    room = RoomFactory(provider=Provider.ZOOM, outside_id="1", address=None)
    response = press(organiser, "host", room.page, name="Chair")
    assert response.status_code == 503
    assert "in Zoom itself" in text_of(response)


@pytest.mark.parametrize("name", ["", "x" * 65, "\x00"])
def test_a_host_without_a_name_is_asked_for_one(organiser, server, name):
    room = RoomFactory(provider=Provider.BIGBLUEBUTTON, address=None)
    response = press(organiser, "host", room.page, name=name)
    assert response.status_code == 422
    assert "api/join" not in text_of(response)


def test_before_a_room_is_set_there_is_nothing_to_press(organiser):
    event = EventPageFactory()
    assert "Make a way in" not in text_of(organiser.get(reverse("rooms:set", args=[event.pk])))
    assert press(organiser, "host", event, name="Chair").status_code == 409
    assert press(organiser, "look_over", event).status_code == 409
    assert organiser.get(reverse("rooms:set", args=[event.pk + 1])).status_code == 404


def test_what_was_said_of_recording_holds_for_the_host_as_well(organiser, settings):
    settings.JITSI_URL, settings.JITSI_APP_ID, settings.JITSI_APP_SECRET = "https://meet.example", "a", "b"
    room = RoomFactory(provider=Provider.JITSI, address=None)
    EventPage.objects.update(recording_notice=RecordingNotice.EVERYBODY)
    assert "https://meet.example/" in text_of(press(organiser, "host", room.page, name="Chair"))
