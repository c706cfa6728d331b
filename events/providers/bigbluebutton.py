"""BigBlueButton 2.7 and later, by its API (docs.bigbluebutton.org/development/api).

A call is a name, a query and a checksum of both with a secret that both sides know. Rooms are made when somebody comes:
an unused one is gone after five minutes. Nobody is named to the server but under the name they chose.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

import requests
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings

from events.models import Room
from events.providers.asking import ask
from events.providers.base import Guest, ProviderTrouble

NAME: Final = "BigBlueButton"
TIMEOUTS_S: Final = (3.0, 6.0)
"""To connect, and to wait for each piece of an answer: somebody stands at the door."""
NAME_LENGTH: Final = 64
NOT_FOUND: Final = "notFound"
LONGEST_NUMBER: Final = 6  # digits

# What a room for people at risk has to be: nobody is listed, seen or heard unless a moderator lets them.
SAFE_ROOM: Final[dict[str, str]] = {
    "record": "false",
    "guestPolicy": "ALWAYS_ACCEPT",
    "muteOnStart": "true",
    "allowModsToUnmuteUsers": "false",
    "webcamsOnlyForModerator": "true",
    "lockSettingsDisableCam": "true",
    "lockSettingsDisableMic": "false",
    "lockSettingsDisablePrivateChat": "true",
    "lockSettingsHideUserList": "true",
    "lockSettingsLockOnJoin": "true",
    "meetingKeepEvents": "false",
    "endWhenNoModerator": "false",
    "notifyRecordingIsOn": "true",
    "disabledFeatures": "learningDashboard,sharedNotes,polls,screenshare",
}


def signed_query(call: str, parameters: Mapping[str, str], *, secret: str) -> str:
    """The query of ``call`` with its checksum: SHA-256 of the call's name, the query as it is sent, and the secret."""
    query = urlencode(parameters)
    checksum = hashlib.sha256(f"{call}{query}{secret}".encode()).hexdigest()
    return f"{query}&checksum={checksum}" if query else f"checksum={checksum}"


class BigBlueButton:
    """See events.providers.base.RoomProvider."""

    def check(self) -> str:
        return "" if settings.BBB_URL and settings.BBB_SECRET else "Set BBB_URL and BBB_SECRET."

    def look_over(self, room: Room) -> list[str]:
        # That it answers, with a checksum of ours, is all there is to know of a room that is made when somebody comes.
        self.number_inside(room)
        return []

    def way_in(self, room: Room, guest: Guest, *, until: datetime) -> str:
        made = self._ask(
            "create",
            {
                "meetingID": meeting_id(room),
                # Not the title: the server's staff need not know what is talked about.
                "name": "Event",
                "logoutURL": f"{settings.PUBLIC_ORIGIN}/",
                **SAFE_ROOM,
            },
        )
        parameters = {
            "meetingID": meeting_id(room),
            "fullName": (guest.name or "Guest")[:NAME_LENGTH],
            "role": "MODERATOR" if guest.is_host else "VIEWER",
            "userID": guest.key,
            # The link works for this run of the room and no other.
            "createTime": _text(made, "createTime"),
            "excludeFromDashboard": "true",
        }
        return self._address("join", parameters)

    def number_inside(self, room: Room) -> int | None:
        # It answers with a list of names as well; none of it is looked at or kept.
        answer = self._ask("getMeetingInfo", {"meetingID": meeting_id(room)}, may_be_missing=True)
        inside = _text(answer, "participantCount") if answer is not None else "0"
        if not (inside.isascii() and inside.isdigit()):
            raise ProviderTrouble(f"{NAME} gave an answer that cannot be read.")
        return int(inside[:LONGEST_NUMBER])

    def _address(self, call: str, parameters: Mapping[str, str]) -> str:
        if problem := self.check():
            raise ProviderTrouble(problem)
        return f"{settings.BBB_URL.rstrip('/')}/api/{call}?{signed_query(call, parameters, secret=settings.BBB_SECRET)}"

    def _ask(self, call: str, parameters: Mapping[str, str], *, may_be_missing: bool = False) -> Any:
        answer = self._read(self._address(call, parameters))
        if _text(answer, "returncode") == "SUCCESS":
            return answer
        key = _text(answer, "messageKey")
        if may_be_missing and key == NOT_FOUND:
            return None
        # The key is one of a fixed list; the message beside it may quote what was sent.
        raise ProviderTrouble(f"BigBlueButton refused to {call} ({key[:40] if key.isalnum() else 'no reason given'}).")

    def _read(self, address: str) -> Element:
        answer = ask("GET", address, who=NAME, patience_s=TIMEOUTS_S)
        if answer.status != requests.codes.ok:
            raise ProviderTrouble(f"{NAME} answered with the status {answer.status}.")
        try:
            return fromstring(answer.content)
        except (ParseError, DefusedXmlException, ValueError, LookupError):  # the last: an encoding that there is not
            raise ProviderTrouble("BigBlueButton gave an answer that cannot be read.") from None


def meeting_id(room: Room) -> str:
    """The room's name at the server: tells nobody which event it is, and cannot be guessed."""
    return hmac.digest(settings.BBB_SECRET.encode(), room.pk.bytes, hashlib.sha256).hex()


def _text(answer: Element, name: str) -> str:
    return (answer.findtext(name) or "").strip()
