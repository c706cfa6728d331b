"""Going through an uploaded file: first to see what it would change, then to change it.

Both go by the same plan for every row. A batch is one transaction with its progress in it: whoever is
killed goes on, on the next start, behind the last batch that was written.
"""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from supporters.imports.errors import NO_ROWS, UnreadableFile
from supporters.imports.ground import look_up
from supporters.imports.headings import MAY_UPDATE, Part
from supporters.imports.people_rows import PersonInFile, RowReader
from supporters.imports.planning import REPEATED, Outcome, Plan, Terms, plan_row, refuse
from supporters.imports.tables import open_table
from supporters.imports.writing import (
    CHANGES,
    MAX_PROBLEMS,
    insert_people,
    tally,
    write_plans,
    write_problems,
)
from supporters.long_jobs import check_in
from supporters.models import ConsentText, ImportJob, ImportState
from supporters.private_files import open_file

BATCH: Final = 1_000
SHOWN_EXAMPLES: Final = 10
PROGRESS_EVERY_S: Final = 1.0
# What is kept of an address, to find it again further down: no two of a million are alike in it by chance.
MARK_BYTES: Final = 12

Progress = Callable[[int], None]


class Overtaken(Exception):
    """The job is no longer what it was: discarded, or in other hands."""


def no_progress(_rows: int) -> None:
    """Nobody watches."""


def preview(job_id: UUID, *, progress: Progress = no_progress) -> None:
    """Count what the file would change, and keep its problems and ten examples. Writes to nobody's record."""
    job = _job(job_id, ImportState.CHECKING)
    job.problems.all().delete()
    terms, counts, examples, rows = terms_of(job), Counter[str](), list[dict[str, Any]](), 0
    said_at = time.monotonic()
    for batch in _batches(job, behind=0):
        check_in()
        plans = _plans(batch, terms, lock=False)
        counts += tally(plans)
        counts["problems"] += write_problems(job, plans, room=MAX_PROBLEMS - counts["problems"])
        examples += [example(plan) for plan in plans if plan.outcome in CHANGES][: SHOWN_EXAMPLES - len(examples)]
        rows = max(rows, *(person.number for person in batch))
        if time.monotonic() - said_at > PROGRESS_EVERY_S:
            _still(job_id, ImportState.CHECKING).update(rows_done=rows)
            progress(rows)
            said_at = time.monotonic()
    if not counts:
        raise UnreadableFile(NO_ROWS)
    progress(rows)
    done = _still(job_id, ImportState.CHECKING).update(
        state=ImportState.CHECKED, rows_total=rows, rows_done=0, counts={**counts, "examples": examples}
    )
    if not done:
        raise Overtaken


def write(job_id: UUID, *, progress: Progress = no_progress) -> None:
    """Change what the file changes, batch by batch, beginning behind the last one that was written."""
    job = _job(job_id, ImportState.APPLYING)
    if job.rows_done == 0:
        with transaction.atomic():
            # What the preview found is found again, in the rows as they are now.
            _still(job_id, ImportState.APPLYING).update(counts={})
            job.problems.all().delete()
    terms, rows_done = terms_of(job), job.rows_done
    for batch in _batches(job, behind=rows_done):
        check_in()
        rows_done = _write_batch(job_id, batch, terms, behind=rows_done)
        progress(rows_done)


def _write_batch(job_id: UUID, batch: list[PersonInFile], terms: Terms, *, behind: int) -> int:
    with transaction.atomic():
        job = _still(job_id, ImportState.APPLYING).select_for_update().first()
        if job is None or job.rows_done != behind:
            raise Overtaken
        now, by_number = timezone.now(), {person.number: person for person in batch}
        plans = _plans(batch, terms, lock=True)
        strangers = insert_people(plans)
        if strangers:
            # They confirmed something of their own this very moment. Now they are there, and are looked up.
            late = [plan.number for plan in plans if plan.supporter and bytes(plan.supporter.email_key) in strangers]
            plans = [plan for plan in plans if plan.number not in late]
            plans += _plans([by_number[number] for number in late], terms, lock=True)
        write_plans(job, plans, now=now)
        counts = Counter(job.counts) + tally(plans)
        counts["problems"] += write_problems(job, plans, room=MAX_PROBLEMS - counts["problems"])
        job.counts, job.rows_done = dict(counts), max(by_number)
        job.save(update_fields=["counts", "rows_done"])
        return job.rows_done


def _plans(batch: list[PersonInFile], terms: Terms, *, lock: bool) -> list[Plan]:
    now = timezone.now()
    ground = look_up([person.key for person in batch if person.key], lock=lock)
    plans = []
    for person in batch:
        if person.is_repeated:
            plans.append(refuse(person, REPEATED))
        else:
            plans.append(plan_row(person, ground, terms, now=now))
    return plans


def _batches(job: ImportJob, *, behind: int) -> Iterator[list[PersonInFile]]:
    """The people of the file, a batch at a time; those up to the row ``behind`` are only remembered."""
    with (
        open_file(job.file_name, key=job.file_key) as file,
        open_table(file) as table,
    ):
        people = _people(RowReader(table.headings, job.mapping), table.rows, behind)
        while batch := list(itertools.islice(people, BATCH)):
            yield batch


def _people(reader: RowReader, rows: Iterator[tuple[int, list[str]]], behind: int) -> Iterator[PersonInFile]:
    seen: set[bytes] = set()
    for number, cells in rows:
        if number <= behind:
            _, key = reader.address_in(cells)
            if key:
                seen.add(key[:MARK_BYTES])
            continue
        person = reader.read(number, cells)
        mark = person.key[:MARK_BYTES]
        person.is_repeated = bool(mark) and mark in seen
        if mark:
            seen.add(mark)
        yield person


def terms_of(job: ImportJob) -> Terms:
    """What was decided for the file of ``job``."""
    text = job.consent_text
    newest = ConsentText.objects.filter(published_at__isnull=False).order_by("published_at")
    words = {known.purpose: known.pk for known in newest}
    if text is not None:
        words[text.purpose] = text.pk
    updated = {Part(column["part"]) for column in job.mapping.values() if column["update"]} & MAY_UPDATE
    if updated & {Part.FIRST_NAME, Part.LAST_NAME}:
        updated.add(Part.NAME)
    return Terms(
        uploaded_at=job.created_at,
        text_id=text.pk if text else None,
        purpose=text.purpose if text else "",
        words=words,
        update=frozenset(part.value for part in updated),
    )


def example(plan: Plan) -> dict[str, Any]:
    """What would happen to one person, without a word of what they are called or where they live."""
    fields = {
        Part(name).label: "changed" if plan.before.get(name) else "filled"
        for name, value in plan.after.items()
        if value
    }
    fields |= {Part(name).label: "kept" for name in sorted(plan.kept)}
    fields |= {Part(answer.purpose).label: answer.choice for answer in plan.answers}
    if plan.stops:
        fields["Mail to this address"] = "stopped"
    return {"row": plan.number, "is_new": plan.outcome == Outcome.NEW, "fields": fields}


def _job(job_id: UUID, state: ImportState) -> ImportJob:
    job = _still(job_id, state).select_related("consent_text").first()
    if job is None:
        raise Overtaken
    return job


def _still(job_id: UUID, state: ImportState) -> "Any":
    return ImportJob.objects.filter(pk=job_id, state=state)
