"""When the files of exports are gone."""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import Final

from django.core.files.storage import storages
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from supporters.exports.running import FOLDER
from supporters.models import ExportJob, ExportState
from supporters.private_files import delete_when_committed
from supporters.retention import retention_rule

# Longer than any export takes, with all its second tries.
NEVER_FINISHED: Final = timedelta(days=1)
# Longer than anybody needs to download one.
DOWNLOAD: Final = timedelta(hours=6)


@retention_rule(
    "exports",
    what=gettext_noop("A list of people that an organiser took out"),
    fields=("supporters.ExportJob.file_key",),
    until=gettext_noop("the file has been fetched, or 7 days after it was made"),
)
def forget_old_exports() -> int:
    """Delete the files that nobody fetched in time, those that never got finished, and what a killed process left."""
    now = timezone.now()
    wiped = {"file_name": "", "file_key": None}
    expired = ExportJob.objects.filter(state=ExportState.READY, expires_at__lte=now).update(
        state=ExportState.EXPIRED, **wiped
    )
    begun = Q(state=ExportState.RUNNING, started_at__lt=now - NEVER_FINISHED)
    waiting = Q(state=ExportState.QUEUED, created_at__lt=now - NEVER_FINISHED)
    stuck = ExportJob.objects.filter(begun | waiting).update(
        state=ExportState.FAILED, problem="It was never finished. Ask for it again.", finished_at=now, **wiped
    )
    _delete_what_nobody_waits_for()
    return expired + stuck


def _delete_what_nobody_waits_for() -> None:
    """A locked file without its key opens to nobody, but fills the disk."""
    try:
        _, found = storages["private"].listdir(FOLDER)
    except FileNotFoundError:
        return
    needed = Q(state__in=[ExportState.RUNNING, ExportState.READY]) | Q(taken_at__gt=timezone.now() - DOWNLOAD)
    # Asked after looking: an export begun since is among the needed ones.
    waited_for = {str(key) for key in ExportJob.objects.filter(needed).values_list("pk", flat=True)}
    for name in set(found) - waited_for:
        delete_when_committed(str(PurePosixPath(FOLDER) / name))
