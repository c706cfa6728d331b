"""When a provider fails somebody: written down for the organisers, and told to them once an hour at most."""

import logging
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models.functions import Now

from events.mail_kinds import ROOM_TROUBLE_MAIL
from events.models import Room
from events.permissions import CHANGE_ROOMS
from supporters.models import Message
from supporters.outbox import queue_message
from supporters.permissions import holders_of

logger = logging.getLogger("parasol.events")

TOLD_AGAIN_AFTER: Final = timedelta(hours=1)
TROUBLE_LENGTH: Final = 200


def note_trouble(room: Room, trouble: Exception) -> None:
    """Keep what went wrong with ``room``, and mail everybody who may see to rooms unless they heard within the hour.

    ``trouble`` says it in a sentence that quotes nobody.
    """
    with transaction.atomic():
        # Many may stand at the door: this holds the row, and one of them has the mails written.
        Room.objects.filter(pk=room.pk).update(trouble_at=Now(), trouble=str(trouble)[:TROUBLE_LENGTH])
        about_it = Message.objects.filter(kind=ROOM_TROUBLE_MAIL, subject_id=room.pk)
        if not about_it.filter(created_at__gt=Now() - TOLD_AGAIN_AFTER).exists():
            for address in holders_of(CHANGE_ROOMS).values_list("email", flat=True):
                queue_message(kind=ROOM_TROUBLE_MAIL, subject_id=room.pk, recipient=address)
    logger.error("The room of event %d could not be opened: %s", room.page_id, trouble)
