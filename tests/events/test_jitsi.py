"""The token that lets somebody into a Jitsi room, read as the server reads it."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from events.models import Provider, RecordingNotice
from events.providers import ProviderTrouble, provider_of
from events.providers.base import Guest
from events.providers.jitsi import signed_token
from tests.factories.events import RoomFactory

pytestmark = pytest.mark.django_db

SECRET = "a secret that both sides know"
NOW = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def server(settings, time_machine):
    settings.JITSI_URL = "https://meet.example/"
    settings.JITSI_APP_ID, settings.JITSI_APP_SECRET = "parasol", SECRET
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def room():
    return RoomFactory(provider=Provider.JITSI, address=None)


def address_for(room, **guest):
    return provider_of(room).way_in(room, Guest(**{"name": "Guest 4821", "key": "abc", **guest}), until=UNTIL)


def read(address):
    """What the server makes of it: raises where it would refuse the token."""
    parts = urlsplit(address)
    [token] = parse_qs(parts.query)["jwt"]
    header, claims, signature = token.split(".")
    expected = hmac.digest(SECRET.encode(), f"{header}.{claims}".encode(), hashlib.sha256)
    assert decoded(signature) == expected
    assert json.loads(decoded(header)) == {"alg": "HS256", "typ": "JWT"}
    said = json.loads(decoded(claims))
    assert said["iss"] == said["aud"] == "parasol"
    assert said["sub"] == parts.hostname
    assert said["room"] == parts.path.strip("/")
    assert said["nbf"] <= NOW.timestamp() < said["exp"]
    assert all(isinstance(value, str) for value in said["context"]["user"].values())
    return said


def decoded(text):
    assert "=" not in text
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_token_is_that_of_the_standard():
    """The example that every library for such tokens is tried with."""
    claims = {"sub": "1234567890", "name": "John Doe", "iat": 1516239022}
    assert signed_token(claims, secret="your-256-bit-secret").endswith(".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c")


def test_a_guest_gets_in_until_the_door_closes_under_the_name_they_chose(room):
    said = read(address_for(room, name="Zoë & Łucja"))
    assert said["exp"] == UNTIL.timestamp()
    assert said["context"]["user"] == {
        "id": "abc",
        "name": "Zoë & Łucja",
        "affiliation": "member",
        "moderator": "false",
    }
    assert set(said["context"]["features"].values()) == {"false"}


def test_nobody_is_heard_or_seen_by_themselves_and_no_other_service_is_asked(room):
    wanted = parse_qs(urlsplit(address_for(room)).fragment)
    assert wanted["config.startWithAudioMuted"] == wanted["config.startWithVideoMuted"] == ["true"]
    assert wanted["config.disableThirdPartyRequests"] == ["true"]


@pytest.mark.parametrize(
    ("notice", "may"), [(RecordingNotice.NOT_RECORDED, "false"), (RecordingNotice.SPEAKERS, "true")]
)
def test_a_host_records_only_what_people_were_told_is_recorded(room, notice, may):
    room.page.recording_notice = notice
    context = read(address_for(room, is_host=True))["context"]
    assert context["user"]["moderator"] == "true"
    assert context["user"]["affiliation"] == "owner"
    assert context["features"]["recording"] == may
    assert context["features"]["outbound-call"] == "false"


def test_rooms_have_names_of_their_own_that_tell_nothing(room):
    other = RoomFactory(provider=Provider.JITSI, address=None)
    first, again, second = (urlsplit(address_for(one)).path for one in (room, room, other))
    assert first == again != second
    assert len(first) > 32
    assert str(room.page_id) not in {first, second}
    assert room.page.slug not in first


@pytest.mark.parametrize("missing", ["JITSI_URL", "JITSI_APP_ID", "JITSI_APP_SECRET"])
def test_without_settings_it_says_which(room, settings, missing):
    setattr(settings, missing, "")
    with pytest.raises(ProviderTrouble, match=missing):
        address_for(room)


def test_it_cannot_tell_how_many_are_inside(room):
    assert provider_of(room).number_inside(room) is None
    assert provider_of(room).look_over(room) == []
