"""Files that may hold somebody who is erased are taken back."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from supporters.exports import running
from supporters.models import (
    ExportJob,
    ExportState,
    ImportJob,
    ImportState,
)
from supporters.private_files import store_file
from tests.supporters.erasing import erase, signed

pytestmark = pytest.mark.django_db


# --- files ---


def an_export(state, *, finished_at=None):
    stored = store_file(f"exports/{uuid.uuid4()}", [b"ada@example.org"])
    return ExportJob.objects.create(
        purpose="Test",
        preset="complete",
        file_format="csv",
        state=state,
        file_name=stored.name,
        file_key=stored.key,
        finished_at=finished_at,
    )


def an_import(state):
    stored = store_file(f"imports/{uuid.uuid4()}", [b"ada@example.org"])
    return ImportJob.objects.create(
        purpose="Test", file_format="csv", state=state, file_name=stored.name, file_key=stored.key, headings=["E-mail"]
    )


@pytest.mark.parametrize(
    ("was", "becomes"), [(ExportState.READY, ExportState.WITHDRAWN), (ExportState.RUNNING, ExportState.QUEUED)]
)
def test_exports_that_may_hold_the_person_are_taken_back(was, becomes, django_capture_on_commit_callbacks):
    signed()
    job = an_export(was, finished_at=timezone.now() if was == ExportState.READY else None)
    name = job.file_name

    with django_capture_on_commit_callbacks(execute=True):
        erase()

    job.refresh_from_db()
    assert (job.state, job.file_name, job.file_key) == (becomes, "", "")
    assert not storages["private"].exists(name)


def test_an_export_from_before_we_knew_them_stays(django_capture_on_commit_callbacks):
    job = an_export(ExportState.READY, finished_at=timezone.now())
    ExportJob.objects.update(created_at=timezone.now() - timedelta(hours=2), finished_at=timezone.now() - timedelta(1))
    signed()

    with django_capture_on_commit_callbacks(execute=True):
        erase()

    job.refresh_from_db()
    assert job.state == ExportState.READY
    assert storages["private"].exists(job.file_name)


@pytest.mark.parametrize("state", [ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED])
def test_imports_that_are_not_yet_written_are_discarded(state, django_capture_on_commit_callbacks):
    signed(confirm=False)
    job = an_import(state)
    name = job.file_name

    with django_capture_on_commit_callbacks(execute=True):
        erase()

    job.refresh_from_db()
    assert (job.state, job.file_name, job.file_key, job.headings) == (ImportState.DISCARDED, "", "", [])
    assert "erased" in job.problem
    assert not storages["private"].exists(name)


def test_an_import_that_is_being_written_stops_and_can_be_undone(django_capture_on_commit_callbacks):
    job = an_import(ImportState.APPLYING)

    with django_capture_on_commit_callbacks(execute=True):
        erase()

    job.refresh_from_db()
    assert (job.state, job.file_name, job.file_key) == (ImportState.FAILED, "", "")
    assert job.undo_until > timezone.now()


def test_an_export_that_was_put_back_offers_no_file():
    job = ExportJob.objects.create(purpose="Test", preset="complete", file_format="csv")
    begun = running._begin(job.pk)
    signed()
    erase()

    with pytest.raises(running._NotWanted):
        running._offer(begun, store_file(begun.file_name, [b"ada@example.org"]))

    # Nor when it has been begun anew by now: this file was read before.
    running._begin(job.pk)
    with pytest.raises(running._NotWanted):
        running._offer(begun, store_file(begun.file_name, [b"ada@example.org"]))
    assert not storages["private"].exists(begun.file_name)
