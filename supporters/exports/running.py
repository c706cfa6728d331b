"""The job that writes an export: from the permission, asked once more, to a locked file that waits to be fetched.

It may be killed at any moment and started again. A file is offered only once it is whole and its key
is stored; until then its key is nowhere but in this process, so half a file is nothing but noise.
"""

import logging
import time
from datetime import timedelta
from typing import Final
from uuid import UUID

import django.db
import psycopg
from django.db import close_old_connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from supporters.audit import record_audit
from supporters.crypto.envelope import TamperedValue
from supporters.crypto.keyring import MissingKey
from supporters.exports.choosing import Choice
from supporters.exports.order import Order
from supporters.exports.presets import preset_named
from supporters.exports.reading import Reader
from supporters.exports.snapshot import Snapshot, snapshot
from supporters.long_jobs import Interrupted, check_in
from supporters.models import ExportJob, ExportState
from supporters.permissions import EXPORT_SENSITIVE, EXPORT_SUPPORTERS
from supporters.private_files import StoredFile, delete_file, store_file
from supporters.segments import WrongCriteria

logger = logging.getLogger("parasol.exports")

FOLDER: Final = "exports"
KEPT_FOR: Final = timedelta(days=7)
SPEAK_EVERY_S: Final = 1.0

LOST_ITS_DATABASE: Final = (
    django.db.OperationalError,
    django.db.InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)


class Refused(Exception):
    """This export must not be made; the text is for whoever asked for it."""


class _NotWanted(Exception):
    """Somebody in it was erased, or it was called off, while it was being written."""


def run_export(job_id: UUID) -> None:
    """Write the file of the job ``job_id``, unless it is over already. Raises Interrupted to be started again later.

    Only one run of a job is at work at any time, whoever else was told to do it: a lock of its own
    transaction says so, which ends with the process.
    """
    try:
        with snapshot() as ours:
            if not ours.lock(f"export {job_id}"):
                raise Interrupted
            # Begun first, and held still after that: whoever is erased meanwhile either makes this wait until
            # they are gone, or finds it running, and puts it back to the start.
            job = _begin(job_id)
            if job is not None:
                with snapshot() as held:
                    _write(job, held)
    except LOST_ITS_DATABASE as error:
        logger.warning("Export %s lost its database (%s) and starts again.", job_id, type(error).__name__)
        close_old_connections()
        raise Interrupted from None


def order_of(job: ExportJob) -> Order:
    """What ``job`` asks for; raises Refused when it is not offered any more."""
    try:
        preset = preset_named(job.preset)
    except KeyError:
        raise Refused("This kind of file is no longer offered.") from None
    return Order(
        preset=preset,
        file_format=job.file_format,
        choice=Choice(job.criteria, with_never_asked=job.with_never_asked or not preset.needs_consent),
        cell_mode=job.cell_mode,
        with_sensitive=job.with_sensitive,
        age_recipient=job.age_recipient,
    )


def file_of(job_id: UUID) -> str:
    """Where the file of a job lies. One place a job: a second run writes over what a killed one left."""
    return f"{FOLDER}/{job_id}"


def subject_of(job: ExportJob) -> str:
    """What the audit trail calls it. Holds nothing about any supporter."""
    whom = job.segment.name if job.segment else "everybody" if not job.criteria else "a choice of people"
    extras = ", with phone and postcode" if job.with_sensitive else ""
    return f"{job}: {job.preset} as {job.file_format}{extras}; {whom}"


def _write(job: ExportJob, held: Snapshot) -> None:
    try:
        _check_permission(job)
        order = order_of(job)
        reader = Reader(held, order.choice)
        job.rows_total = order.total(reader)
        record_audit(
            actor=job.requested_by,
            action="export_written",
            subject=subject_of(job),
            count=reader.count("people"),
            purpose=job.purpose,
        )
        job.save(update_fields=["rows_total"])
        stored = store_file(job.file_name, order.pieces(reader, _Progress(job)))
        _offer(job, stored)
    except _NotWanted:
        logger.info("Export %s was called off while it was written.", job.pk)
        if ExportJob.objects.filter(pk=job.pk, state=ExportState.QUEUED).exists():
            raise Interrupted from None
    except (Interrupted, *LOST_ITS_DATABASE):
        raise
    except Exception as error:  # noqa: BLE001  (whoever asked has to be told, whatever it was)
        # Not the error's text: it may quote somebody's data.
        logger.error("Export %s failed: %s.", job.pk, type(error).__name__)
        _fail(job, _sentence(error))


def _begin(job_id: UUID) -> ExportJob | None:
    begun = ExportJob.objects.filter(pk=job_id, state__in=[ExportState.QUEUED, ExportState.RUNNING]).update(
        state=ExportState.RUNNING, started_at=timezone.now(), rows_done=0, file_name=file_of(job_id)
    )
    return ExportJob.objects.select_related("requested_by", "segment").get(pk=job_id) if begun else None


def _this_run(job: ExportJob) -> QuerySet[ExportJob]:
    """The job while it is still as this run began it; nothing once it was called off, or begun anew."""
    return ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING, started_at=job.started_at)


def _check_permission(job: ExportJob) -> None:
    user = job.requested_by
    if user is None or not user.has_perm(EXPORT_SUPPORTERS):
        raise Refused("Whoever asked for this file may no longer export supporters.")
    if job.with_sensitive and not user.has_perm(EXPORT_SENSITIVE):
        raise Refused("Whoever asked for this file may no longer export phone numbers and postcodes.")


class _Progress:
    """Says once a second how far it is, on a connection of its own so that others can see it; and looks up."""

    def __init__(self, job: ExportJob) -> None:
        self._job = job
        self._done = 0
        self._spoke_at = time.monotonic()

    def __call__(self, rows: int) -> None:
        self._done += rows
        if time.monotonic() - self._spoke_at < SPEAK_EVERY_S:
            return
        check_in()
        if not _this_run(self._job).update(rows_done=self._done):
            raise _NotWanted
        self._spoke_at = time.monotonic()


@transaction.atomic
def _offer(job: ExportJob, stored: StoredFile) -> None:
    """Let the file be fetched, unless the export was called off in its last second."""
    found = _this_run(job).select_for_update().first()
    if found is None:
        delete_file(stored.name)
        raise _NotWanted
    now = timezone.now()
    found.state, found.file_key = ExportState.READY, stored.key
    found.size, found.sha256, found.rows_done = stored.size, stored.sha256, found.rows_total or 0
    found.finished_at, found.expires_at = now, now + KEPT_FOR
    found.save()


def _fail(job: ExportJob, problem: str) -> None:
    delete_file(file_of(job.pk))
    _this_run(job).update(
        state=ExportState.FAILED,
        problem=problem,
        file_name="",
        file_key=None,
        finished_at=timezone.now(),
    )


def _sentence(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, WrongCriteria):
        return "The segment asks for something that the site does not understand."
    if isinstance(error, MissingKey | TamperedValue):
        return "A stored value could not be opened with the site's keys. Tell whoever runs the site."
    if isinstance(error, OSError):
        return "The file could not be written: the disk is full or out of reach. Try again later."
    return "Something went wrong, and no file was made. Whoever runs the site finds the kind of error in the log."
