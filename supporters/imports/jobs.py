"""The three things the worker does with an uploaded file, and what becomes of the job when one fails."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from supporters.audit import record_audit
from supporters.crypto.envelope import TamperedValue
from supporters.imports.errors import BROKEN, UnreadableFile
from supporters.imports.running import Overtaken, Progress, no_progress, preview, write
from supporters.imports.undoing import take_back
from supporters.long_jobs import Interrupted
from supporters.models import ImportJob, ImportState
from supporters.permissions import IMPORT_SUPPORTERS
from supporters.private_files import delete_file

logger = logging.getLogger("parasol.imports")

FOLDER: Final = "imports"
UNDO_DAYS: Final = 30
NOT_ALLOWED: Final = "Whoever asked for this may no longer bring in supporters."
OUR_FAULT: Final = "Something went wrong on our side. Try again, and tell whoever looks after the site."


def run_check(job_id: UUID, *, by_shell: bool = False, progress: Progress = no_progress) -> None:
    """See what the file would change; nothing is changed."""
    with _settled(job_id):
        _ask_again(job_id, by_shell=by_shell)
        preview(job_id, progress=progress)


def run_apply(job_id: UUID, *, by_shell: bool = False, progress: Progress = no_progress) -> None:
    """Change what the file changes, delete the file, and say in the audit trail how many it was."""
    with _settled(job_id):
        _ask_again(job_id, by_shell=by_shell)
        write(job_id, progress=progress)
        _finish(job_id, ImportState.APPLYING, _applied)


def run_undo(job_id: UUID, *, by_shell: bool = False, progress: Progress = no_progress) -> None:
    """Take the import back, as far as that is possible."""
    with _settled(job_id):
        _ask_again(job_id, by_shell=by_shell)
        take_back(job_id, progress=progress)
        _finish(job_id, ImportState.UNDOING, _undone)


@contextmanager
def _settled(job_id: UUID) -> Iterator[None]:
    """Let no job stay where it is for ever: what fails is marked so, with a sentence, and its file is deleted."""
    try:
        yield
    except Interrupted:
        raise
    except Overtaken:
        # Discarded meanwhile, or done by a worker that was thought dead.
        logger.info("An import was no longer to be done.")
    except (OperationalError, InterfaceError):
        # The database went away in the middle. What was committed stands, and the rest is done later.
        raise Interrupted from None
    except UnreadableFile as error:
        fail(job_id, str(error))
    except (TamperedValue, FileNotFoundError):
        fail(job_id, BROKEN)
    except Exception as error:  # noqa: BLE001
        # The text of an error may quote a row.
        logger.error("An import failed: %s.", type(error).__name__)
        fail(job_id, OUR_FAULT)


def fail(job_id: UUID, problem: str) -> None:
    """End the job, saying why. What it has changed by then can be undone."""
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        if job.state in {ImportState.DISCARDED, ImportState.APPLIED, ImportState.UNDONE}:
            return
        job.state, job.problem = ImportState.FAILED, problem
        if job.changes.exists():
            job.undo_until = job.undo_until or timezone.now() + timedelta(days=UNDO_DAYS)
        drop_file(job)
        job.save()


def drop_file(job: ImportJob) -> None:
    """Forget the key of the file, unsaved, and delete the file once that is committed."""
    name, job.file_name, job.file_key = job.file_name, "", ""
    transaction.on_commit(lambda: delete_file(name))


def _ask_again(job_id: UUID, *, by_shell: bool) -> None:
    """Whoever asked may have lost the permission since. At the shell there is nobody to ask."""
    if by_shell:
        return
    job = ImportJob.objects.select_related("requested_by").get(pk=job_id)
    if job.requested_by is None or not job.requested_by.has_perm(IMPORT_SUPPORTERS):
        raise UnreadableFile(NOT_ALLOWED)


def _finish(job_id: UUID, state: ImportState, change: Callable[[ImportJob], tuple[str, int]]) -> None:
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().filter(pk=job_id, state=state).first()
        if job is None:
            raise Overtaken
        action, count = change(job)
        drop_file(job)
        job.save()
        record_audit(actor=_actor(job), action=action, subject=str(job), count=count, purpose=job.purpose)


def _applied(job: ImportJob) -> tuple[str, int]:
    job.state, job.applied_at = ImportState.APPLIED, timezone.now()
    job.undo_until = job.applied_at + timedelta(days=UNDO_DAYS)
    return "import_applied", job.counts.get("new", 0) + job.counts.get("changed", 0)


def _undone(job: ImportJob) -> tuple[str, int]:
    job.state, job.undo_until = ImportState.UNDONE, None
    return "import_undone", job.rows_done


def _actor(job: ImportJob) -> Any:
    return job.requested_by
