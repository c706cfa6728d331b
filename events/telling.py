"""Telling everybody who registered that an event moved or will not take place: each once, whatever stops in between."""

from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from events.mail_kinds import CANCELLED_MAIL, CHANGED_MAIL
from events.models import EventPage, Place, Registration
from supporters.outbox import queue_message

BATCH: Final = 500
CONCERNED: Final = [Place.SEATED, Place.WAITING, Place.OFFERED]


def tell_of_changes() -> int:
    """Queue one mail for each registration that knows another time than the event's; how many."""
    untold = Registration.objects.filter(place__in=CONCERNED, mailed_sequence__lt=F("page__sequence"))
    pages = untold.filter(page__live=True, page__ends_at__gt=timezone.now()).order_by().values_list("page").distinct()
    told = 0
    for (page_id,) in pages:
        page = EventPage.objects.get(pk=page_id)
        while batch := _tell(page):
            told += batch
    return told


@transaction.atomic
def _tell(page: EventPage) -> int:
    """A batch of those who have not heard. Locked row by row, so that two workers never tell the same person."""
    untold = Registration.objects.filter(page=page, place__in=CONCERNED, mailed_sequence__lt=page.sequence)
    batch = list(untold.select_for_update(of=("self",), skip_locked=True).only("email", "page_id")[:BATCH])
    Registration.objects.filter(pk__in=[one.pk for one in batch]).update(mailed_sequence=page.sequence)
    for one in batch:
        queue_message(
            kind=CANCELLED_MAIL if page.is_cancelled else CHANGED_MAIL, subject_id=one.pk, recipient=one.email
        )
    return len(batch)
