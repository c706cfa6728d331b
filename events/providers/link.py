"""A link of the organisers' own: nothing about anybody leaves this site, and nothing is known of who is inside."""

from datetime import datetime

from events.models import Room
from events.providers.base import Guest, ProviderTrouble


class PlainLink:
    """See events.providers.base.RoomProvider."""

    def check(self) -> str:
        return ""

    def look_over(self, room: Room) -> list[str]:
        return [] if room.address else ["The room has no address yet."]

    def way_in(self, room: Room, guest: Guest, *, until: datetime) -> str:
        if not room.address:
            raise ProviderTrouble("The room has no address yet.")
        return room.address

    def number_inside(self, room: Room) -> int | None:
        return None
