"""How many were in a room at once, as its provider counts. Nobody is named, and nothing but the highest number kept."""

from datetime import timedelta
from typing import Final

from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from events.joining import closes_at, opens_at
from events.models import EventStatus, EventTotals, Room
from events.providers import ProviderTrouble, provider_of
from events.room_trouble import note_trouble

# No door is open longer than this before the start or after the end: minutes are small integers.
LONGEST_OPEN: Final = timedelta(minutes=32_767)


def count_inside() -> int:
    """Ask about every room whose door is open; how many could tell.

    A provider that does not answer is noticed here at the latest, before people stand at the door.
    """
    now = timezone.now()
    near = Room.objects.filter(
        page__starts_at__lt=now + LONGEST_OPEN, page__ends_at__gt=now - LONGEST_OPEN, page__live=True
    ).exclude(page__status=EventStatus.CANCELLED)
    is_open = [
        room for room in near.select_related("page") if opens_at(room.page, room) <= now < closes_at(room.page, room)
    ]
    return sum(_count(room) for room in is_open)


def _count(room: Room) -> bool:
    try:
        inside = provider_of(room).number_inside(room)
    except ProviderTrouble as trouble:
        note_trouble(room, trouble)
        return False
    if inside is None:
        return False
    EventTotals.objects.filter(page=room.page_id).update(peak=Greatest(Coalesce("peak", 0), inside))
    return True
