"""What Zoom is asked and told, and what happens when it does not do its part."""

import logging

import pytest

from events.models import Provider, RecordingNotice
from events.providers import ProviderTrouble
from events.providers.base import Guest, TryAgain
from events.providers.zoom import Zoom, alias
from tests.events.zoom_server import ACCOUNT, CLIENT, SECRET, WEBINAR, ZoomServer
from tests.factories.events import RoomFactory

pytestmark = pytest.mark.django_db

GUEST = Guest(name="Guest 4821", key="abc")


@pytest.fixture
def server(settings):
    server = ZoomServer()
    settings.ZOOM_ACCOUNT_ID, settings.ZOOM_CLIENT_ID, settings.ZOOM_CLIENT_SECRET = ACCOUNT, CLIENT, SECRET
    settings.ZOOM_TOKENS, settings.ZOOM_API = f"{server.url}/oauth/token", server.url
    yield server
    server.close()


@pytest.fixture
def room():
    return RoomFactory(provider=Provider.ZOOM, outside_id=WEBINAR, address=None)


@pytest.fixture
def zoom():
    """One that has no token yet."""
    return Zoom()


def test_somebody_is_enrolled_with_an_address_that_leads_nowhere(server, zoom, room):
    enrolled = zoom.enrol(room, GUEST)

    assert enrolled.outside_id == "reg-1"
    assert enrolled.address.startswith("https://zoom.example/w/")
    [(method, path, sent)] = server.calls
    assert (method, path) == ("POST", f"/v2/webinars/{WEBINAR}/registrants")
    assert sent == {"email": "guest-abc@example.org", "first_name": "Guest 4821", "auto_approve": True}


def test_enrolling_again_gives_the_same(server, zoom, room):
    assert zoom.enrol(room, GUEST) == zoom.enrol(room, GUEST)
    assert len(server.tokens) == 1, "a token is good for an hour"


def test_a_long_name_is_cut_to_what_zoom_takes_and_none_is_no_obstacle(server, zoom, room):
    zoom.enrol(room, Guest(name="Ł" * 200, key="abc"))
    zoom.enrol(room, Guest(name="", key="abd"))
    assert [sent["first_name"] for _method, _path, sent in server.calls] == ["Ł" * 64, "Guest"]


def test_what_is_withdrawn_is_cancelled_there(server, zoom, room):
    enrolled = zoom.enrol(room, GUEST)
    zoom.withdraw(WEBINAR, outside_id=enrolled.outside_id, key=GUEST.key)
    assert server.registrants == {}
    assert server.calls[-1] == (
        "PUT",
        f"/v2/webinars/{WEBINAR}/registrants/status",
        {"action": "cancel", "registrants": [{"id": "reg-1", "email": alias("abc")}]},
    )


def test_a_token_taken_back_before_its_time_is_replaced_once(server, zoom, room):
    zoom.enrol(room, GUEST)
    server.tokens.append("another, made elsewhere")
    assert zoom.enrol(room, GUEST).outside_id == "reg-1"
    assert len(server.tokens) == 3

    server.next_answers.extend([(401, {"code": 124})] * 2)
    with pytest.raises(ProviderTrouble, match="status 401"):
        zoom.enrol(room, GUEST)
    assert not server.next_answers, "asked twice, and not for ever"


def test_a_token_is_renewed_before_it_runs_out(server, zoom, room):
    server.lasts_s = 100
    zoom.enrol(room, GUEST)
    zoom.enrol(room, GUEST)
    assert len(server.tokens) == 2


@pytest.mark.parametrize(
    ("api_url", "leads"),
    [
        ("https://api-eu.zoom.us", "https://api-eu.zoom.us"),
        ("https://zoom.us.example", ""),
        ("https://api.zoom.us@rooms.example", ""),
        ("http://api-eu.zoom.us", ""),
        ("https://[", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_names_and_tokens_go_to_zoom_and_nowhere_else(server, zoom, room, monkeypatch, api_url, leads):
    server.api_url = api_url
    asked = []

    def noted(method, address, **sent):
        asked.append(address)
        raise ProviderTrouble("Far enough.")

    zoom._api._current()
    monkeypatch.setattr("events.providers.zoom_api.ask", noted)
    with pytest.raises(ProviderTrouble, match="Far enough"):
        zoom.enrol(room, GUEST)
    assert asked == [f"{leads or server.url}/v2/webinars/{WEBINAR}/registrants"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((429, {"code": 429, "message": "guest-abc@example.org has reached 3 registrations"}), "takes no more"),
        ((404, {"code": 3001, "message": "Guest 4821"}), "does not know this webinar"),
        ((400, {"code": 3027, "message": "Guest 4821"}), "host of the webinar"),
        ((400, {"code": 300, "message": "Guest 4821"}), "does not take"),
        ((500, b"Guest 4821"), "status 500, code none"),
        ((302, {"code": "Guest 4821"}), "status 302, code none"),
        ((201, b"[" * 100_000), "cannot be read"),
        ((201, {"registrant_id": "reg-1"}), "cannot be read"),
        ((201, {"registrant_id": "reg-1", "join_url": "javascript:alert(1)"}), "cannot be read"),
        ((201, b"x" * 3_000_000), "far too long"),
    ],
    ids=["enough", "gone", "host", "invalid", "broken", "elsewhere", "nested", "half", "script", "endless"],
)
def test_what_goes_wrong_is_told_in_a_sentence_that_quotes_nobody(server, zoom, room, caplog, answer, said):
    caplog.set_level(logging.DEBUG)
    server.next_answers.append(answer)
    with pytest.raises(ProviderTrouble, match=said) as caught:
        zoom.enrol(room, GUEST)
    for told in (str(caught.value), caplog.text):
        assert "4821" not in told
        assert "guest-" not in told
        assert SECRET not in told


def test_a_server_that_is_slow_or_away_is_not_waited_for(server, zoom, room, settings, monkeypatch):
    monkeypatch.setattr("events.providers.zoom_api.PATIENCE_S", (0.2, 0.2))
    server.delay_s = 0.5
    with pytest.raises(ProviderTrouble, match="did not answer"):
        zoom.enrol(room, GUEST)
    settings.ZOOM_TOKENS = "http://127.0.0.1:9/oauth/token"
    with pytest.raises(ProviderTrouble, match="did not answer"):
        zoom.enrol(room, GUEST)


def test_wrong_credentials_are_said_to_be_wrong(server, zoom, room, settings):
    settings.ZOOM_CLIENT_SECRET = "another"
    with pytest.raises(ProviderTrouble, match="credentials"):
        zoom.enrol(room, GUEST)
    settings.ZOOM_CLIENT_SECRET = ""
    with pytest.raises(ProviderTrouble, match="ZOOM_CLIENT_SECRET"):
        zoom.enrol(room, GUEST)


def test_the_door_leads_to_the_address_that_zoom_made_and_hosts_go_by_zoom(zoom, room):
    own = Guest(name="Guest", key="abc", own_address="https://zoom.example/w/1?tk=7")
    assert zoom.way_in(room, own, until=room.page.ends_at) == own.own_address
    with pytest.raises(TryAgain):
        zoom.way_in(room, GUEST, until=room.page.ends_at)
    with pytest.raises(ProviderTrouble, match="in Zoom itself"):
        zoom.way_in(room, Guest(name="Host", key="abc", is_host=True), until=room.page.ends_at)


def test_looking_over_finds_what_would_let_strangers_in_or_tell_on_people(server, zoom, room):
    assert zoom.look_over(room) == []
    server.settings = {"approval_type": 0, "registrants_confirmation_email": True, "auto_recording": "cloud"}
    findings = zoom.look_over(room)
    assert [word for word in ("manual approval", "own mails", "recording") if word in " ".join(findings)] == [
        "manual approval",
        "own mails",
        "recording",
    ]
    room.page.recording_notice = RecordingNotice.EVERYBODY
    assert len(zoom.look_over(room)) == 2


@pytest.mark.parametrize("number", ["", "1/../2", "12a", "٣٤"])
def test_a_number_that_is_none_is_never_put_into_an_address(server, zoom, room, number):
    room.outside_id = number
    with pytest.raises(ProviderTrouble, match="not a number"):
        zoom.enrol(room, GUEST)
    assert server.calls == []
