"""Exports made the way an organiser makes them, and their files taken apart."""

import csv
import io
import json
import zipfile

from django.core.files.storage import storages

from home.models import User
from supporters.exports.running import FOLDER, run_export
from supporters.models import ExportJob
from supporters.services.exporting import request_export, take_export
from tests.petitions.organisers import colleague

EXPORTER = ("export_supporters",)
SENSITIVE = ("export_supporters", "export_sensitive_columns")


def data_officer(*codenames: str, email: str = "officer@example.org") -> User:
    return colleague(*(codenames or SENSITIVE), email=email)


def asked(by: User | None = None, **what: object) -> ExportJob:
    """An export that waits for the worker."""
    values: dict[str, object] = {"purpose": "Hand over", "preset": "complete", "file_format": "csv", **what}
    return request_export(requested_by=by or data_officer(), **values)  # type: ignore[arg-type]


def written(by: User | None = None, **what: object) -> ExportJob:
    """An export the worker has dealt with."""
    job = asked(by, **what)
    run_export(job.pk)
    job.refresh_from_db()
    return job


def taken(job: ExportJob) -> bytes:
    """The file of ``job``, fetched by whoever asked for it."""
    assert job.requested_by is not None
    _, size, content = take_export(job_id=job.pk, by=job.requested_by)
    file = b"".join(content)
    assert len(file) == size
    return file


def unzipped(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), strict=True))


def lines_of(file: bytes) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.decode().split("\n")[:-1]]


def files_on_disk() -> list[str]:
    try:
        return sorted(storages["private"].listdir(FOLDER)[1])
    except FileNotFoundError:
        return []


def empty_disk() -> None:
    """Delete what the files of other tests left in the storage they share."""
    for name in files_on_disk():
        storages["private"].delete(f"{FOLDER}/{name}")
