"""Writing to those registered: one mail each, which an organiser sends and nobody else is seen in."""

import json
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction

from events.mail_kinds import ORGANISER_MAIL
from events.models import EventMessage, EventPage
from events.overview import people_written_to
from supporters.audit import record_audit
from supporters.outbox import queue_message


@transaction.atomic
def send_message(
    *, page: EventPage, audience: str, subject: str, body: str, by: AbstractUser, message_id: UUID
) -> int | None:
    """Keep what an organiser wrote and queue a mail to each of ``audience``; how many.

    None when the message with this id was sent before: a form that is pressed twice sends once.
    """
    try:
        # Of two presses at once, the second waits here for the first, and fails.
        with transaction.atomic():
            written = EventMessage.objects.create(
                pk=message_id, page=page, audience=audience, subject=subject, body=body, written_by_id=by.pk
            )
    except IntegrityError:
        return None
    people = list(people_written_to(page.pk, audience).only("email"))
    about = json.dumps({"message": str(message_id)})
    for person in people:
        queue_message(kind=ORGANISER_MAIL, subject_id=person.pk, recipient=person.email or "", body=about)
    record_audit(actor=by, action="message_registrants", subject=f"{written}: {page.title}", count=len(people))
    return len(people)
