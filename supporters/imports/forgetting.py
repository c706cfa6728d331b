"""When an import is forgotten: the file that nobody applied, what is needed to undo, and what was wrong with it."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Final

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from supporters.imports.jobs import FOLDER, UNDO_DAYS, drop_file, fail
from supporters.models import ImportChange, ImportJob, ImportProblem, ImportState
from supporters.private_files import delete_when_committed
from supporters.retention import retention_rule

KEEP_UNAPPLIED: Final = timedelta(days=7)
KEEP_CHANGES: Final = timedelta(days=UNDO_DAYS)
KEEP_PROBLEMS: Final = timedelta(days=30)
FINISH_UNDOING: Final = timedelta(days=1)
# Longer than any upload takes: a file is put away before its import is on record.
UPLOAD: Final = timedelta(days=1)
WAITED_TOO_LONG: Final = "Nobody confirmed this within 7 days, so the file was deleted."
NEVER_FINISHED: Final = "This was not finished within 7 days, so the file was deleted."
NEVER_UNDONE: Final = "Taking this back was not finished in time. What was not taken back by then stays."


@retention_rule(
    "imports.files_and_changes",
    what=gettext_noop("A list of people that an organiser brought in, and what it changed"),
    fields=(
        "supporters.ImportJob.file_key",
        "supporters.ImportChange.before",
        "supporters.ImportChange.after",
    ),
    until=gettext_noop(
        "a file that was uploaded has been taken over, or 7 days; what it changed, 30 days, so that it can be undone"
    ),
)
def forget_old_imports() -> int:
    """Discard files that wait too long, and drop what is kept for undoing and for mending once its time is over."""
    now = timezone.now()
    number = sum(_let_go(job) for job in _waiting_since(now - KEEP_UNAPPLIED))
    number += _end_undoing(now)
    over = Q(undo_until__lt=now) | Q(undo_until=None, created_at__lt=now - KEEP_CHANGES)
    old = ImportJob.objects.filter(over).exclude(state__in=[ImportState.APPLYING, ImportState.UNDOING])
    changes, _ = ImportChange.objects.filter(job__in=old).delete()
    problems, _ = ImportProblem.objects.filter(job__created_at__lt=now - KEEP_PROBLEMS).delete()
    _delete_what_nobody_waits_for(now)
    return number + changes + problems


def _delete_what_nobody_waits_for(now: datetime) -> None:
    """A killed process leaves a file whose key nobody has: it opens to nobody, but fills the disk."""
    private = storages["private"]
    try:
        _, found = private.listdir(FOLDER)
    except FileNotFoundError:
        return
    waited_for = set(ImportJob.objects.exclude(file_name="").values_list("file_name", flat=True))
    for name in (str(PurePosixPath(FOLDER) / file) for file in found):
        if name not in waited_for and private.get_modified_time(name) < now - UPLOAD:
            delete_when_committed(name)


def _end_undoing(now: datetime) -> int:
    """End the taking back that no worker has finished a day after it could last be asked for: its clock runs out."""
    stuck = ImportJob.objects.filter(state=ImportState.UNDOING, undo_until__lt=now - FINISH_UNDOING)
    return stuck.update(state=ImportState.FAILED, problem=NEVER_UNDONE)


def _waiting_since(moment: object) -> list[ImportJob]:
    waiting = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED, ImportState.APPLYING)
    return list(ImportJob.objects.filter(state__in=waiting, created_at__lt=moment))


def _let_go(job: ImportJob) -> bool:
    if job.state == ImportState.APPLYING:
        fail(job.pk, NEVER_FINISHED)
        return True
    with transaction.atomic():
        current = ImportJob.objects.select_for_update().filter(pk=job.pk, state=job.state).first()
        if current is None:
            return False
        current.state, current.problem = ImportState.DISCARDED, WAITED_TOO_LONG
        drop_file(current)
        current.save()
    return True
