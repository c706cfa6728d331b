"""The site as people meet it: its own database, keys, files and port, the real web server and the real worker."""

import http.client
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final, Self

import psycopg
from psycopg import sql

from campaign_site.embedded import EmbeddedPostgres
from campaign_site.supervision import Child, stop_all
from tests.migrated import copy_migrated

BASE_DIR: Final = Path(__file__).resolve().parent.parent.parent
VAR_DIR: Final = BASE_DIR / "var" / "journeys"
START_TIMEOUT_S: Final = 90
STOP_PATIENCE_S: Final = 8

# A child prints into a file, and does not inherit what was set for the tests themselves.
INTO_LOG: Final = ["sh", "-c", 'exec "$@" >>"$0" 2>&1']
STRANGE_VARIABLES: Final = (
    "PYTHONDONTWRITEBYTECODE",
    "KEYRING",
    "KEYRING_FILE",
    "MEDIA_ROOT",
    "PRIVATE_ROOT",
    "PYTEST_CURRENT_TEST",
)


class SiteDidNotStart(Exception):
    """What the programs said before they gave up."""


class RunningSite(AbstractContextManager["RunningSite"]):
    """A freshly seeded demo campaign that runs until the block ends; everything it wrote is deleted then.

    ``log`` is all that web server and worker print, ``postgres_log`` what PostgreSQL does.
    """

    def __init__(self) -> None:
        self.mark = secrets.token_hex(6)
        self.directory = VAR_DIR / self.mark
        self.database = f"site_{self.mark}"
        self.postgres = EmbeddedPostgres(VAR_DIR / "postgres", durable=False)
        self.postgres_log = VAR_DIR / "postgres" / "server.log"
        self.log = self.directory / "site.log"
        self.port = _free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.processes: list[Child] = []

    def __enter__(self) -> Self:
        self.directory.mkdir(parents=True)
        self.postgres.start()
        try:
            copy_migrated(self.postgres.url("postgres"), self.database)
            self._prepare()
            self.processes = [
                Child("The web server", self._command("-m", "campaign_site.serve"), directory=BASE_DIR),
                Child("The worker", self._command("manage.py", "worker"), directory=BASE_DIR),
            ]
            for child in self.processes:
                child.start()
            self._wait("the web server answers", lambda: self._answers("/healthz"))
            self._wait("the worker shows a sign of life", self._has_heartbeat)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        stop_all(self.processes, patience_s=STOP_PATIENCE_S)
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
        self.postgres.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    @property
    def url(self) -> str:
        """Where libpq finds the database."""
        return self.postgres.url(self.database)

    def query(self, statement: str | sql.Composed, *values: object) -> list[tuple[Any, ...]]:
        """The rows of one statement, committed at once."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def petition(self, slug: str) -> int:
        """The id of a petition of the demo campaign."""
        [(petition,)] = self.query("SELECT id FROM wagtailcore_page WHERE slug = %s AND live", slug)
        return int(petition)

    def path_of(self, slug: str) -> str:
        """The address of a page of the demo campaign, below the origin."""
        [(path,)] = self.query("SELECT url_path FROM wagtailcore_page WHERE slug = %s AND live", slug)
        return "/" + str(path).lstrip("/").partition("/")[2]

    def sign_in_of(self, who: str) -> tuple[str, str]:
        """Address and password of the ``Organiser`` or the ``Editor``, as `make run` prints them."""
        line = next(
            line for line in (self.directory / "organiser.txt").read_text().splitlines() if line.startswith(who)
        )
        words = line.split()
        return words[1], words[3]

    def _prepare(self) -> None:
        done = subprocess.run(self._command("manage.py", "prepare"), cwd=BASE_DIR, check=False, timeout=240)
        if done.returncode:
            raise SiteDidNotStart(self.log.read_text(errors="replace")[-3000:])

    def _command(self, *arguments: str) -> list[str]:
        variables = {
            "DJANGO_SETTINGS_MODULE": "campaign_site.settings",
            "ENVIRONMENT": "development",
            "DEBUG": "off",
            "VAR_DIR": str(self.directory),
            "DATABASE_URL": self.url,
            "PORT": str(self.port),
            "PUBLIC_ORIGIN": self.origin,
            "EMAIL_URL": "eml:",
        }
        clean = [part for name in STRANGE_VARIABLES for part in ("-u", name)]
        pairs = [f"{name}={value}" for name, value in variables.items() if value]
        return [*INTO_LOG, str(self.log), "env", *clean, *pairs, sys.executable, *arguments]

    def _has_heartbeat(self) -> bool:
        return bool(self.query("SELECT 1 FROM supporters_workerheartbeat LIMIT 1"))

    def _answers(self, path: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _wait(self, what: str, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not condition():
            if time.monotonic() > deadline or any(child.poll() is not None for child in self.processes):
                said = self.log.read_text(errors="replace")[-3000:]
                raise SiteDidNotStart(f"Waited in vain until {what}. The site said:\n{said}")
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
