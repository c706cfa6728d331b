"""What a BigBlueButton server is sent, and what happens when it does not do its part."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from events.models import Provider
from events.providers import ProviderTrouble, provider_of
from events.providers.base import Guest
from events.providers.bigbluebutton import TIMEOUTS_S, meeting_id, signed_query
from tests.events.bbb_server import SECRET, BbbServer, failed, succeeded
from tests.factories.events import RoomFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    server = BbbServer()
    settings.BBB_URL, settings.BBB_SECRET = server.url, SECRET
    yield server
    server.close()


@pytest.fixture
def room():
    return RoomFactory(provider=Provider.BIGBLUEBUTTON, address=None)


def way_in(room, name="Guest 4821", **guest):
    until = timezone.now() + timedelta(hours=1)
    return provider_of(room).way_in(room, Guest(name=name, key="abc", **guest), until=until)


def test_the_checksum_is_that_of_the_documentation():
    parameters = {"name": "Test Meeting", "meetingID": "abc123", "attendeePW": "111222", "moderatorPW": "333444"}
    assert signed_query("create", parameters, secret=SECRET).endswith(
        "checksum=da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e"
    )


def test_the_room_is_made_safe_and_the_way_in_is_good_for_this_run_of_it(server, room):
    address = way_in(room)

    [made] = server.rooms.values()
    assert made["record"] == "false"
    assert made["lockSettingsHideUserList"] == made["webcamsOnlyForModerator"] == made["muteOnStart"] == "true"
    assert room.page.title not in str(made)
    assert address.startswith(f"{server.url}api/join?")
    sent = parse_qs(urlsplit(address).query)
    assert sent["fullName"] == ["Guest 4821"]
    assert sent["role"] == ["VIEWER"]
    assert sent["createTime"] == ["1531155809613"]
    assert server.answer(urlsplit(address).path + "?" + urlsplit(address).query).count("checksumError") == 0


def test_whoever_comes_second_finds_the_same_room(server, room):
    way_in(room)
    way_in(room, name="Zoë & Łucja <script>", is_host=True)
    assert list(server.rooms) == [meeting_id(room)]


def test_how_many_are_inside_is_told_without_their_names(server, room, caplog):
    assert provider_of(room).number_inside(room) == 0
    way_in(room)
    assert provider_of(room).number_inside(room) == 3
    assert "Zoe" not in caplog.text


UNKNOWN_ENCODING = b'<?xml version="1.0" encoding="none-such"?><response/>'
ENTITIES = b'<!DOCTYPE r [<!ENTITY a "aaaa">]><response><returncode>&a;</returncode></response>'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": 500}, "the status 500"),
        ({"status": 302}, "the status 302"),
        ({"body": b"<response>"}, "cannot be read"),
        ({"body": ENTITIES}, "cannot be read"),
        ({"body": UNKNOWN_ENCODING}, "cannot be read"),
        ({"body": failed("idNotUnique").encode()}, "idNotUnique"),
        ({"body": failed("see 1 &lt;b").encode()}, "no reason"),
    ],
    ids=["broken", "elsewhere", "cut off", "entities", "encoding", "refused", "nonsense"],
)
def test_what_goes_wrong_is_told_in_a_sentence_without_the_secret(server, room, change, said):
    for name, value in change.items():
        setattr(server, name, value)
    with pytest.raises(ProviderTrouble, match=said) as caught:
        way_in(room)
    assert SECRET not in str(caught.value)
    assert "checksum" not in str(caught.value)


def test_a_server_that_is_slow_or_away_is_not_waited_for(server, room, settings, monkeypatch):
    monkeypatch.setattr("events.providers.bigbluebutton.TIMEOUTS_S", (0.2, 0.2))
    server.delay_s = 0.6
    with pytest.raises(ProviderTrouble, match="did not answer"):
        way_in(room)
    settings.BBB_URL = "http://127.0.0.1:9/"
    with pytest.raises(ProviderTrouble, match="did not answer"):
        way_in(room)
    assert sum(TIMEOUTS_S) < 10


def test_an_answer_that_comes_drop_by_drop_ends_in_time(server, room, monkeypatch):
    monkeypatch.setattr("events.providers.bigbluebutton.TIMEOUTS_S", (0.1, 0.2))
    server.drip_s = 0.05
    with pytest.raises(ProviderTrouble, match="in time"):
        way_in(room)


@pytest.mark.parametrize("said", ["many", "-1", "٣", ""])
def test_a_number_that_is_none_is_no_count(server, room, said):
    server.body = succeeded(f"<participantCount>{said}</participantCount>").encode()
    with pytest.raises(ProviderTrouble, match="cannot be read"):
        provider_of(room).number_inside(room)


def test_without_settings_it_says_which(settings, room):
    settings.BBB_URL = settings.BBB_SECRET = ""
    with pytest.raises(ProviderTrouble, match="BBB_URL"):
        way_in(room)
