"""A real worker on the test database and the tests' mail server."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection

PATIENCE_S = 120


def start_worker(port: int, *options: str) -> subprocess.Popen[str]:
    """`manage.py worker` with ``options``, sending to the server on ``port``; what it writes is kept in a pipe."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "campaign_site.settings",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", *options],
        cwd=settings.BASE_DIR,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )


def end_all(workers: list[subprocess.Popen[str]]) -> None:
    for worker in workers:
        if worker.poll() is None:
            worker.kill()
        worker.communicate()


def database_url() -> str:
    parameters = connection.get_connection_params()
    host, port = parameters.get("host", ""), parameters.get("port", "")
    user, password = parameters.get("user", ""), parameters.get("password", "")
    login = f"{user}:{password}" if password else user
    return f"postgresql://{login}@/{parameters['dbname']}?host={host}&port={port}"


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("It did not happen in time.")
