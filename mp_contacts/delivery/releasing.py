"""Letters whose turn it is, on their way into the outbox."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from mp_contacts.delivery.pacing import SPREAD, WINDOW, share_at, turns_now
from mp_contacts.delivery.reflecting import reaches_members, recipient_for
from mp_contacts.delivery.return_address import new_token
from mp_contacts.delivery.returning import return_letter
from mp_contacts.mail_kinds import OFFICE_MAIL
from mp_contacts.models import Letter, LetterSettings, LetterStage
from mp_contacts.selectors import obstacle_of
from supporters.outbox import queue_message

BATCH: Final = 200
REFLECTED_PER_HOUR: Final = 3600.0
RELEASING_LOCK: Final = 7_205_006  # any number that differs from the other advisory locks
OTHER_MEMBER: Final = "other_member"
"""Why a letter came back whose member no longer holds the seat of its writer: it is for nobody else."""

# Of each member, the first so many in the order in which they were confirmed, those of the longest wait first.
FIRST_IN_LINE = """
SELECT id FROM (
    SELECT id, confirmed_at, row_number() OVER (PARTITION BY member_id ORDER BY confirmed_at, id) AS place,
        turns.number AS turns
    FROM mp_contacts_letter
    JOIN unnest(%(members)s::bigint[], %(numbers)s::int[]) AS turns (member, number) ON turns.member = member_id
    WHERE stage = 'queued' AND (due_at IS NULL OR due_at <= %(at)s)
) AS lines
WHERE place <= turns
ORDER BY confirmed_at, id
"""
RECENT = """
SELECT letter.member_id, count(*), max(message.created_at)
FROM supporters_message AS message JOIN mp_contacts_letter AS letter ON letter.id = message.subject_id
WHERE message.created_at > %s AND message.kind = %s
GROUP BY letter.member_id
"""


@dataclass(frozen=True)
class Recent:
    """What left for one member within WINDOW."""

    number: int
    last: datetime | None


def release_due(*, at: datetime | None = None, chance: random.Random | None = None) -> int:
    """Hand over every letter whose turn it is; how many left the queue, into the outbox or back to their writers.

    Any number of workers may call this: while one is at it, the others have nothing to do. ``at`` is the database's
    now, unless it is given.
    """
    with _alone() as is_alone:
        if not is_alone or LetterSettings.load().is_dissolved:
            return 0
        at = at or _now()
        letters = _first_in_line(_turns(at, chance or random.SystemRandom()), at)
        return sum(_release(letters[start : start + BATCH]) for start in range(0, len(letters), BATCH))


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other worker hands letters over. Two that count at once would both see the last place of an hour.

    The lock is the connection's: with a worker that is killed it is gone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [RELEASING_LOCK])
        [is_alone] = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [RELEASING_LOCK])


def _now() -> datetime:
    """The database's clock, which all workers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        [now] = cursor.fetchone()
        return cast("datetime", now)


def _turns(at: datetime, chance: random.Random) -> dict[int, int]:
    """How many letters may leave now, by member."""
    is_due = Q(due_at=None) | Q(due_at__lte=at)
    waiting = Letter.objects.filter(is_due, stage=LetterStage.QUEUED).order_by().values_list("member_id").distinct()
    # Where letters are reflected there is no office to be spared.
    per_hour = settings.LETTERS_PER_MEMBER_PER_HOUR * share_at(at) if reaches_members() else REFLECTED_PER_HOUR
    recent = _recent(at)
    turns = {}
    for (member,) in waiting:
        left = recent[member]
        turns[member] = turns_now(
            per_hour=per_hour,
            recent=left.number,
            since_last=at - left.last if left.last else None,
            chance=chance,
        )
    return {member: number for member, number in turns.items() if number}


def _recent(at: datetime) -> Mapping[int, Recent]:
    found: defaultdict[int, Recent] = defaultdict(lambda: Recent(0, None))
    with connection.cursor() as cursor:
        cursor.execute(RECENT, [at - WINDOW, OFFICE_MAIL])
        found.update({member: Recent(number, last) for member, number, last in cursor.fetchall()})
    return found


def _first_in_line(turns: Mapping[int, int], at: datetime) -> list[UUID]:
    if not turns:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FIRST_IN_LINE, {"members": list(turns), "numbers": list(turns.values()), "at": at})
        return [letter for (letter,) in cursor.fetchall()]


@transaction.atomic
def _release(ids: Sequence[UUID]) -> int:
    """Hand over those of ``ids`` that still wait, each with a return address of its own."""
    letters = list(
        Letter.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk__in=ids, stage=LetterStage.QUEUED)
        .select_related("member")
        .defer("name", "email", "postcode", "address", "subject", "body", "fingerprint")
        .order_by("confirmed_at", "pk")
    )
    stopped = [letter for letter in letters if _give_back(letter)]
    leaving = [letter for letter in letters if letter not in stopped]
    for letter in leaving:
        letter.stage, letter.due_at = LetterStage.SENDING, None
        letter.return_token, letter.tries = new_token(), letter.tries + 1
    Letter.objects.bulk_update(leaving, ["stage", "due_at", "return_token", "tries"])
    for letter in leaving:
        wait = SPREAD * random.random() if reaches_members() else timedelta()  # noqa: S311  (nobody's secret)
        queue_message(kind=OFFICE_MAIL, subject_id=letter.pk, recipient=recipient_for(letter.member), wait=wait)
    return len(letters)


def _give_back(letter: Letter) -> bool:
    """Return a letter that can never leave; False for one that may leave now."""
    if letter.member.constituency_id != letter.constituency_code:
        return return_letter(letter.pk, why=OTHER_MEMBER)
    # A dissolution is over one day, and is asked about again when the mail is put together.
    obstacle = obstacle_of(letter.member)
    return obstacle is not None and return_letter(letter.pk, why=obstacle.value)
