"""What the site asks of whoever runs a room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from events.models import Room


class ProviderTrouble(Exception):
    """The provider did not let somebody in. The text is a sentence for an organiser and quotes nobody."""


@dataclass(frozen=True)
class Guest:
    """Somebody at the door: the name they chose, and what tells them apart from others of that name for this event.

    ``key`` is no address and no id of ours.
    """

    name: str
    key: str
    is_host: bool = False


class RoomProvider(Protocol):
    """One way of running rooms. Called when somebody presses the button, with a few seconds of patience."""

    def check(self) -> str:
        """A sentence on what is missing in the settings; empty when it can be used."""

    def way_in(self, room: Room, guest: Guest, *, until: datetime) -> str:
        """The address that lets ``guest`` into ``room``, good until ``until`` where the provider can say so.

        Raises ProviderTrouble.
        """

    def number_inside(self, room: Room) -> int | None:
        """How many people are in ``room`` now, without learning who; None where nobody can tell.

        Raises ProviderTrouble.
        """
