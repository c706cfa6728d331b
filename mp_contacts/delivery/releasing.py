"""Letters whose turn it is, on their way into the outbox."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

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
OTHER_MEMBER: Final = "other_member"
"""Why a letter came back whose member no longer holds the seat of its writer: it is for nobody else."""

# Of each member, the first so many in the order in which they were confirmed, those of the longest wait first.
FIRST_IN_LINE = """
SELECT id FROM (
    SELECT id, confirmed_at, row_number() OVER (PARTITION BY member_id ORDER BY confirmed_at, id) AS place,
        turns.number AS turns
    FROM mp_contacts_letter
    JOIN unnest(%(members)s::bigint[], %(numbers)s::int[]) AS turns (member, number) ON turns.member = member_id
    WHERE stage = 'queued' AND (due_at IS NULL OR due_at <= statement_timestamp())
) AS lines
WHERE place <= turns
ORDER BY confirmed_at, id
"""
RECENT = """
SELECT letter.member_id, count(*), max(message.created_at)
FROM supporters_message AS message JOIN mp_contacts_letter AS letter ON letter.id = message.subject_id
WHERE message.created_at > statement_timestamp() - make_interval(secs => %s) AND message.kind = %s
GROUP BY letter.member_id
"""


@dataclass(frozen=True)
class Recent:
    """What left for one member within WINDOW."""

    number: int
    last: datetime | None


def release_due(*, at: datetime | None = None, chance: random.Random | None = None) -> int:
    """Hand over every letter whose turn it is; how many left the queue, into the outbox or back to their writers.

    Any number of workers may call this: a letter that another has in hand is passed over.
    """
    at = at or timezone.now()
    if LetterSettings.load().is_dissolved:
        return 0
    turns = _turns(at, chance or random.SystemRandom())
    moved = 0
    letters = _first_in_line(turns)
    for start in range(0, len(letters), BATCH):
        moved += _release(letters[start : start + BATCH])
    return moved


def _turns(at: datetime, chance: random.Random) -> dict[int, int]:
    """How many letters may leave now, by member."""
    is_due = Q(due_at=None) | Q(due_at__lte=Now())
    waiting = Letter.objects.filter(is_due, stage=LetterStage.QUEUED).order_by().values_list("member_id").distinct()
    # Where letters are reflected there is no office to be spared.
    per_hour = settings.LETTERS_PER_MEMBER_PER_HOUR * share_at(at) if reaches_members() else REFLECTED_PER_HOUR
    recent = _recent()
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


def _recent() -> Mapping[int, Recent]:
    found: defaultdict[int, Recent] = defaultdict(lambda: Recent(0, None))
    with connection.cursor() as cursor:
        cursor.execute(RECENT, [WINDOW.total_seconds(), OFFICE_MAIL])
        found.update({member: Recent(number, last) for member, number, last in cursor.fetchall()})
    return found


def _first_in_line(turns: Mapping[int, int]) -> list[UUID]:
    if not turns:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FIRST_IN_LINE, {"members": list(turns), "numbers": list(turns.values())})
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
