"""Zoom webinars, by a server-to-server OAuth app (developers.zoom.us/docs/api).

Zoom makes an address for each person who is registered with it, and takes no more than three such calls a day for one
e-mail address: so everybody with a seat is enrolled once, by the worker, and the address is kept. Zoom is told the
name they chose and an e-mail address that leads nowhere; never the one that is theirs.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from events.models import RecordingNotice, Room
from events.providers.base import Enrolled, Guest, ProviderTrouble, TryAgain
from events.providers.zoom_api import NAME, ZoomApi
from supporters.sending_domain import sending_domain

NAME_LENGTH: Final = 64
APPROVED_BY_HAND: Final = 1


class Zoom:
    """See events.providers.base.EnrollingProvider."""

    def __init__(self) -> None:
        self._api = ZoomApi()

    def check(self) -> str:
        wanted = (settings.ZOOM_ACCOUNT_ID, settings.ZOOM_CLIENT_ID, settings.ZOOM_CLIENT_SECRET)
        return "" if all(wanted) else "Set ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET."

    def look_over(self, room: Room) -> list[str]:
        said = self._ask("GET", f"/v2/webinars/{number_of(room.outside_id)}").get("settings")
        return list(what_is_unsafe(said if isinstance(said, dict) else {}, room))

    def way_in(self, room: Room, guest: Guest, *, until: datetime) -> str:
        if guest.is_host:
            raise ProviderTrouble("Hosts start the webinar in Zoom itself.")
        if not guest.own_address:
            raise TryAgain(f"{NAME} has not been told of somebody at the door yet.")
        return guest.own_address

    def number_inside(self, room: Room) -> int | None:
        # Zoom counts only together with a list of who is there, and that is not asked for.
        return None

    def enrol(self, room: Room, guest: Guest) -> Enrolled:
        said = self._ask(
            "POST",
            f"/v2/webinars/{number_of(room.outside_id)}/registrants",
            json={
                "email": alias(guest.key),
                "first_name": (guest.name or "Guest")[:NAME_LENGTH],
                # The webinar admits nobody by itself; see look_over.
                "auto_approve": True,
            },
        )
        outside_id, address = said.get("registrant_id"), said.get("join_url")
        if not isinstance(outside_id, str) or not isinstance(address, str) or not address.startswith("https://"):
            raise ProviderTrouble(f"{NAME} gave an answer that cannot be read.")
        return Enrolled(outside_id=outside_id, address=address)

    def withdraw(self, room_number: str, *, outside_id: str, key: str) -> None:
        self._ask(
            "PUT",
            f"/v2/webinars/{number_of(room_number)}/registrants/status",
            json={"action": "cancel", "registrants": [{"id": outside_id, "email": alias(key)}]},
        )

    def _ask(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        if problem := self.check():
            raise ProviderTrouble(problem)
        return self._api.ask(method, path, **sent)


def number_of(outside_id: str) -> str:
    """The number of a webinar, which goes into an address; raises ProviderTrouble if it is none."""
    number = "".join(outside_id.split())
    if not (number.isascii() and number.isdigit()):
        raise ProviderTrouble("The number of the Zoom webinar is not a number.")
    return number


def alias(key: str) -> str:
    """The e-mail address that Zoom is told, one for each registration. It is of our domain, and nobody's mailbox."""
    return f"guest-{key}@{sending_domain()}"


def what_is_unsafe(said: dict[str, Any], room: Room) -> Iterable[str]:
    """What in the settings of a webinar would tell on people, or let strangers in."""
    if said.get("approval_type") != APPROVED_BY_HAND:
        yield "Set the webinar's registration to manual approval, or whoever finds its page at Zoom gets in."
    # An address that leads nowhere must not be written to either.
    if said.get("registrants_confirmation_email") or said.get("registrants_email_notification"):
        yield "Switch off the webinar's own mails to registrants; this site writes to them."
    is_announced = room.page.recording_notice != RecordingNotice.NOT_RECORDED
    if said.get("auto_recording") not in {None, "none"} and not is_announced:
        yield "Switch off automatic recording, or say on the event's page that it is recorded."
