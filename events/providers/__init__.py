"""Who runs the rooms. Each provider is a small module behind one interface; see base."""

from typing import Final

from events.models import Provider, Room
from events.providers.base import ProviderTrouble, RoomProvider
from events.providers.bigbluebutton import BigBlueButton
from events.providers.link import PlainLink

PROVIDERS: Final[dict[str, RoomProvider]] = {Provider.LINK: PlainLink(), Provider.BIGBLUEBUTTON: BigBlueButton()}

__all__ = ["PROVIDERS", "ProviderTrouble", "RoomProvider", "provider_of"]


def provider_of(room: Room) -> RoomProvider:
    """Who runs ``room``; raises ProviderTrouble for a provider that nothing here can talk to."""
    try:
        return PROVIDERS[room.provider]
    except KeyError:
        raise ProviderTrouble(f"Rooms of {room.get_provider_display()} cannot be opened from here.") from None
