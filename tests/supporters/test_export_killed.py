"""A worker killed with SIGKILL while it writes an export, and the one that comes after it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from supporters.models import ExportJob, ExportState
from tests.supporters.exports import asked, data_officer
from tests.supporters.test_worker import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WRITE = "import django, sys; django.setup(); from supporters.exports.running import run_export; run_export(sys.argv[1])"
PEOPLE = 12_000
PATIENCE_S = 120


def test_killed_export_starts_afresh_and_leaves_one_whole_file(tmp_path):
    call_command("seed_load", "--supporters", str(PEOPLE))
    job = asked(data_officer())
    file = Path(tmp_path) / "exports" / str(job.pk)

    def start():
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "PRIVATE_ROOT": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "campaign_site.settings",
        }
        return subprocess.Popen([sys.executable, "-c", WRITE, str(job.pk)], cwd=settings.BASE_DIR, env=environment)

    killed = start()
    deadline = time.monotonic() + PATIENCE_S
    while not (file.exists() and file.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.001)
    killed.kill()
    assert killed.wait() != 0, "it was killed in the middle"
    job.refresh_from_db()
    assert (job.state, job.file_key) == (ExportState.RUNNING, "")
    half = file.stat().st_size

    assert start().wait(PATIENCE_S) == 0

    job.refresh_from_db()
    assert job.state == ExportState.READY
    assert job.rows_done == job.rows_total > PEOPLE
    assert half < file.stat().st_size
    assert [path.name for path in file.parent.iterdir()] == [str(job.pk)]
    assert ExportJob.objects.count() == 1
