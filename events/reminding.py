"""Mails by the clock: at a week, a day, an hour and ten minutes before the start, and the day after.

Hours are elapsed time: "24 hours before" ten in the morning is nine on the day the clocks go forward. A ledger has one
row for each registration, kind and time the event was set for, so that each is sent once at most, whatever stops in
between; an event that moves is reminded of anew.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from events.mail_kinds import REMINDER_MAIL, THANKS_MAIL
from events.models import EventPage, EventStatus, Registration, ReminderKind
from supporters.outbox import queue_message

BATCH: Final = 500


@dataclass(frozen=True)
class Rule:
    """When a kind is due, how late it is still of use, and how long before somebody must have registered.

    Whoever registers shortly before it is due has just been told all of it.
    """

    lead: timedelta
    grace: timedelta
    margin: timedelta


RULES: Final[dict[ReminderKind, Rule]] = {
    ReminderKind.WEEK: Rule(timedelta(days=7), grace=timedelta(days=1), margin=timedelta(days=1)),
    ReminderKind.DAY: Rule(timedelta(days=1), grace=timedelta(hours=6), margin=timedelta(hours=3)),
    ReminderKind.HOUR: Rule(timedelta(hours=1), grace=timedelta(minutes=30), margin=timedelta(minutes=30)),
    ReminderKind.NOW: Rule(timedelta(minutes=10), grace=timedelta(minutes=10), margin=timedelta()),
    # Long enough for a recording to be there; counted from the end.
    ReminderKind.THANKS: Rule(timedelta(days=-1), grace=timedelta(days=4), margin=timedelta(days=1)),
}
# A reminder that was passed over stays on record if it was missed by less than this.
LOOK_BACK: Final = timedelta(days=5)

ENTER = """
INSERT INTO events_reminder (registration_id, kind, sequence, was_skipped)
SELECT r.id, %(kind)s, %(sequence)s, %(is_late)s OR NOT r.wants_reminders OR r.confirmed_at > %(known_before)s
FROM events_registration r
WHERE r.page_id = %(page)s AND r.place = 'seated' AND r.email IS NOT NULL AND NOT EXISTS (
    SELECT FROM events_reminder done
    WHERE done.registration_id = r.id AND done.kind = %(kind)s AND (
        -- An end that is put right afterwards is no reason to say thanks again.
        done.sequence = %(sequence)s OR done.kind = 'thanks' AND NOT done.was_skipped
    )
)
ORDER BY r.confirmed_at
LIMIT %(batch)s
ON CONFLICT DO NOTHING
RETURNING registration_id, was_skipped
"""


def due_at(page: EventPage, kind: ReminderKind) -> datetime:
    """The instant at which a mail of this ``kind`` is due."""
    begins = page.ends_at if kind == ReminderKind.THANKS else page.starts_at
    # In UTC, where a day always has 24 hours.
    return begins.astimezone(UTC) - RULES[kind].lead


def is_too_late(page: EventPage, kind: ReminderKind, now: datetime) -> bool:
    """Whether a mail of this ``kind`` would only puzzle whoever gets it now."""
    return now > due_at(page, kind) + RULES[kind].grace


def remind(*, now: datetime | None = None) -> int:
    """Queue every mail that is due, and note those that are passed over; how many were queued.

    Any number of workers may call this: the ledger's constraint decides who does it.
    """
    now = now or timezone.now()
    return sum(_remind_of(page, kind, now) for kind in RULES for page in _due_pages(kind, now))


def _due_pages(kind: ReminderKind, now: datetime) -> list[EventPage]:
    field = "ends_at" if kind == ReminderKind.THANKS else "starts_at"
    latest = now + RULES[kind].lead
    within = {f"{field}__lte": latest, f"{field}__gt": latest - LOOK_BACK}
    return list(EventPage.objects.live().exclude(status=EventStatus.CANCELLED).filter(**within))


def _remind_of(page: EventPage, kind: ReminderKind, now: datetime) -> int:
    queued = 0
    while entered := _enter(page, kind, now):
        queued += sum(not was_skipped for _id, was_skipped in entered)
        if len(entered) < BATCH:
            break
    return queued


@transaction.atomic
def _enter(page: EventPage, kind: ReminderKind, now: datetime) -> list[tuple[UUID, bool]]:
    """Enter a batch in the ledger and queue its mails, both or neither."""
    due = due_at(page, kind)
    with connection.cursor() as cursor:
        cursor.execute(
            ENTER,
            {
                "kind": kind.value,
                "sequence": page.sequence,
                "is_late": is_too_late(page, kind, now),
                "known_before": due - RULES[kind].margin,
                "page": page.pk,
                "batch": BATCH,
            },
        )
        entered: list[tuple[UUID, bool]] = cursor.fetchall()
    to_be_sent = [registration for registration, was_skipped in entered if not was_skipped]
    for registration in Registration.objects.filter(pk__in=to_be_sent).only("email"):
        queue_message(
            kind=THANKS_MAIL if kind == ReminderKind.THANKS else REMINDER_MAIL,
            subject_id=registration.pk,
            recipient=registration.email,
            body=json.dumps({"kind": kind.value, "sequence": page.sequence}),
        )
    return entered
