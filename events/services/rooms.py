"""Setting the room of an event."""

from dataclasses import dataclass, fields

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from events.enrolling import give_up
from events.models import ProviderPlace, Room
from events.places import locked_event
from supporters.audit import record_audit


@dataclass(frozen=True)
class RoomTerms:
    """What an organiser says of a room; names and meanings are those of events.models.Room."""

    provider: str
    address: str = ""
    fallback_address: str = ""
    dial_in: str = ""
    outside_id: str = ""
    opens_before: int = 15
    closes_after: int = 30


def set_room(page_id: int, terms: RoomTerms, *, by: AbstractUser) -> Room | None:
    """Give an event its room, or another one, at once and on record; None if there is no such event.

    What an old provider knew people by is given up. The audit trail does not hold where the room is.
    """
    with transaction.atomic(), locked_event(page_id) as page:
        if page is None:
            return None
        room = Room.objects.filter(page=page).first() or Room(page=page)
        if not room._state.adding and (room.provider, room.outside_id) != (terms.provider, terms.outside_id):
            give_up(ProviderPlace.objects.filter(registration__page=page).values_list("registration", flat=True))
        for field in fields(terms):
            setattr(room, field.name, getattr(terms, field.name))
        room.trouble_at, room.trouble = None, ""
        room.save()
        record_audit(actor=by, action="set_room", subject=f"{page.title}: {room.get_provider_display()}")
        return room
