"""A whole site of its own to measure or to harm: database, web server, worker, and a mail server that keeps nothing."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Self

import psycopg

from bench.mail_sink import MailSink
from campaign_site.embedded import EmbeddedPostgres
from campaign_site.postgres_server import postgres_program
from campaign_site.supervision import Child, stop_all

BASE_DIR: Final = Path(__file__).resolve().parent.parent
VAR_DIR: Final = BASE_DIR / "var" / "bench"
START_TIMEOUT_S: Final = 60
STOP_PATIENCE_S: Final = 10
LEASE_S: Final = 10
# Every process of one rig carries this variable, so that whoever is left behind can be found.
MARK: Final = "PARASOL_BENCH_RUN"
MIGRATED: Final = "PARASOL_BENCH_MIGRATED"
"""The variable that names a dump of a migrated database."""


class RigError(Exception):
    """The rig itself does not work, so nothing was measured; the text says why."""


class Site(AbstractContextManager["Site"]):
    """The real programs on a fresh database with fsync on, the demo campaign, and keys and files of their own.

    Changes the environment of this process: the children inherit it. ``settings`` are variables of
    `.env.example` on top of what the rig needs.
    """

    def __init__(self, name: str, **settings: str) -> None:
        self.directory = VAR_DIR / name
        self.postgres = EmbeddedPostgres(self.directory / "postgres")
        self.port = free_port()
        self.sink = MailSink(self.directory / "received.txt", port=free_port())
        self.mark = secrets.token_hex(8)
        self.web = Child("The web server", [sys.executable, "-m", "campaign_site.serve"], directory=BASE_DIR)
        # Mails in the hands of a killed worker are free again after the lease; nobody here takes longer to send one.
        worker = [sys.executable, "manage.py", "worker", "--lease", str(LEASE_S)]
        self.worker = Child("The worker", worker, directory=BASE_DIR)
        self.database = f"{name}_{self.mark}"
        self._settings = settings

    def __enter__(self) -> Self:
        self.directory.mkdir(parents=True, exist_ok=True)
        self.postgres.start()
        try:
            self.postgres.ensure_database(self.database)
            self._fill_database()
            self._set_environment()
            self.sink.start()
            manage("prepare")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        stop_all([self.web, self.worker], patience_s=STOP_PATIENCE_S)
        self.sink.stop()
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
        self.postgres.stop()

    @property
    def url(self) -> str:
        """Where libpq finds the database."""
        return self.postgres.url(self.database)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def petition(self) -> int:
        """A petition of the demo campaign that takes names, comments and consents."""
        [(petition,)] = self.query(
            "SELECT min(page_ptr_id) FROM petitions_petitionpage JOIN wagtailcore_page ON id = page_ptr_id"
            " WHERE live AND state = 'collecting' AND privacy_mode = 'contactable' AND consent_text_id IS NOT NULL"
        )
        return int(str(petition))

    def query(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of one statement, committed at once; for setting up and counting, never while measuring."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def count(self, table: str, where: str = "true") -> int:
        """How many rows there really are."""
        [(number,)] = self.query(f"SELECT count(*) FROM {table} WHERE {where}")  # noqa: S608
        return int(str(number))

    def start_web(self) -> None:
        self.web.start()
        self.wait_for_web()

    def wait_for_web(self) -> None:
        wait_until(lambda: answers(self.port), "the web server answers")

    def start_worker(self) -> None:
        """Start the worker and wait for its first sign of life."""
        self.query("DELETE FROM supporters_workerheartbeat")
        self.worker.start()
        wait_until(lambda: self.count("supporters_workerheartbeat") > 0, "the worker shows a sign of life")

    def tend_until(
        self, condition: Callable[[], bool], what: str, *, children: Sequence[Child], timeout_s: float
    ) -> None:
        """Start again whoever of ``children`` has died, as `make run` does, until ``condition`` holds.

        Raises RigError when that takes too long.
        """

        def is_so() -> bool:
            for child in children:
                child.keep_running()
            return condition()

        wait_until(is_so, what, timeout_s=timeout_s)

    def stop(self, child: Child) -> None:
        stop_all([child], patience_s=STOP_PATIENCE_S)

    def _fill_database(self) -> None:
        """Begin with a database that was migrated elsewhere, where there is one: to migrate takes most of a minute."""
        if dump := os.environ.get(MIGRATED):
            run([str(postgres_program("pg_restore")), "--no-owner", f"--dbname={self.url}", dump])

    def _set_environment(self) -> None:
        for strange in (
            "PYTHONDONTWRITEBYTECODE",
            "KEYRING",
            "KEYRING_FILE",
            "SECRET_KEY",
            "MEDIA_ROOT",
            "PRIVATE_ROOT",
        ):
            os.environ.pop(strange, None)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "campaign_site.settings",
            "ENVIRONMENT": "development",
            "VAR_DIR": str(self.directory),
            "DEBUG": "false",
            "PORT": str(self.port),
            "PUBLIC_ORIGIN": self.origin,
            "DATABASE_URL": self.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
            # Each visitor of the rig comes from a network of their own, named by a proxy we pretend to be.
            "TRUSTED_PROXY_COUNT": "1",
            "LIMIT_PAGE_PER_MINUTE": "10000000",
            MARK: self.mark,
            **self._settings,
        }


def stop_politely_when_told() -> None:
    """Let SIGTERM end this process as Ctrl-C does, so that it takes everything it started with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def manage(*arguments: str) -> str:
    """The output of a management command of the site."""
    return run([sys.executable, "manage.py", *arguments])


def run(command: list[str]) -> str:
    """The output of ``command``; its complaint as a RigError when it fails."""
    done = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RigError(f"{' '.join(command[:4])} failed:\n{done.stderr.strip()[-2000:]}")
    return done.stdout


def free_port() -> int:
    """A port of the loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, path: str = "/healthz") -> bool:
    """Whether something on ``port`` answers 200 to ``path``."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            return bool(re.match(rb"HTTP/1\.1 200 ", connection.recv(64)))
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], what: str, *, timeout_s: float = START_TIMEOUT_S) -> None:
    """Look fifty times a second; RigError when it takes too long."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise RigError(f"Waited {timeout_s:.0f} s in vain until {what}.")
        time.sleep(0.02)
