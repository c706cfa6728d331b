"""The mail to organisers about a room that does not open."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.mail_kinds import ROOM_TROUBLE_MAIL
from events.models import Room
from supporters.mails import Mail, mail_writer
from supporters.models import Message


@mail_writer(ROOM_TROUBLE_MAIL, says=_("A note that the room of an event does not open"))
def room_trouble_mail(message: Message) -> Mail | None:
    """Tells what went wrong and where to set another room; nothing if the room was set anew meanwhile."""
    room = Room.objects.select_related("page").filter(pk=message.subject_id).first()
    if room is None or not room.trouble:
        return None
    return Mail(
        template="events/room_trouble",
        context={
            "title": room.page.mailed_title,
            "starts_at": room.page.local_start,
            "zone": room.page.time_zone,
            "trouble": room.trouble,
            "has_fallback": bool(room.fallback_address),
            "room_url": f"{settings.PUBLIC_ORIGIN}{reverse('rooms:set', args=[room.page_id])}",
        },
        language=settings.LANGUAGE_CODE,
    )
