"""What organisers see of rooms: which events have one, and which failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from events.joining import opens_at
from events.models import EventPage, EventStatus, Room
from supporters.models.one_action import originals

SHOWN_AFTER_END: Final = timedelta(days=1)


@dataclass(frozen=True)
class RoomRow:
    """One event to come; ``room`` is None where none is set up yet."""

    event: EventPage
    room: Room | None
    opens_at: datetime | None


def upcoming_rooms() -> list[RoomRow]:
    """Every event to come, or just over, that takes place; the next one first."""
    after = timezone.now() - SHOWN_AFTER_END
    taking_place = EventPage.objects.filter(ends_at__gt=after).exclude(status=EventStatus.CANCELLED)
    events = originals(taking_place).order_by("starts_at")
    rooms = {room.page_id: room for room in Room.objects.filter(page__in=events)}
    rows = [(event, rooms.get(event.pk)) for event in events]
    return [RoomRow(event, room, opens_at(event, room) if room else None) for event, room in rows]
