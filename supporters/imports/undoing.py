"""Taking an import back, as far as nothing has been built on it since.

Somebody whom it brought in and who has done something since stays: they are here by their own act now. A
value is put back where it still is what the import wrote. A batch is one transaction that also drops what
it was told by, so whoever is killed goes on with what is left.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import pgtrigger
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from supporters.imports.planning import set_detail
from supporters.imports.running import Overtaken, Progress, no_progress
from supporters.imports.writing import update_people
from supporters.long_jobs import check_in
from supporters.models import ConsentRecord, ImportChange, ImportJob, ImportState, Merge, Supporter, Suppression
from supporters.retention import without_actions

BATCH: Final = 500
METHOD: Final = "import undone"
Choice = ConsentRecord.Choice
# What signing something writes as well: once somebody has acted, they told us these themselves.
TOLD_BY_ACTING: Final = frozenset({"name", "postcode", "country", "language", "constituency_code"})


@dataclass(slots=True)
class Undo:
    """One change, opened."""

    change: ImportChange
    person: Supporter
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def written_at(self) -> datetime:
        return datetime.fromisoformat(self.after["written_at"])

    @property
    def stopped_at(self) -> datetime:
        """When the import stopped addresses, by the clock of the database."""
        return datetime.fromisoformat(self.after["stopped_at"])

    @property
    def has_acted(self) -> bool:
        """Whether the person did something here since."""
        return self.person.last_act_at.isoformat() != self.before["last_act_at"]

    @property
    def was_written_to(self) -> bool:
        contacted_at = self.person.last_contacted_at
        return contacted_at is not None and contacted_at >= self.written_at


def take_back(job_id: UUID, *, progress: Progress = no_progress) -> None:
    """Undo every change of the job that is still on record, the last one first."""
    done = 0
    while True:
        check_in()
        number = _take_back_batch(job_id)
        if not number:
            return
        done += number
        progress(done)


def _take_back_batch(job_id: UUID) -> int:
    with transaction.atomic(), pgtrigger.ignore("supporters.ConsentRecord:append_only"):
        job = ImportJob.objects.select_for_update().filter(pk=job_id, state=ImportState.UNDOING).first()
        if job is None:
            raise Overtaken
        changes = list(job.changes.order_by("-row_number")[:BATCH])
        people = _locked(change.supporter_id for change in changes)
        undos = [
            Undo(change, people[change.supporter_id], json.loads(change.before), json.loads(change.after))
            for change in changes
        ]
        counts = Counter(job.counts)
        counts += _take_back_answers(undos)
        _lift(undos)
        forgotten = _forget_new(job, undos)
        counts["people_removed"] += len(forgotten)
        counts += _put_back([undo for undo in undos if undo.person.pk not in forgotten])
        ImportChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
        job.counts, job.rows_done = dict(counts), job.rows_done + len(changes)
        job.save(update_fields=["counts", "rows_done"])
        return len(changes)


def _locked(ids: Iterable[UUID]) -> dict[UUID, Supporter]:
    people = Supporter.objects.select_for_update(of=("self",)).filter(pk__in=set(ids)).order_by("pk")
    return {person.pk: person for person in people}


def _take_back_answers(undos: Sequence[Undo]) -> Counter[str]:
    """Take answers off the ledger that nothing was built on; counter those by which somebody was written to."""
    by_id = {record: undo for undo in undos for record in undo.change.consent_ids}
    ledgers = ConsentRecord.objects.filter(supporter__in={undo.person.pk for undo in by_id.values()})
    newest: dict[tuple[UUID, str], int] = {}
    records = list(ledgers.select_related("text").order_by("pk"))
    for record in records:
        if record.pk not in by_id:
            newest[record.supporter_id, record.text.purpose] = record.pk
    counts, gone, countered = Counter[str](), list[int](), list[ConsentRecord]()
    for record in records:
        undo = by_id.get(record.pk)
        if undo is None:
            continue
        if newest.get((record.supporter_id, record.text.purpose), 0) > record.pk:
            # They answered again since; that answer counts, and the one before it stays as it was given.
            counts["answers_kept"] += 1
        elif record.choice == Choice.GIVEN and undo.was_written_to:
            countered.append(_counter(record, undo.change.job_id))
            counts["answers_countered"] += 1
        else:
            gone.append(record.pk)
    ConsentRecord.objects.filter(pk__in=gone).delete()
    ConsentRecord.objects.bulk_create(countered)
    counts["answers_removed"] += len(gone)
    return counts


def _counter(record: ConsentRecord, job_id: UUID) -> ConsentRecord:
    return ConsentRecord(
        supporter_id=record.supporter_id,
        text_id=record.text_id,
        choice=Choice.WITHDRAWN,
        method=METHOD,
        note=f"Import {str(job_id)[:8]}",
        asked_at=max(timezone.now(), record.asked_at),
    )


def _lift(undos: Sequence[Undo]) -> None:
    """Lift stops that the import set and that nobody has any other reason for."""
    said_no = set(
        ConsentRecord.objects.filter(
            supporter__in={undo.person.pk for undo in undos if undo.after["stops"]},
            choice=Choice.WITHDRAWN,
            created_at__gte=min((undo.written_at for undo in undos), default=timezone.now()),
        ).values_list("supporter_id", flat=True)
    )
    for undo in undos:
        if undo.has_acted or undo.person.pk in said_no:
            continue
        for key, reason in undo.after["stops"].items():
            # Said again since, it is somebody's own word now.
            stop = Suppression.objects.filter(
                email_key=bytes.fromhex(key), reason=reason, created_at__lte=undo.stopped_at
            )
            earlier = undo.before["stops"][key]
            if earlier:
                # What was said before counts from when it was said; an older import did not note that.
                since = undo.before.get("stopped_since", {}).get(key)
                stop.update(reason=earlier, **({"created_at": datetime.fromisoformat(since)} if since else {}))
            else:
                stop.delete()


def _forget_new(job: ImportJob, undos: Sequence[Undo]) -> set[UUID]:
    """Remove people whom the import brought in and who have done nothing since; who they were."""
    idle = {
        undo.person.pk
        for undo in undos
        if undo.change.is_new
        and not undo.has_acted
        and undo.person.last_contacted_at is None
        and undo.person.merged_into_id is None
    }
    if not idle:
        return set()
    merges = Merge.objects.filter(Q(kept__in=idle) | Q(lost__in=idle), undone_at=None).values_list("kept_id", "lost_id")
    others = ImportChange.objects.filter(supporter__in=idle).exclude(job=job).values_list("supporter_id", flat=True)
    idle -= {pk for pair in merges for pk in pair} | set(others)
    alone = without_actions(Supporter.objects.filter(pk__in=idle, consents=None)).values_list("pk", flat=True)
    # A person's other rows of this file go with them: they were about nobody else.
    gone = set(alone)
    Supporter.objects.filter(pk__in=gone).delete()
    return gone


def _put_back(undos: Sequence[Undo]) -> Counter[str]:
    """Put details back that still are what the import wrote."""
    counts: Counter[str] = Counter()
    changed: dict[UUID, Supporter] = {}
    for undo in undos:
        if undo.change.is_new:
            # They stay, and so does what they are called.
            counts["people_kept"] += 1
            continue
        is_untouched = undo.person.updated_at == undo.written_at
        for name, value in undo.after["details"].items():
            if getattr(undo.person, name) != value or (undo.has_acted and name in TOLD_BY_ACTING):
                counts["values_kept"] += 1
                continue
            set_detail(undo.person, name, undo.before["details"].get(name, ""))
            counts["values_put_back"] += 1
            undo.person.updated_at = _earlier(undo) if is_untouched else timezone.now()
            changed[undo.person.pk] = undo.person
    update_people(changed.values())
    return counts


def _earlier(undo: Undo) -> datetime:
    return datetime.fromisoformat(undo.before["updated_at"])
