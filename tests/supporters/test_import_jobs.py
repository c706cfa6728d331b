"""An import is a job: it can be killed, asked twice, discarded, forgotten, and needs its permission all along."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db import OperationalError
from procrastinate.contrib.django.models import ProcrastinateJob

from supporters import long_jobs
from supporters.imports import running
from supporters.imports.errors import UnreadableFile
from supporters.imports.jobs import run_apply, run_check, run_undo
from supporters.long_jobs import LONG_JOBS, Interrupted
from supporters.models import (
    AuditEntry,
    ConsentText,
    ImportChange,
    ImportJob,
    ImportState,
    Supporter,
    Suppression,
)
from supporters.services.importing import (
    NotNow,
    apply_import,
    begin_import,
    check_import,
    discard_import,
    undo_import,
)
from tests.petitions.organisers import colleague
from tests.supporters.import_files import applied, begun, checked, everything, importer
from tests.supporters.import_uploads import ROWS, files

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return ConsentText.objects.create(wording="Yes, write to me.", controller="Example Campaign")


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 10)


def confirmed(rows=ROWS, **options):
    return apply_import(job=checked(rows, **options), actor=importer())


def stop_after(monkeypatch, batches):
    """Have the worker be told to stop at the check-in before the next batch."""
    left = iter(range(batches))

    def check_in():
        if next(left, None) is None:
            raise Interrupted

    monkeypatch.setattr(running, "check_in", check_in)


def test_interrupted_import_goes_on_behind_the_last_batch(monkeypatch, small_batches, text):
    job = confirmed(text=text)
    stop_after(monkeypatch, 2)
    with pytest.raises(Interrupted):
        run_apply(job.pk)
    job.refresh_from_db()
    assert (job.rows_done, Supporter.objects.count(), job.state) == (20, 20, ImportState.APPLYING)
    monkeypatch.undo()

    run_apply(job.pk)

    job.refresh_from_db()
    assert (job.state, job.counts["new"], job.counts["given"]) == (ImportState.APPLIED, 25, 25)
    assert Supporter.objects.count() == ImportChange.objects.count() == 25


def test_row_repeated_across_a_kill_is_still_found(monkeypatch, small_batches):
    job = confirmed([*ROWS, ["P3@example.org", "Somebody Else", ""]])
    stop_after(monkeypatch, 2)
    with pytest.raises(Interrupted):
        run_apply(job.pk)
    monkeypatch.undo()

    run_apply(job.pk)

    job.refresh_from_db()
    assert (job.counts["new"], job.counts["refused"]) == (25, 1)


def test_batch_that_breaks_leaves_nothing_of_itself(monkeypatch, small_batches, text):
    job = confirmed(text=text)
    real, calls = running.write_plans, []

    def break_in_the_second(*arguments, **named):
        real(*arguments, **named)
        calls.append(1)
        if len(calls) == 2:
            raise OperationalError

    monkeypatch.setattr(running, "write_plans", break_in_the_second)
    with pytest.raises(Interrupted):
        run_apply(job.pk)
    assert Supporter.objects.count() == ImportChange.objects.count() == 10
    monkeypatch.undo()

    run_apply(job.pk)

    assert Supporter.objects.count() == ImportChange.objects.count() == 25


def test_interrupted_undo_goes_on(monkeypatch, text):
    from supporters.imports import undoing

    before = everything()
    job = undo_import(job=applied(ROWS, text=text), actor=importer())
    monkeypatch.setattr(undoing, "BATCH", 10)
    left = iter(range(1))

    def check_in():
        if next(left, None) is None:
            raise Interrupted

    monkeypatch.setattr(undoing, "check_in", check_in)
    with pytest.raises(Interrupted):
        run_undo(job.pk)
    assert Supporter.objects.count() == 15
    monkeypatch.undo()

    run_undo(job.pk)

    assert everything() == before
    assert ImportJob.objects.get().counts["people_removed"] == 25


def test_second_run_of_a_finished_job_does_nothing(text):
    job = applied(ROWS, text=text)
    before = everything()

    run_apply(job.pk)
    run_check(job.pk)
    run_undo(job.pk)

    assert everything() == before


def test_worker_that_was_thought_dead_stops_at_its_next_batch(small_batches, monkeypatch):
    job = confirmed()
    real = running._write_batch

    def overtaken(job_id, batch, terms, *, behind):
        if behind:
            ImportJob.objects.filter(pk=job_id).update(rows_done=behind + 5)
        return real(job_id, batch, terms, behind=behind)

    monkeypatch.setattr(running, "_write_batch", overtaken)
    run_apply(job.pk)

    assert Supporter.objects.count() == 10


def test_failed_import_can_be_undone(monkeypatch, small_batches):
    before = everything()
    job = confirmed()
    real, calls = running.write_plans, []

    def break_in_the_second(*arguments, **named):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("Ana Pop, ana@example.org")
        real(*arguments, **named)

    monkeypatch.setattr(running, "write_plans", break_in_the_second)
    run_apply(job.pk)
    job.refresh_from_db()
    assert job.state == ImportState.FAILED
    assert "Ana" not in job.problem
    assert Supporter.objects.count() == 10

    undo_import(job=job, actor=importer())
    run_undo(job.pk)

    assert everything() == before


def test_every_step_needs_the_permission(text):
    stranger = colleague("view_supporter", email="stranger@example.org")
    job = checked(ROWS)

    for step in (
        lambda: begin_import(actor=stranger, upload=[b"email\r\n"], purpose="Mine"),
        lambda: check_import(job=job, actor=stranger, mapping=job.mapping),
        lambda: apply_import(job=job, actor=stranger),
        lambda: undo_import(job=job, actor=stranger),
        lambda: discard_import(job=job, actor=stranger),
    ):
        with pytest.raises(PermissionDenied):
            step()


def test_permission_lost_in_between_ends_the_job():
    job = confirmed()
    importer().user_permissions.remove(Permission.objects.get(codename="import_supporters"))

    run_apply(job.pk)

    job.refresh_from_db()
    assert job.state == ImportState.FAILED
    assert "no longer" in job.problem
    assert not Supporter.objects.exists()


def test_steps_wait_in_the_queue_of_long_jobs_with_an_id_and_nothing_else():
    job = confirmed()

    jobs = ProcrastinateJob.objects.filter(task_name__startswith="imports.").order_by("id")
    assert [(each.task_name, each.queue_name, each.args) for each in jobs] == [
        ("imports.check", LONG_JOBS, {"job_id": str(job.pk)}),
        ("imports.apply", LONG_JOBS, {"job_id": str(job.pk)}),
    ]


def test_every_step_is_in_the_audit_trail(text):
    job = applied(ROWS, text=text)
    undo_import(job=job, actor=importer())
    run_undo(job.pk)

    entries = AuditEntry.objects.order_by("sequence")
    assert [entry.action for entry in entries] == [
        *("import_uploaded", "import_checked", "import_confirmed", "import_applied"),
        *("import_undo_asked", "import_undone"),
    ]
    assert {entry.purpose for entry in entries} == {"Sign-up sheets of May"}
    assert [entry.count for entry in entries if entry.action in {"import_confirmed", "import_applied"}] == [25, 25]
    assert not any("example.org" in f"{entry.subject}{entry.purpose}" for entry in entries)


def test_uploaded_file_lies_locked_and_goes_when_it_is_applied(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = begun([["email"], ["ana@example.org"]])
        stored = storages["private"].open(job.file_name).read()
        check_import(job=job, actor=importer(), mapping=job.mapping)
        run_check(job.pk)
        apply_import(job=job, actor=importer())
        run_apply(job.pk)

    assert b"ana" not in stored
    assert not storages["private"].exists(job.file_name)


def test_refused_file_is_not_kept():
    before = files()

    with pytest.raises(UnreadableFile):
        begun(b"\x00\x01\x02 binary \x00")

    assert files() == before
    assert not ImportJob.objects.exists()


def test_discarded_import_cannot_be_applied(django_capture_on_commit_callbacks):
    job = checked(ROWS)
    with django_capture_on_commit_callbacks(execute=True):
        discard_import(job=job, actor=importer())

    with pytest.raises(NotNow):
        apply_import(job=job, actor=importer())
    assert not storages["private"].exists(job.file_name)


def test_mapping_without_an_address_is_refused():
    job = begun(ROWS)

    with pytest.raises(ValueError, match="e-mail address"):
        check_import(job=job, actor=importer(), mapping={"1": {"part": "name", "update": False}})


def test_check_in_is_the_one_of_every_long_job():
    assert running.check_in is long_jobs.check_in


def test_suppressions_of_an_undone_import_are_lifted():
    job = applied([["email", "status"], ["ana@example.org", "unsubscribed"]])
    assert Suppression.objects.count() == 1

    undo_import(job=job, actor=importer())
    run_undo(job.pk)

    assert Suppression.objects.count() == 0
