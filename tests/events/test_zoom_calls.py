"""What Zoom calls this site for: believed only with its signature, made a moment ago."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Provider, Room
from tests.events.zoom_server import WEBINAR
from tests.factories.events import RoomFactory

pytestmark = pytest.mark.django_db

SECRET = "the secret token of the app"
ADDRESS = "/events/calls/zoom/"


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.ZOOM_WEBHOOK_SECRET = SECRET


@pytest.fixture
def room():
    return RoomFactory(provider=Provider.ZOOM, outside_id=WEBINAR, address=None)


def call(said, *, age=timedelta(), secret=SECRET, **headers):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    stamp = str(int((timezone.now() - age).timestamp()))
    signature = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    sent = {"x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={signature}", **headers}
    return Client(enforce_csrf_checks=True).post(ADDRESS, body, content_type="application/json", headers=sent)


def deleted(number=WEBINAR):
    return {"event": "webinar.deleted", "payload": {"account_id": "a", "object": {"id": number, "topic": "Anything"}}}


@pytest.mark.parametrize("number", [WEBINAR, int(WEBINAR)], ids=["text", "number"])
def test_a_webinar_that_is_deleted_is_noted(room, number):
    assert call(deleted(number)).status_code == 204
    room.refresh_from_db()
    assert room.trouble == "The webinar was deleted at Zoom."


def test_the_knock_is_answered_as_zoom_wants_it():
    response = call({"event": "endpoint.url_validation", "payload": {"plainToken": "qgg8vlvZRS6UYooatFL8Aw"}})
    expected = hmac.new(SECRET.encode(), b"qgg8vlvZRS6UYooatFL8Aw", hashlib.sha256).hexdigest()
    assert response.status_code == 200
    assert response.json() == {"plainToken": "qgg8vlvZRS6UYooatFL8Aw", "encryptedToken": expected}


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "another"},
        {"age": timedelta(minutes=6)},
        {"age": timedelta(minutes=-6)},
        {"x-zm-signature": ""},
        {"x-zm-signature": "v0=é"},
        {"x-zm-request-timestamp": "٣"},
        {"x-zm-request-timestamp": "9" * 40},
        {"x-zm-request-timestamp": "999999999999"},
    ],
    ids=["key", "old", "future", "none", "odd", "digits", "long", "far"],
)
def test_what_zoom_did_not_sign_just_now_changes_nothing(room, wrong):
    assert call(deleted(), **wrong).status_code == 401
    room.refresh_from_db()
    assert room.trouble_at is None


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff",
        b"[" * 50_000,
        b"7",
        {"event": ["webinar.deleted"]},
        deleted("1\x00"),
        deleted(None),
        deleted("9" * 300),
        {"event": "webinar.deleted", "payload": []},
        {"event": "webinar.participant_joined", "payload": {"object": {"participant": {"email": "a@example.org"}}}},
    ],
    ids=["nothing", "bytes", "nested", "number", "list", "nul", "null", "long", "empty", "somebody"],
)
def test_what_is_not_understood_is_thrown_away(room, said, caplog):
    assert call(said).status_code == 204
    assert not Room.objects.exclude(trouble="").exists()
    assert "example.org" not in caplog.text


def test_too_much_is_not_read(room):
    assert call(b" " * 70_000 + json.dumps(deleted()).encode()).status_code == 401


def test_a_validation_without_a_token_is_a_bad_request():
    assert call({"event": "endpoint.url_validation", "payload": {"plainToken": 7}}).status_code == 400


def test_where_zoom_is_not_set_up_there_is_nothing(settings):
    settings.ZOOM_WEBHOOK_SECRET = ""
    assert call(deleted(), secret="").status_code == 404


def test_reading_the_address_is_no_call():
    assert Client().get(ADDRESS).status_code == 405
