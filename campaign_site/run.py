"""`make run`: PostgreSQL, migrations, demo campaign, web server and worker, until Ctrl-C.

This process stays small (no Django); it starts the others, starts them again when they die, and stops them all.
"""

import fcntl
import http.client
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from environs import Env

from campaign_site.embedded import DATABASE, EmbeddedPostgres
from campaign_site.postgres_server import EmbeddedPostgresError
from campaign_site.preparation import fingerprint
from campaign_site.supervision import Child, stop_all

BASE_DIR: Final = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

VAR_DIR: Final = BASE_DIR / env.str("VAR_DIR", "var")
STOP_PATIENCE_S: Final = 6
TICK_S: Final = 0.2
SLOW_START_S: Final = 60


class CannotRun(Exception):
    """Why the site was not started, in words for whoever typed the command."""


def main() -> int:
    """Run the site; 0 after a normal stop, 1 when it could not be started."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    _stop_with(env.int("STOP_WITH_PID", 0), stopping)
    try:
        with _only_one_here():
            _run(env.int("PORT", 8000), env.str("DATABASE_URL", ""), stopping)
    except (CannotRun, EmbeddedPostgresError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


def _run(port: int, database_url: str, stopping: threading.Event) -> None:
    _refuse_taken_port(port)
    postgres = None if database_url else EmbeddedPostgres(VAR_DIR / "postgres")
    children: list[Child] = []
    try:
        if postgres:
            print("Starting PostgreSQL…", flush=True)
            postgres.start()
        _prepare(postgres.url(DATABASE) if postgres else database_url, stopping)
        children += [
            Child("The web server", [sys.executable, "-m", "campaign_site.serve"], directory=BASE_DIR),
            Child("The worker", [sys.executable, "manage.py", "worker"], directory=BASE_DIR),
        ]
        _keep_running(children, postgres, port, stopping)
    finally:
        stop_all(children, patience_s=STOP_PATIENCE_S)
        if postgres:
            postgres.stop()
    print("Stopped.", flush=True)


def _prepare(database_url: str, stopping: threading.Event) -> None:
    stamp = VAR_DIR / "prepared"
    known = stamp.read_text() if stamp.exists() else ""
    if stopping.is_set() or (known and fingerprint(BASE_DIR, database_url) == known):
        return
    preparation = Child("The preparation", [sys.executable, "manage.py", "prepare"], directory=BASE_DIR)
    preparation.start()
    while (code := preparation.poll()) is None:
        if stopping.wait(0.05):
            stop_all([preparation], patience_s=STOP_PATIENCE_S)
            return
    if code:
        raise CannotRun("The site could not be prepared; the reason stands above.")
    stamp.write_text(fingerprint(BASE_DIR, database_url))


def _keep_running(
    children: list[Child], postgres: EmbeddedPostgres | None, port: int, stopping: threading.Event
) -> None:
    started = time.monotonic()
    announced = warned = stopping.is_set()
    if not announced:
        for child in children:
            child.start()
    while not stopping.wait(TICK_S):
        for child in children:
            child.keep_running()
        if postgres and not postgres.is_running():
            print("PostgreSQL ended; starting it again.", flush=True)
            postgres.revive()
        if not announced and _answers(port):
            announced = True
            _announce(port)
        if not (announced or warned) and time.monotonic() - started > SLOW_START_S:
            warned = True
            print("The web server does not answer yet; its messages stand above.", flush=True)


def _announce(port: int) -> None:
    address = f"http://127.0.0.1:{port}"
    lines = ["", f"  Parasol is running at      {address}/", f"  Organisers' workspace      {address}/admin/"]
    sign_in = VAR_DIR / "organiser.txt"
    if sign_in.exists():
        lines += [f"    {line}" for line in sign_in.read_text().splitlines() if line.strip()]
    lines += [f"  Mailbox (nothing is sent)  {address}/dev/mailbox/", "  Stop with Ctrl-C.", ""]
    print("\n".join(lines), flush=True)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _refuse_taken_port(port: int) -> None:
    # The web server binds with SO_REUSEPORT and would silently share a port; this socket does not.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotRun(
                f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT={port + 1}"
            ) from error


@contextmanager
def _only_one_here() -> Iterator[None]:
    """Held by the one run of this checkout; a killed run lets go by dying."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    try:
        lock = os.open(VAR_DIR / "run.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise CannotRun(f"{VAR_DIR} belongs to another user; run as that user.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode())
        yield
    except BlockingIOError as error:
        runner = os.read(lock, 20).decode().strip()
        raise CannotRun(f"Parasol already runs in this directory (process {runner}).") from error
    finally:
        os.close(lock)


def _stop_with(pid: int, stopping: threading.Event) -> None:
    """Stop when our parent `make`, whose number it gives us, is gone: killed, it cannot pass a signal on."""

    def watch() -> None:
        while os.getppid() == pid:
            time.sleep(1)
        stopping.set()

    if pid == os.getppid():
        threading.Thread(target=watch, name="stop-with-make", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
