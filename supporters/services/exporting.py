"""Asking for an export, and fetching it once."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from supporters.audit import LONGEST_PURPOSE, record_audit
from supporters.exports.formats.age import WrongRecipient, check_recipient
from supporters.exports.order import CELL_MODES
from supporters.exports.presets import Preset, preset_named
from supporters.exports.running import Refused, order_of, subject_of
from supporters.models import ExportJob, ExportState, Segment
from supporters.permissions import EXPORT_SENSITIVE, EXPORT_SUPPORTERS
from supporters.private_files import delete_file, read_file
from supporters.segments import supporters_in
from supporters.tasks import write_export


class ExportRefused(ValueError):
    """This cannot be asked for; the text says what to change."""


class ExportGone(Exception):
    """There is no file to fetch: it is not ready, was fetched, has expired, or is somebody else's."""


@transaction.atomic
def request_export(
    *,
    requested_by: AbstractUser,
    purpose: str,
    preset: str,
    file_format: str,
    segment: Segment | None = None,
    criteria: Mapping[str, Any] | None = None,
    cell_mode: str | None = None,
    with_sensitive: bool = False,
    with_never_asked: bool = False,
    age_recipient: str = "",
) -> ExportJob:
    """Ask for a file; the worker writes it. Nobody gets one without the permission, nor without saying what for.

    The criteria are fixed at this moment: ``segment``'s, unless others are given. ``cell_mode`` is the
    preset's own unless given. Raises PermissionDenied, ExportRefused, or supporters.segments.WrongCriteria.
    """
    check_permission(requested_by, with_sensitive=with_sensitive)
    purpose, age_recipient = purpose.strip(), age_recipient.strip()
    chosen = _checked(preset, file_format, purpose, age_recipient)
    mode = cell_mode or chosen.cell_mode
    if mode not in CELL_MODES:
        raise ExportRefused("Choose one of the listed ways to write cells.")
    asked = dict(criteria if criteria is not None else segment.criteria if segment else {})
    supporters_in(asked)  # raises WrongCriteria now, and not in the worker
    job = ExportJob.objects.create(
        requested_by_id=requested_by.pk,
        purpose=purpose,
        segment=segment,
        criteria=asked,
        preset=preset,
        file_format=file_format,
        cell_mode=mode,
        with_sensitive=with_sensitive,
        with_never_asked=with_never_asked,
        age_recipient=age_recipient,
    )
    # The job is a row as well: it is there if and only if this one is.
    write_export.defer(job_id=str(job.pk))
    record_audit(actor=requested_by, action="export_requested", subject=subject_of(job), purpose=purpose)
    return job


def take_export(*, job_id: UUID, by: AbstractUser) -> tuple[str, int, Iterator[bytes]]:
    """The file of a job, for whoever asked for it and once only: its name, its size in bytes, and its content.

    Of two who press at once one gets it. From here on the key is nowhere but in the answer; the file is
    deleted when the content has been sent or has broken off (close the iterator). Raises PermissionDenied
    or ExportGone.
    """
    with transaction.atomic():
        job = ExportJob.objects.select_for_update(of=("self",)).select_related("segment").filter(pk=job_id).first()
        if job is None or job.requested_by_id != by.pk:
            raise ExportGone
        check_permission(by, with_sensitive=job.with_sensitive)
        now = timezone.now()
        is_there = job.state == ExportState.READY and job.expires_at is not None and job.expires_at > now
        if not is_there or not storages["private"].exists(job.file_name):
            raise ExportGone
        file_name, key = job.file_name, job.file_key
        job.state, job.taken_at, job.file_name, job.file_key = ExportState.TAKEN, now, "", ""
        job.save()
        record_audit(
            actor=by, action="export_taken", subject=subject_of(job), count=job.rows_total or 0, purpose=job.purpose
        )
    return _name(job), job.size or 0, _OnceOnly(file_name, key)


def check_permission(user: AbstractUser, *, with_sensitive: bool) -> None:
    """Raises PermissionDenied unless ``user`` may export supporters, and their phones and postcodes where asked."""
    if not user.has_perm(EXPORT_SUPPORTERS) or (with_sensitive and not user.has_perm(EXPORT_SENSITIVE)):
        raise PermissionDenied


def _checked(preset: str, file_format: str, purpose: str, age_recipient: str) -> Preset:
    try:
        chosen = preset_named(preset)
    except KeyError:
        raise ExportRefused("Choose one of the listed systems.") from None
    if file_format not in chosen.formats:
        raise ExportRefused(f"{chosen.label} takes {' or '.join(chosen.formats)}.")
    if not purpose or len(purpose) > LONGEST_PURPOSE:
        raise ExportRefused(f"Say what the export is for, in {LONGEST_PURPOSE} characters at most.")
    if age_recipient:
        try:
            check_recipient(age_recipient)
        except WrongRecipient as error:
            raise ExportRefused(str(error)) from None
    return chosen


def _name(job: ExportJob) -> str:
    on = timezone.localdate(job.finished_at)
    try:
        return order_of(job).name(on)
    except Refused:
        # The preset went away since; the file is as good as it was.
        return f"{job.preset}-{on.isoformat()}"


class _OnceOnly(Iterator[bytes]):
    """The content of a private file, which is gone when this is closed, has come to its end, or is forgotten."""

    def __init__(self, name: str, key: str) -> None:
        self._name = name
        self._pieces = read_file(name, key=key)

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._pieces.close()
        name, self._name = self._name, ""
        delete_file(name)

    def __del__(self) -> None:
        self.close()
