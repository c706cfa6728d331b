"""The mail by which an organiser writes to those registered. Its words are the organiser's; nothing else is in it."""

import json

from django.utils.translation import gettext_lazy as _

from events.emails import event_mail
from events.mail_kinds import ORGANISER_MAIL
from events.models import EventMessage
from events.selectors import registration_by_id
from supporters.mails import Mail, mail_writer
from supporters.models import ActionState, Message


@mail_writer(ORGANISER_MAIL, is_requested=True, says=_("A message from the organisers of an event"))
def organiser_mail(message: Message) -> Mail | None:
    """What an organiser wrote; not to somebody who has cancelled meanwhile."""
    registration = registration_by_id(message.subject_id)
    written = _written(message)
    if registration is None or written is None or registration.state != ActionState.CONFIRMED:
        return None
    return event_mail("message", registration, subject=written.subject, body=written.body)


def _written(message: Message) -> EventMessage | None:
    told = json.loads(message.body or "{}").get("message")
    return EventMessage.objects.filter(pk=told).first() if told else None
