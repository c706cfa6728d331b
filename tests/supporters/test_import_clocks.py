"""When the file of an import, and what undoing it needs, are forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from supporters.imports import forgetting
from supporters.imports.forgetting import forget_old_imports
from supporters.models import (
    ImportChange,
    ImportJob,
    ImportProblem,
    ImportState,
    Supporter,
)
from supporters.private_files import store_file
from supporters.services.importing import (
    undo_import,
)
from supporters.services.keeping import forget_unconnected_supporters
from tests.supporters.import_files import applied, begun, checked, importer
from tests.supporters.import_uploads import ROWS, files

pytestmark = pytest.mark.django_db


def test_unapplied_file_is_forgotten_after_7_days():
    job = checked(ROWS)
    ImportJob.objects.update(created_at=timezone.now() - timedelta(days=6))
    forget_old_imports()
    job.refresh_from_db()
    assert job.state == ImportState.CHECKED

    ImportJob.objects.update(created_at=timezone.now() - timedelta(days=8))
    forget_old_imports()

    job.refresh_from_db()
    assert (job.state, job.file_key) == (ImportState.DISCARDED, "")


def test_what_undoing_needs_is_forgotten_after_30_days():
    job = applied([*ROWS, ["nobody", "", ""]])
    forget_old_imports()
    assert ImportChange.objects.count() == 25

    past = timezone.now() - timedelta(days=31)
    ImportJob.objects.filter(pk=job.pk).update(created_at=past, applied_at=past, undo_until=past + timedelta(days=30))
    forget_old_imports()

    assert not ImportChange.objects.exists()
    assert not ImportProblem.objects.exists()


@pytest.mark.parametrize("is_old", [False, True])
def test_a_file_whose_import_never_got_on_record_is_deleted_once_no_upload_takes_so_long(
    is_old, monkeypatch, django_capture_on_commit_callbacks
):
    kept = begun(ROWS)
    store_file("imports/orphan", [b"a process was killed after this"])
    if is_old:
        monkeypatch.setattr(forgetting, "UPLOAD", timedelta())

    with django_capture_on_commit_callbacks(execute=True):
        forget_old_imports()

    assert ("orphan" in files()) == (not is_old)
    assert str(kept.pk) in files()


def test_taking_back_that_no_worker_finishes_does_not_keep_the_old_details_for_ever():
    job = applied(ROWS)
    undo_import(job=job, actor=importer())
    ImportJob.objects.filter(pk=job.pk).update(undo_until=timezone.now() - timedelta(hours=23))
    forget_old_imports()
    assert ImportChange.objects.count() == 25

    ImportJob.objects.filter(pk=job.pk).update(undo_until=timezone.now() - timedelta(hours=25))
    forget_old_imports()

    job.refresh_from_db()
    assert job.state == ImportState.FAILED
    assert not ImportChange.objects.exists()


def test_people_of_a_list_stay_while_it_can_be_undone():
    applied(ROWS)

    assert forget_unconnected_supporters() == 0

    ImportChange.objects.all().delete()
    Supporter.objects.update(last_act_at=timezone.now() - timedelta(minutes=6))
    assert forget_unconnected_supporters() > 0
