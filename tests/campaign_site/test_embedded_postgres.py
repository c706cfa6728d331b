"""The embedded PostgreSQL: who starts it, who stops it, and what a kill leaves behind."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from campaign_site.embedded import EmbeddedPostgres
from campaign_site.postgres_server import LONGEST_SOCKET_PATH, EmbeddedPostgresError, PostgresServer

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "postgres"
    yield path
    for process in processes_in(path):
        process.kill()


def processes_in(data_dir: Path) -> list[psutil.Process]:
    server = PostgresServer(data_dir.resolve(), superuser="parasol", port=5432, durable=False)
    return server._processes()


def wait_until(condition: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.05)


def another_holder(data_dir: Path) -> "subprocess.Popen[str]":
    """A process that takes a share, says "started", and keeps it until its standard input closes."""
    program = """
        import sys
        from pathlib import Path
        from campaign_site.embedded import embedded_database_url
        embedded_database_url(Path(sys.argv[1]), "shared", durable=False)
        print("started", flush=True)
        sys.stdin.read()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(data_dir)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def leave(process: "subprocess.Popen[str]") -> None:
    process.communicate(timeout=30)


def test_it_starts_answers_and_stops_without_a_process_left(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, durable=False) as postgres:
        postgres.ensure_database("one")
        postgres.ensure_database("one")
        with psycopg.connect(postgres.url("one")) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("one",)
            assert connection.execute("SELECT lower('ÄÖ') COLLATE \"default\"").fetchone() == ("äö",)
        assert postgres.is_running()
    assert processes_in(data_dir) == []
    assert postgres.pid is None


def test_data_outlives_a_stop(data_dir: Path) -> None:
    for expected in (0, 1):
        with EmbeddedPostgres(data_dir, durable=False) as postgres, psycopg.connect(postgres.url("postgres")) as db:
            db.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
            assert db.execute("SELECT count(*) FROM kept").fetchone() == (expected,)
            db.execute("INSERT INTO kept VALUES (1)")


def test_only_its_owner_may_reach_it_and_only_by_its_socket(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, durable=False) as postgres, psycopg.connect(postgres.url("postgres")) as db:
        assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
        assert db.execute("SHOW listen_addresses").fetchone() == ("",)
        assert db.execute("SHOW unix_socket_permissions").fetchone() == ("0700",)
        assert psutil.Process(postgres.pid).uids().effective != 0


def test_the_last_of_two_users_stops_it(data_dir: Path) -> None:
    postgres = EmbeddedPostgres(data_dir, durable=False)
    postgres.start()
    other = another_holder(data_dir)
    first_pid = postgres.pid
    postgres.stop()
    assert postgres.pid == first_pid, "the other process still uses it"
    leave(other)
    assert processes_in(data_dir) == []


def test_many_processes_may_start_it_at_once(data_dir: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from campaign_site.embedded import embedded_database_url as u; "
        "import psycopg; psycopg.connect(u(Path(sys.argv[1]), 'crowd', durable=False)).close()"
    )
    crowd = [subprocess.Popen([sys.executable, "-c", program, str(data_dir)], cwd=ROOT) for _ in range(5)]
    assert [process.wait(timeout=60) for process in crowd] == [0] * 5
    assert processes_in(data_dir) == []


def test_a_killed_user_leaves_nothing_stale(data_dir: Path) -> None:
    other = another_holder(data_dir)
    other.kill()
    other.communicate()
    postgres = EmbeddedPostgres(data_dir, durable=False)
    abandoned = postgres.pid
    assert abandoned is not None, "nobody was left to stop it"
    with postgres:
        assert postgres.pid == abandoned, "it is used again, not started twice"
    assert processes_in(data_dir) == []


def test_a_killed_server_starts_again_with_what_was_committed(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as postgres:
        with psycopg.connect(postgres.url("postgres")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        os.kill(postgres.pid or 0, signal.SIGKILL)
        wait_until(lambda: not postgres.is_running())
        postgres.revive()
        assert postgres.is_running()
        with psycopg.connect(postgres.url("postgres")) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_a_pid_file_that_names_a_strange_process_is_no_obstacle(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, durable=False) as postgres:
        pid_file = (data_dir / "postmaster.pid").read_text()
    bystander = subprocess.Popen(["/bin/sleep", "60"])
    try:
        (data_dir / "postmaster.pid").write_text("\n".join([str(bystander.pid), *pid_file.splitlines()[1:]]))
        with EmbeddedPostgres(data_dir, durable=False) as postgres:
            assert postgres.pid not in {None, bystander.pid}
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_an_interrupted_creation_is_begun_anew(data_dir: Path) -> None:
    unfinished = data_dir.with_name("postgres.new")
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(data_dir, durable=False) as postgres:
        assert postgres.is_running()


@pytest.mark.parametrize("name", ["deep" * 30, "with, comma", "it's quoted and spaced"])
def test_any_directory_name_will_do(tmp_path: Path, name: str) -> None:
    with EmbeddedPostgres(tmp_path / name, durable=False) as postgres:
        with psycopg.connect(postgres.url("postgres")) as connection:
            assert connection.execute("SHOW data_directory").fetchone() == (str(tmp_path / name),)
        socket_dir = postgres._server.socket_dir()
        assert len(os.fsencode(socket_dir / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
        assert stat.S_IMODE(socket_dir.stat().st_mode) == 0o700


def test_a_socket_directory_laid_by_somebody_else_is_refused(tmp_path: Path) -> None:
    data_dir = tmp_path / ("deep" * 30)
    with EmbeddedPostgres(data_dir, durable=False) as postgres:
        socket_dir = postgres._server.socket_dir()
    assert not socket_dir.exists(), "nothing is left under the temporary directory"
    socket_dir.mkdir()
    socket_dir.chmod(0o777)
    try:
        with pytest.raises(EmbeddedPostgresError, match="not a private directory"):
            EmbeddedPostgres(data_dir, durable=False).start()
    finally:
        socket_dir.rmdir()


def test_a_cluster_of_another_version_is_named_and_left_alone(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 15"):
        EmbeddedPostgres(data_dir).start()
    assert (data_dir / "PG_VERSION").read_text() == "15\n"


def test_the_server_log_never_holds_what_was_typed(data_dir: Path) -> None:
    typed = "maria.typed@example.org"
    with EmbeddedPostgres(data_dir, durable=False) as postgres:
        url = postgres.url("postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE people (email text UNIQUE, n int CHECK (n > 0))")
            connection.execute("INSERT INTO people VALUES (%s, 1)", [typed])
            for statement in (
                "INSERT INTO people VALUES (%s, 1)",
                "INSERT INTO people VALUES (%s, -1)",
                "SELECT %s::int",
                "SELECT %s FROM nowhere",
            ):
                with pytest.raises(psycopg.Error):
                    connection.execute(statement, [typed])
        doomed = psycopg.connect(url, autocommit=True)
        with pytest.raises(psycopg.OperationalError):
            doomed.execute(f"SELECT pg_terminate_backend(pg_backend_pid()), '{typed}', pg_sleep(5)")
        crashing = psycopg.connect(url, autocommit=True)
        killer = subprocess.Popen(["/bin/sh", "-c", f"sleep 0.5; kill -KILL {crashing.info.backend_pid}"])
        with pytest.raises(psycopg.OperationalError):
            crashing.execute(f"SELECT '{typed}', pg_sleep(20)")
        killer.wait()
        log = data_dir / "server.log"
        wait_until(lambda: "terminated by signal 9" in log.read_text())
    assert typed not in log.read_text()
