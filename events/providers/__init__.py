"""Who runs the rooms. Each provider is a small module behind one interface; see base."""

from typing import Final

from events.models import Provider, Room
from events.providers.base import EnrollingProvider, ProviderTrouble, RoomProvider, TryAgain
from events.providers.bigbluebutton import BigBlueButton
from events.providers.jitsi import Jitsi
from events.providers.link import PlainLink
from events.providers.zoom import Zoom

PROVIDERS: Final[dict[str, RoomProvider]] = {
    Provider.LINK: PlainLink(),
    Provider.BIGBLUEBUTTON: BigBlueButton(),
    Provider.JITSI: Jitsi(),
    Provider.ZOOM: Zoom(),
}

__all__ = ["PROVIDERS", "EnrollingProvider", "ProviderTrouble", "RoomProvider", "TryAgain", "provider_of"]


def provider_of(room: Room) -> RoomProvider:
    """Who runs ``room``."""
    return PROVIDERS[room.provider]
