"""`make run` in a checkout of its own: what it prints, what survives a kill, and that nothing is left behind."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_COPIED = (".git", ".venv", "var", "node_modules", "__pycache__", ".*_cache", ".hypothesis", ".env")
FROM_THE_TESTS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "EMAIL_URL", "PYTEST_CURRENT_TEST", "PORT"}
STARTED = "Stop with Ctrl-C."
SLOWEST_S = 180

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def command_of(process: psutil.Process) -> str:
    """Its command line; nothing for one that has just been killed and is not buried yet."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


class Run:
    """One `python -m campaign_site.run` and what it printed so far."""

    def __init__(self, checkout: Path, port: int) -> None:
        self.checkout = checkout
        self.port = port
        self.output = checkout / "output.txt"
        environment = {name: value for name, value in os.environ.items() if name not in FROM_THE_TESTS}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "campaign_site.run"],
                cwd=checkout,
                env={**environment, "PORT": str(port)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def printed(self) -> str:
        return self.output.read_text()

    def wait_until_it_serves(self) -> None:
        wait_until(lambda: STARTED in self.printed() or self.process.poll() is not None, SLOWEST_S)
        assert STARTED in self.printed(), self.printed()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=15)

    def status(self, path: str = "/") -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def process_of(self, words: str) -> psutil.Process:
        [found] = [child for child in psutil.Process(self.process.pid).children() if words in command_of(child)]
        return found


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.05)


def processes_in(checkout: Path) -> list[str]:
    """The command lines of everything that stands in the checkout, PostgreSQL under `var/` included."""
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(checkout) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which nothing was ever started."""
    path = tmp_path_factory.mktemp("checkout") / "parasol"
    shutil.copytree(ROOT, path, ignore=shutil.ignore_patterns(*NOT_COPIED))
    return path


@pytest.fixture(scope="module")
def runs(checkout: Path) -> Iterator[list[Run]]:
    """Every run so far; a site that a test left serving is used again by the next."""
    started: list[Run] = []
    yield started
    for run in started:
        if run.process.poll() is None:
            run.stop()


@pytest.fixture
def run(checkout: Path, runs: list[Run]) -> Run:
    """A site that serves."""
    if not runs or runs[-1].process.poll() is not None:
        runs.append(Run(checkout, free_port()))
        runs[-1].wait_until_it_serves()
    return runs[-1]


def test_it_prints_where_to_go_and_stops_completely(run: Run, checkout: Path) -> None:
    for line in (f"http://127.0.0.1:{run.port}/", "/admin/", "organiser@example.org", "/dev/mailbox/"):
        assert line in run.printed()
    assert run.status("/") == 200
    assert run.status("/dev/mailbox/") == 200
    wait_until(lambda: run.status("/readyz") == 200)
    began = time.monotonic()
    assert run.stop() == 0
    assert time.monotonic() - began < 10
    assert processes_in(checkout) == []


def test_a_second_start_prepares_nothing_again(run: Run, runs: list[Run]) -> None:
    run.stop()
    again = Run(run.checkout, run.port)
    runs.append(again)
    again.wait_until_it_serves()
    for line in ("Bringing the database", "Collecting", "Loading the demo"):
        assert line not in again.printed()


def test_a_new_static_file_is_collected_at_the_next_start(run: Run, runs: list[Run]) -> None:
    run.stop()
    (run.checkout / "static" / "css" / "extra.css").write_text("p { color: inherit; }\n")
    again = Run(run.checkout, run.port)
    runs.append(again)
    again.wait_until_it_serves()
    assert again.status("/static/css/extra.css") == 200


def test_a_killed_web_server_comes_back_and_its_orphans_end(run: Run) -> None:
    web = run.process_of("campaign_site.serve")
    orphans = web.children(recursive=True)
    assert orphans
    web.kill()
    wait_until(lambda: not any(orphan.is_running() and orphan.status() != "zombie" for orphan in orphans), 10)
    wait_until(lambda: run.status("/") == 200)
    assert run.process_of("campaign_site.serve").pid != web.pid


def test_killed_web_processes_and_a_killed_worker_come_back(run: Run) -> None:
    web_processes = run.process_of("campaign_site.serve").children()
    worker = run.process_of("manage.py worker")
    assert web_processes
    for process in [*web_processes, worker]:
        process.kill()
    wait_until(lambda: run.status("/") == 200)
    wait_until(lambda: "The worker ended" in run.printed())
    wait_until(lambda: run.status("/readyz") == 200)


def test_a_killed_database_comes_back_under_a_running_site(run: Run) -> None:
    postmaster = int((run.checkout / "var" / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    wait_until(lambda: "PostgreSQL ended" in run.printed())
    wait_until(lambda: run.status("/readyz") == 200)


def test_when_the_supervisor_is_killed_all_others_end_and_the_next_start_is_clean(
    run: Run, checkout: Path, runs: list[Run]
) -> None:
    run.process.kill()
    run.process.wait()
    wait_until(lambda: processes_in(checkout) == [], 10)
    again = Run(checkout, run.port)
    runs.append(again)
    again.wait_until_it_serves()
    assert again.status("/") == 200


def test_a_second_run_in_the_same_checkout_is_refused(run: Run) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in FROM_THE_TESTS}
    second = subprocess.run(
        [sys.executable, "-m", "campaign_site.run"],
        cwd=run.checkout,
        env={**environment, "PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 1
    assert f"already runs in this directory (process {run.process.pid})" in second.stderr
    assert run.status("/") == 200


def test_a_taken_port_is_named_and_nothing_is_started(checkout: Path, runs: list[Run]) -> None:
    for run in runs:
        if run.process.poll() is None:
            run.stop()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        refused = Run(checkout, port)
        assert refused.process.wait(timeout=60) == 1
        assert f"Port {port} cannot be used" in refused.printed()
        assert processes_in(checkout) == []
