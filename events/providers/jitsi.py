"""Jitsi, on a server that lets in whoever shows a token (jitsi.github.io/handbook, "Token authentication").

Nothing is asked of the server: the token is made here, with a secret that both sides know, when somebody presses the
button. It holds the name they chose, and is good for one room and until the door closes.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from events.models import RecordingNotice, Room
from events.providers.base import Guest, ProviderTrouble

SLOW_CLOCK: Final = timedelta(minutes=1)
"""By so much the server's clock may be behind ours."""
NAME_LENGTH: Final = 64
HEADER: Final = {"alg": "HS256", "typ": "JWT"}

# Nobody is heard or seen until they choose to be, and nothing is fetched from others to show who is there.
SAFE_ROOM: Final = {
    "config.startWithAudioMuted": "true",
    "config.startWithVideoMuted": "true",
    "config.prejoinConfig.enabled": "true",
    "config.disableThirdPartyRequests": "true",
}
RECORDING: Final = ("livestreaming", "recording", "transcription")
CALLING: Final = ("outbound-call", "sip-outbound-call")


class Jitsi:
    """See events.providers.base.RoomProvider."""

    def check(self) -> str:
        wanted = (settings.JITSI_URL, settings.JITSI_APP_ID, settings.JITSI_APP_SECRET)
        return "" if all(wanted) else "Set JITSI_URL, JITSI_APP_ID and JITSI_APP_SECRET."

    def look_over(self, room: Room) -> list[str]:
        return []

    def way_in(self, room: Room, guest: Guest, *, until: datetime) -> str:
        if problem := self.check():
            raise ProviderTrouble(problem)
        token = signed_token(claims_for(room, guest, until=until), secret=settings.JITSI_APP_SECRET)
        return f"{settings.JITSI_URL.rstrip('/')}/{room_name(room)}?{urlencode({'jwt': token})}#{urlencode(SAFE_ROOM)}"

    def number_inside(self, room: Room) -> int | None:
        return None


def claims_for(room: Room, guest: Guest, *, until: datetime) -> dict[str, Any]:
    """What the token of ``guest`` says. All that is said of a person is text: the server takes nothing else."""
    # What nobody was told of beforehand nobody can switch on.
    may_record = guest.is_host and room.page.recording_notice != RecordingNotice.NOT_RECORDED
    features = {feature: str(may_record).lower() for feature in RECORDING} | dict.fromkeys(CALLING, "false")
    user = {
        "id": guest.key,
        "name": (guest.name or "Guest")[:NAME_LENGTH],
        "affiliation": "owner" if guest.is_host else "member",
        "moderator": str(guest.is_host).lower(),
    }
    return {
        "iss": settings.JITSI_APP_ID,
        "aud": settings.JITSI_APP_ID,
        "sub": urlsplit(settings.JITSI_URL).hostname or "",
        "room": room_name(room),
        "nbf": int((timezone.now() - SLOW_CLOCK).timestamp()),
        "exp": int(until.timestamp()),
        "context": {"user": user, "features": features},
    }


def signed_token(claims: Mapping[str, Any], *, secret: str) -> str:
    """``claims`` as a JSON Web Token, signed with HMAC-SHA256 (RFC 7515, RFC 7519)."""
    said = b".".join(_base64(json.dumps(part, separators=(",", ":")).encode()) for part in (HEADER, claims))
    return b".".join((said, _base64(hmac.digest(secret.encode(), said, hashlib.sha256)))).decode()


def room_name(room: Room) -> str:
    """The room's name at the server: tells nobody which event it is, and cannot be guessed."""
    return hmac.digest(settings.JITSI_APP_SECRET.encode(), room.pk.bytes, hashlib.sha256).hex()[:40]


def _base64(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")
