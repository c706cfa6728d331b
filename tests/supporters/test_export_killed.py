"""Exports in real processes: a worker that is killed or stopped in the middle, and the one that comes after it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from supporters.models import AuditEntry, ExportJob, ExportState
from tests.supporters.exports import asked, data_officer
from tests.supporters.real_worker import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WRITE = "import django, sys; django.setup(); from supporters.exports.running import run_export; run_export(sys.argv[1])"
PEOPLE = 12_000
PATIENCE_S = 120


@pytest.fixture
def start(tmp_path):
    """Starts a process of the site on the test database and a folder of its own, and ends it with the test."""
    started = []

    def run(*command):
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "PRIVATE_ROOT": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "campaign_site.settings",
        }
        process = subprocess.Popen(
            [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


@pytest.fixture
def job():
    call_command("seed_load", "--supporters", str(PEOPLE))
    return asked(data_officer())


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.001)


def has_begun(file: Path) -> bool:
    return file.exists() and bool(file.stat().st_size)


def check_whole(job, file: Path) -> None:
    job.refresh_from_db()
    assert job.state == ExportState.READY
    assert job.rows_done == job.rows_total > PEOPLE
    # Each chunk of 64 KiB has a tag of 16 bytes.
    assert file.stat().st_size == job.size + 16 * -(-job.size // 65_536)
    assert [path.name for path in file.parent.iterdir()] == [str(job.pk)]
    assert ExportJob.objects.count() == 1


def test_killed_export_starts_afresh_and_leaves_one_whole_file(start, job, tmp_path):
    file = tmp_path / "exports" / str(job.pk)
    killed = start("-c", WRITE, str(job.pk))
    wait_until(lambda: has_begun(file))
    killed.kill()
    assert killed.wait() != 0, "it was killed in the middle"
    job.refresh_from_db()
    assert (job.state, job.file_key) == (ExportState.RUNNING, ""), "half a file is offered to nobody"

    assert start("-c", WRITE, str(job.pk)).wait(PATIENCE_S) == 0

    check_whole(job, file)
    assert AuditEntry.objects.filter(action="export_written").count() == 2, "each reading is on record"


def test_worker_told_to_stop_hands_the_export_on_to_the_next(start, job, tmp_path):
    file = tmp_path / "exports" / str(job.pk)
    first = start("manage.py", "worker")
    wait_until(lambda: has_begun(file))
    first.terminate()
    assert first.wait(PATIENCE_S) == 0

    start("manage.py", "worker")
    wait_until(lambda: ExportJob.objects.filter(state=ExportState.READY).exists())

    check_whole(job, file)
