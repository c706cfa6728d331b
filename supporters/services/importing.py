"""Bringing supporters in from a file: upload, look at what would change, confirm, and take back."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from supporters import tasks
from supporters.audit import record_audit
from supporters.imports.errors import EMPTY, MAX_BYTES, TOO_LARGE, UnreadableFile
from supporters.imports.headings import Mapping, mapping_problems, recognise
from supporters.imports.jobs import FOLDER, drop_file
from supporters.imports.tables import open_table
from supporters.models import ConsentText, ImportJob, ImportState
from supporters.permissions import IMPORT_SUPPORTERS
from supporters.private_files import StoredFile, delete_file, open_file, store_file
from supporters.services.consent import publish_consent_text

WAITING: Final = (ImportState.UPLOADED, ImportState.CHECKED)
CAN_BE_DISCARDED: Final = (*WAITING, ImportState.CHECKING)
CAN_BE_UNDONE: Final = (ImportState.APPLIED, ImportState.FAILED)


class NotNow(Exception):
    """The import is not where this could be done; the text says so, for whoever tried."""


def begin_import(*, actor: AbstractBaseUser | None, upload: Iterable[bytes], purpose: str) -> ImportJob:
    """Put an uploaded file away, locked, and read its headings. Nobody's record is touched.

    ``actor`` is None at the shell. Raises UnreadableFile, and then keeps nothing.
    """
    _ask(actor)
    job = ImportJob(requested_by_id=actor.pk if actor else None, purpose=purpose)
    stored = store_file(f"{FOLDER}/{job.pk}", _measured(upload))
    try:
        if not stored.size:
            raise UnreadableFile(EMPTY)
        job.file_format, job.headings = _headings(stored)
        job.mapping = recognise(job.headings)
        job.file_name, job.file_key = stored.name, stored.key
        with transaction.atomic():
            job.save(force_insert=True)
            record_audit(actor=actor, action="import_uploaded", subject=str(job), purpose=purpose)
    except BaseException:
        delete_file(stored.name)
        raise
    return job


def check_import(
    *,
    job: ImportJob,
    actor: AbstractBaseUser | None,
    mapping: Mapping,
    consent_text: ConsentText | None = None,
    in_background: bool = True,
) -> ImportJob:
    """Have the worker see what the file would change, read by ``mapping``. Nothing is changed.

    Raises NotNow for a job that is not waiting, ValueError with a sentence for a mapping that does not do.
    """
    for problem in mapping_problems(mapping):
        raise ValueError(problem)

    def settle(current: ImportJob) -> None:
        current.mapping, current.consent_text, current.rows_done, current.counts = dict(mapping), consent_text, 0, {}

    task = tasks.check_import if in_background else None
    return _step(
        job,
        actor,
        states=WAITING,
        to=ImportState.CHECKING,
        action="import_checked",
        task=task,
        settle=settle,
    )


def apply_import(*, job: ImportJob, actor: AbstractBaseUser | None, in_background: bool = True) -> ImportJob:
    """Confirm what was looked at: have the worker write it. From here on the words of the consent are fixed."""

    def settle(current: ImportJob) -> None:
        current.rows_done = 0
        if current.consent_text is not None:
            publish_consent_text(current.consent_text)

    task = tasks.apply_import if in_background else None
    return _step(
        job,
        actor,
        states=(ImportState.CHECKED,),
        to=ImportState.APPLYING,
        action="import_confirmed",
        task=task,
        settle=settle,
    )


def undo_import(*, job: ImportJob, actor: AbstractBaseUser | None, in_background: bool = True) -> ImportJob:
    """Have the worker take the import back, within 30 days. What people did since stays."""

    def settle(current: ImportJob) -> None:
        if current.undo_until is None or current.undo_until < timezone.now():
            raise NotNow("This import can no longer be undone.")
        current.rows_done = 0

    task = tasks.undo_import if in_background else None
    return _step(
        job, actor, states=CAN_BE_UNDONE, to=ImportState.UNDOING, action="import_undo_asked", task=task, settle=settle
    )


def discard_import(*, job: ImportJob, actor: AbstractBaseUser | None) -> ImportJob:
    """Delete the file without having taken anything over."""
    return _step(
        job,
        actor,
        states=CAN_BE_DISCARDED,
        to=ImportState.DISCARDED,
        action="import_discarded",
        task=None,
        settle=drop_file,
    )


def _step(
    job: ImportJob,
    actor: AbstractBaseUser | None,
    *,
    states: tuple[ImportState, ...],
    to: ImportState,
    action: str,
    task: Any,
    settle: Callable[[ImportJob], None],
) -> ImportJob:
    """Move ``job`` from one of ``states`` on, in the name of ``actor``; the worker hears of it if that is committed."""
    _ask(actor)
    with transaction.atomic():
        current = ImportJob.objects.select_for_update(of=("self",)).select_related("consent_text").get(pk=job.pk)
        if current.state not in states:
            raise NotNow(f"This cannot be done now. Where it stands: {current.get_state_display()}.")
        settle(current)
        current.state, current.problem = to, ""
        if actor is not None:
            current.requested_by_id = actor.pk
        current.save()
        if task is not None:
            task.defer(job_id=str(current.pk))
        count = current.counts.get("new", 0) + current.counts.get("changed", 0)
        record_audit(actor=actor, action=action, subject=str(current), count=count, purpose=current.purpose)
    return current


def _ask(actor: AbstractBaseUser | None) -> None:
    if actor is not None and not actor.has_perm(IMPORT_SUPPORTERS):  # type: ignore[attr-defined]
        raise PermissionDenied


def _measured(upload: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in upload:
        size += len(piece)
        if size > MAX_BYTES:
            raise UnreadableFile(TOO_LARGE)
        yield piece


def _headings(stored: StoredFile) -> tuple[str, list[str]]:
    with open_file(stored.name, key=stored.key) as file, open_table(file) as table:
        return table.kind, table.headings
