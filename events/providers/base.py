"""What the site asks of whoever runs a room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from events.models import Room


class ProviderTrouble(Exception):
    """The provider did not do its part. The text is a sentence for an organiser and quotes nobody."""


class TryAgain(ProviderTrouble):
    """Nothing is wrong: it only takes a moment. No organiser needs to hear of it."""


@dataclass(frozen=True)
class Guest:
    """Somebody at the door: the name they chose, and what tells them apart from others of that name for this event.

    ``key`` is no address and no id of ours. ``own_address`` is what an enrolling provider gave for them beforehand.
    """

    name: str
    key: str
    is_host: bool = False
    own_address: str = ""


@dataclass(frozen=True)
class Enrolled:
    """What an enrolling provider knows somebody by, and the address that is for them alone."""

    outside_id: str
    address: str


class RoomProvider(Protocol):
    """One way of running rooms. Called when somebody presses the button, with a few seconds of patience."""

    def check(self) -> str:
        """A sentence on what is missing in the settings; empty when it can be used."""

    def look_over(self, room: Room) -> list[str]:
        """Sentences on what should be otherwise with ``room``, as the provider says now. Raises ProviderTrouble."""

    def way_in(self, room: Room, guest: Guest, *, until: datetime) -> str:
        """The address that lets ``guest`` into ``room``, good until ``until`` where the provider can say so.

        Raises ProviderTrouble.
        """

    def number_inside(self, room: Room) -> int | None:
        """How many people are in ``room`` now, without learning who; None where nobody can tell.

        Raises ProviderTrouble.
        """


@runtime_checkable
class EnrollingProvider(RoomProvider, Protocol):
    """A provider that has to know everybody beforehand, and takes few questions about each. Asked by the worker."""

    def enrol(self, room: Room, guest: Guest) -> Enrolled:
        """Make ``guest`` known; doing it again gives the same. Raises ProviderTrouble."""

    def withdraw(self, room_number: str, *, outside_id: str, key: str) -> None:
        """See to it that the address of somebody enrolled lets nobody in any more. Raises ProviderTrouble."""
