"""Writing down what was planned for a batch, with one statement a table."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from psycopg.types.json import Json

from supporters.imports.bulk import field_of, insert_rows, stored
from supporters.imports.people_rows import Problem
from supporters.imports.planning import Outcome, Plan
from supporters.models import ConsentRecord, ImportChange, ImportJob, ImportProblem, Supporter, Suppression
from supporters.suppression import suppress

METHOD: Final = "import"
MAX_PROBLEMS: Final = 10_000
"""Of one import are kept; a file with more is wrong as a whole."""
MESSAGE_LENGTH: Final = 200

# One row of arrays a column, so that a thousand people are one statement. Ciphertext is bound to its row.
COLUMNS: Final = {
    "name": "bytea",
    "name_key": "bytea",
    "phone": "bytea",
    "phone_key": "bytea",
    "postcode": "bytea",
    "postcode_key": "bytea",
    "country": "text",
    "constituency_code": "text",
    "language": "text",
    "source": "text",
    "updated_at": "timestamptz",
}
# What of a new person, of a change and of an answer is written; the database fills in the rest.
PERSON: Final = (
    *("id", "email_key", "mailbox_key", "name_key", "phone_key", "postcode_key", "name", "email", "phone", "postcode"),
    *("country", "constituency_code", "language", "source", "created_at", "updated_at", "last_act_at"),
)
CHANGE: Final = ("id", "job", "supporter", "row_number", "is_new", "before", "after", "consent_ids")
ANSWER: Final = ("supporter", "text", "choice", "method", "actor", "note", "asked_at")
UPDATE: Final = f"""
UPDATE supporters_supporter s SET {", ".join(f"{name} = n.{name}" for name in COLUMNS)}
FROM unnest(%s::uuid[], {", ".join(f"%s::{kind}[]" for kind in COLUMNS.values())}) AS n (id, {", ".join(COLUMNS)})
WHERE s.id = n.id
"""  # noqa: S608  (names of our own columns)


@dataclass(frozen=True)
class Before:
    """What was there before a batch: when people were last changed and last acted, and why and since
    when addresses were stopped.

    ``stopped_at`` is when the batch had stopped addresses itself, by the database's clock.
    """

    moments: dict[UUID, dict[str, str]]
    reasons: dict[bytes, str]
    since: dict[bytes, datetime]
    stopped_at: datetime


def insert_people(plans: Iterable[Plan]) -> set[bytes]:
    """Add the new people of ``plans``; the keys of those who were added by somebody else in the meantime."""
    new = {bytes(plan.supporter.email_key): plan.supporter for plan in plans if plan.supporter and _is_new(plan)}
    if not new:
        return set()
    # In the order of their keys, as every batch does, or two imports could wait for each other.
    now = timezone.now()
    for supporter in new.values():
        supporter.updated_at = now
    insert_rows(Supporter, [new[key] for key in sorted(new)], PERSON, ignore_conflicts=True)
    ours = Supporter.objects.filter(email_key__in=list(new)).values_list("email_key", "pk")
    return {bytes(key) for key, pk in ours if new[bytes(key)].pk != pk}


def write_plans(job: ImportJob, plans: Sequence[Plan], *, now: datetime) -> None:
    """Write everything else that ``plans`` say, and what is needed to take it back."""
    changed = {
        plan.supporter.pk: plan.supporter for plan in plans if plan.supporter and plan.after and not _is_new(plan)
    }
    stopped = {key: reason for plan in plans for key, reason in plan.stops.items()}
    held = Suppression.objects.filter(email_key__in=list(stopped)).values_list("email_key", "reason", "created_at")
    reasons = {bytes(key): reason for key, reason, _since in held}
    since = {bytes(key): created_at for key, _reason, created_at in held}
    moments = _moments(plans)
    update_people(changed.values(), now=now)
    _suppress(stopped, reasons)
    before = Before(moments=moments, reasons=reasons, since=since, stopped_at=_database_time() if stopped else now)
    records = _record_answers(job, plans)
    changes = [
        _change(job, plan, records.get(plan.number, []), before, now=now) for plan in plans if plan.outcome in CHANGES
    ]
    for change in changes:
        change.consent_ids = Json(change.consent_ids)
    insert_rows(ImportChange, changes, CHANGE)


def write_problems(job: ImportJob, plans: Iterable[Plan], *, room: int) -> int:
    """Keep the problems of ``plans``, at most ``room`` of them; how many there were."""
    found = [(plan.number, problem) for plan in plans for problem in plan.problems]
    ImportProblem.objects.bulk_create([_problem(job, number, problem) for number, problem in found[: max(0, room)]])
    return len(found)


def update_people(people: Iterable[Supporter], *, now: datetime | None = None) -> None:
    """Save the details of ``people`` who are there already; ``now`` is when they were changed, None as they say."""
    rows = [(person.pk, *_values(person, now)) for person in people]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, [list(column) for column in zip(*rows, strict=True)])


CHANGES: Final = frozenset({Outcome.NEW, Outcome.CHANGED})


def _is_new(plan: Plan) -> bool:
    return plan.outcome == Outcome.NEW


def _values(person: Supporter, now: datetime | None) -> list[Any]:
    if now is not None:
        person.updated_at = now
    return [stored(person, field_of(Supporter, name)) for name in COLUMNS]


def _suppress(stopped: dict[bytes, str], before: dict[bytes, str]) -> None:
    Suppression.objects.bulk_create(
        [Suppression(email_key=key, reason=stopped[key]) for key in sorted(stopped.keys() - before.keys())],
        ignore_conflicts=True,
    )
    for key in sorted(stopped.keys() & before.keys()):
        suppress(key, stopped[key])


def _record_answers(job: ImportJob, plans: Sequence[Plan]) -> dict[int, list[int]]:
    """Add the answers of ``plans`` to the ledger; the records' ids by the number of the row."""
    answers = [(plan, answer) for plan in plans for answer in plan.answers]
    records = [
        ConsentRecord(
            supporter=plan.supporter,
            text_id=answer.text_id,
            choice=answer.choice,
            method=METHOD,
            actor_id=job.requested_by_id,
            note=f"Import {str(job.pk)[:8]}",
            asked_at=answer.asked_at,
        )
        for plan, answer in answers
    ]
    waiting: dict[tuple[object, ...], list[int]] = {}
    for pk, *what in insert_rows(ConsentRecord, records, ANSWER, returning=("id", "supporter_id", "text_id", "choice")):
        waiting.setdefault(tuple(what), []).append(pk)
    ids: dict[int, list[int]] = {}
    for (plan, answer), record in zip(answers, records, strict=True):
        ids.setdefault(plan.number, []).append(waiting[record.supporter_id, answer.text_id, answer.choice].pop(0))
    return ids


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _moments(plans: Sequence[Plan]) -> dict[UUID, dict[str, str]]:
    """When each person of ``plans`` was last changed and last did something, before the batch."""
    return {
        plan.supporter.pk: {
            "updated_at": plan.supporter.updated_at.isoformat() if plan.supporter.updated_at else "",
            "last_act_at": plan.supporter.last_act_at.isoformat(),
        }
        for plan in plans
        if plan.supporter
    }


def _change(job: ImportJob, plan: Plan, consent_ids: list[int], before: Before, *, now: datetime) -> ImportChange:
    """What undoing needs: the details before and after, and beside them what else was written."""
    person = plan.supporter
    if person is None:
        raise ValueError("A change is about somebody.")
    earlier = {
        "details": plan.before,
        "stops": {key.hex(): before.reasons.get(key, "") for key in plan.stops},
        "stopped_since": {key.hex(): before.since[key].isoformat() for key in plan.stops if key in before.since},
        **before.moments[person.pk],
    }
    later = {
        "details": plan.after,
        "stops": {key.hex(): reason for key, reason in plan.stops.items()},
        "written_at": now.isoformat(),
        "stopped_at": before.stopped_at.isoformat(),
    }
    return ImportChange(
        job=job,
        supporter=person,
        row_number=plan.number,
        is_new=_is_new(plan),
        before=json.dumps(earlier, ensure_ascii=False),
        after=json.dumps(later, ensure_ascii=False),
        consent_ids=consent_ids,
    )


def _problem(job: ImportJob, number: int, problem: Problem) -> ImportProblem:
    return ImportProblem(job=job, row_number=number, column=problem.heading, message=problem.message[:MESSAGE_LENGTH])


def tally(plans: Iterable[Plan]) -> Counter[str]:
    """How many of each outcome."""
    counts: Counter[str] = Counter()
    for plan in plans:
        counts[plan.outcome.value] += 1
        counts.update(plan.counts)
    return counts
