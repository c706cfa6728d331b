"""The job that writes an export: permission asked again, audit first, progress shown, a clean start after a kill."""

import threading
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection, connections
from django.utils import timezone

from supporters.exports import order as order_module
from supporters.exports import running
from supporters.exports.presets import ExportFile, Preset, preset_named
from supporters.exports.presets.preset import _presets
from supporters.exports.running import file_of, run_export
from supporters.exports.snapshot import snapshot
from supporters.long_jobs import Interrupted
from supporters.models import AuditEntry, ExportJob, ExportState, Supporter
from supporters.private_files import store_file
from tests.supporters.crowd_of_supporters import answers, person
from tests.supporters.exports import asked, data_officer, empty_disk, files_on_disk, rows_of, taken, unzipped, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_on_disk():
    empty_disk()


@pytest.fixture
def at_each_row():
    """Offers a preset that calls a function of the test's before each person; set ``act`` on what this gives."""

    class Hook:
        act = staticmethod(lambda row: None)

    hook = Hook()
    people = preset_named("complete").files[0].resource

    def keep(row):
        hook.act(row)
        return True

    file = ExportFile(name="people", resource=people, keep=keep)
    _presets["watched"] = Preset(
        name="watched", label="W", files=(file,), loses=(), formats=("csv",), needs_consent=False
    )
    yield hook
    del _presets["watched"]


@pytest.fixture
def every_row_speaks(monkeypatch):
    """Progress is told after every row and not once a second."""
    monkeypatch.setattr(order_module, "TICK", 1)
    monkeypatch.setattr(running, "SPEAK_EVERY_S", 0)


def test_file_waits_locked_and_everything_about_it_is_known():
    answers(person("ada", name="Ada Example"), "given")

    job = written()

    assert job.state == ExportState.READY
    assert (job.rows_total, job.rows_done) == (2, 2)
    assert timedelta(days=6, hours=23) < job.expires_at - timezone.now() <= timedelta(days=7)
    with storages["private"].open(job.file_name) as file:
        stored = file.read()
    assert b"Ada" not in stored
    assert not stored.startswith(b"PK")
    assert rows_of(unzipped(taken(job))["people.csv"])[0]["name"] == "Ada Example"


@pytest.mark.parametrize(("with_sensitive", "lost"), [(False, "export_supporters"), (True, "export_sensitive_columns")])
def test_whoever_lost_the_permission_meanwhile_gets_nothing(with_sensitive, lost):
    person("ada")
    officer = data_officer()
    job = asked(officer, with_sensitive=with_sensitive)
    officer.user_permissions.remove(officer.user_permissions.get(codename=lost))

    run_export(job.pk)

    job.refresh_from_db()
    assert job.state == ExportState.FAILED
    assert job.problem.startswith("Whoever asked for this file may no longer export")
    assert files_on_disk() == []
    assert not AuditEntry.objects.filter(action="export_written").exists()


def test_somebody_whose_account_is_gone_gets_nothing():
    officer = data_officer()
    job = asked(officer)
    officer.delete()

    run_export(job.pk)

    assert ExportJob.objects.get().state == ExportState.FAILED


def test_audit_trail_knows_how_many_before_the_first_byte(at_each_row):
    for number in range(3):
        person(number)
    seen = []
    at_each_row.act = lambda row: seen.append(
        list(AuditEntry.objects.filter(action="export_written").values_list("count", "purpose"))
    )
    job = asked(preset="watched", purpose="Hand over")
    before = files_on_disk()

    run_export(job.pk)

    assert before == []
    assert seen[0] == [(3, "Hand over")]


def test_others_see_how_far_it_is_while_it_runs(at_each_row, every_row_speaks):
    for number in range(5):
        person(number)
    seen = []

    def look(row):
        def in_another_connection():
            seen.append(ExportJob.objects.values_list("state", "rows_done", "rows_total").get())
            connections.close_all()

        thread = threading.Thread(target=in_another_connection)
        thread.start()
        thread.join()

    at_each_row.act = look

    assert written(preset="watched").state == ExportState.READY
    assert seen == [(ExportState.RUNNING, done, 5) for done in (1, 2, 3, 4, 5)]


def test_people_who_join_while_it_is_written_are_not_in_it(at_each_row):
    for number in range(3):
        person(number)
    joined = iter(range(100, 200))
    at_each_row.act = lambda row: person(next(joined))

    job = written(preset="watched")

    assert len(rows_of(taken(job))) == 3
    assert Supporter.objects.count() == 6


def test_worker_that_stops_leaves_nothing_and_the_next_one_starts_afresh(at_each_row, every_row_speaks, monkeypatch):
    for number in range(3):
        person(number)
    job = asked(preset="watched")

    def told_to_stop():
        raise Interrupted

    with monkeypatch.context() as patched:
        patched.setattr(running, "check_in", told_to_stop)
        with pytest.raises(Interrupted):
            run_export(job.pk)
    job.refresh_from_db()
    assert job.state == ExportState.RUNNING
    assert files_on_disk() == []

    run_export(job.pk)

    job.refresh_from_db()
    assert job.state == ExportState.READY
    assert files_on_disk() == [str(job.pk)]
    assert len(rows_of(taken(job))) == 3


def test_half_a_file_that_a_killed_worker_left_is_never_offered():
    person("ada")
    job = asked()
    store_file(file_of(job.pk), [b"half a file"])
    ExportJob.objects.update(state=ExportState.RUNNING, file_name=file_of(job.pk))

    run_export(job.pk)

    job.refresh_from_db()
    assert files_on_disk() == [str(job.pk)]
    assert len(rows_of(unzipped(taken(job))["people.csv"])) == 1


def test_two_workers_never_write_one_export_at_once():
    job = asked()
    with snapshot() as other:
        assert other.lock(f"export {job.pk}")

        with pytest.raises(Interrupted):
            run_export(job.pk)
        assert files_on_disk() == []

    run_export(job.pk)
    assert ExportJob.objects.get().state == ExportState.READY


def test_run_that_another_worker_has_begun_anew_offers_nothing(at_each_row):
    person("ada")
    at_each_row.act = lambda row: ExportJob.objects.update(started_at=timezone.now())

    job = written(preset="watched")

    assert (job.state, job.file_key) == (ExportState.RUNNING, "")
    assert files_on_disk() == []


def test_job_that_is_over_is_not_written_again():
    job = written()
    content = taken(job)

    run_export(job.pk)

    assert content
    assert ExportJob.objects.get().state == ExportState.TAKEN
    assert files_on_disk() == []
    assert AuditEntry.objects.filter(action="export_written").count() == 1


@pytest.mark.parametrize("notices", [True, False])
def test_export_called_off_while_it_is_written_offers_nothing(at_each_row, notices, monkeypatch):
    # Somebody in it was erased: whether the job sees it on its way or only at its end.
    monkeypatch.setattr(order_module, "TICK", 1)
    monkeypatch.setattr(running, "SPEAK_EVERY_S", 0 if notices else 1_000)
    person("ada")
    at_each_row.act = lambda row: ExportJob.objects.update(state=ExportState.WITHDRAWN, file_name="")

    job = written(preset="watched")

    assert job.state == ExportState.WITHDRAWN
    assert files_on_disk() == []


def test_failure_leaves_a_plain_sentence_and_nobody_in_it(at_each_row, caplog):
    person("ada", name="Ada Example")

    def fail(row):
        raise ValueError(row.name)

    at_each_row.act = fail

    job = written(preset="watched")

    assert job.state == ExportState.FAILED
    assert job.problem.endswith("log.")
    assert files_on_disk() == []
    assert "ValueError" in caplog.text
    assert "Ada" not in caplog.text + job.problem


def test_value_that_does_not_open_fails_the_export_and_not_the_worker():
    one, other = person("ada", name="Ada"), person("bo", name="Bo")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE supporters_supporter SET name = (SELECT name FROM supporters_supporter WHERE id = %s)"
            " WHERE id = %s",
            [one.pk, other.pk],
        )

    job = written()

    assert job.state == ExportState.FAILED
    assert "could not be opened" in job.problem


def test_preset_that_went_away_fails_in_words(at_each_row):
    job = asked(preset="watched")
    kept = _presets.pop("watched")
    try:
        run_export(job.pk)
    finally:
        _presets["watched"] = kept

    assert ExportJob.objects.get().problem == "This kind of file is no longer offered."
