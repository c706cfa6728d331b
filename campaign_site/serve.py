"""The web server: `python -m campaign_site.serve`, granian with threads, one line of configuration per variable.

The main process imports neither settings nor Django; it only watches its workers. Access is never logged: a log line
would hold a network address.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from environs import Env, validate
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from campaign_site.processes import PARENT_VARIABLE, die_with_parent

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()


def serve() -> None:
    """Serve until SIGINT or SIGTERM; a worker that dies is replaced."""
    env.read_env(str(BASE_DIR / ".env"), recurse=False)
    die_with_parent()
    os.environ[PARENT_VARIABLE] = str(os.getpid())
    Server(
        "campaign_site.serve:load_application",
        factory=True,
        address=env.str("WEB_BIND", "127.0.0.1"),
        port=env.int("PORT", 8000),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=env.int("WEB_WORKERS", 2, validate=validate.Range(min=1)),
        blocking_threads=env.int("WEB_THREADS", 16, validate=validate.Range(min=1)),
        # Threads keep their database connection; both rest for about a minute.
        blocking_threads_idle_timeout=60,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.error,
        working_dir=BASE_DIR,
    ).serve()


def load_application() -> Callable[..., Any]:
    """Runs in each worker process."""
    die_with_parent()
    # A visitor is told to try again before a stalled database has taken every thread. Read by libpq.
    os.environ.setdefault("PGOPTIONS", "-c statement_timeout=10s -c lock_timeout=5s")
    from campaign_site.wsgi import application  # noqa: PLC0415  (the main process stays small)

    return application


if __name__ == "__main__":
    serve()
