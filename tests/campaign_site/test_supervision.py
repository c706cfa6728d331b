"""Children that are started again when they die, and end with whoever started them."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from campaign_site.processes import PARENT_VARIABLE
from campaign_site.supervision import Child, stop_all

ROOT = Path(__file__).resolve().parent.parent.parent

STUBBORN_WITH_A_CHILD = "trap '' TERM; sleep 300 & echo $! > grandchild; wait; sleep 300"


@pytest.fixture
def children() -> Iterator[list[Child]]:
    started: list[Child] = []
    yield started
    for child in started:
        child.kill()


def wait_until(condition: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def number_in(file: Path) -> int:
    wait_until(lambda: file.exists() and file.read_text().strip())
    return int(file.read_text())


def test_a_killed_child_is_started_again(tmp_path: Path, children: list[Child]) -> None:
    child = Child("Sleeper", ["/bin/sleep", "300"], directory=tmp_path)
    children.append(child)
    child.start()
    first = child.pid
    assert first is not None
    child.keep_running()
    assert child.pid == first, "a healthy child is left alone"
    os.kill(first, signal.SIGKILL)

    def runs_again() -> bool:
        child.keep_running()
        return child.pid not in {None, first}

    wait_until(runs_again)


def test_a_child_that_keeps_dying_is_given_longer_and_longer_pauses(tmp_path: Path, children: list[Child]) -> None:
    child = Child("Failure", ["/bin/sh", "-c", "echo x >> starts; exit 3"], directory=tmp_path)
    children.append(child)
    child.start()
    until = time.monotonic() + 3
    while time.monotonic() < until:
        child.keep_running()
        time.sleep(0.01)
    # Pauses of 0.4, 0.8, 1.6 seconds: four starts at most; without them there would be dozens.
    assert 2 <= (tmp_path / "starts").read_text().count("x") <= 4


def test_what_a_dead_child_left_running_is_swept_up(tmp_path: Path, children: list[Child]) -> None:
    child = Child("Parent", ["/bin/sh", "-c", STUBBORN_WITH_A_CHILD], directory=tmp_path)
    children.append(child)
    child.start()
    grandchild = number_in(tmp_path / "grandchild")
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    wait_until(lambda: child.poll() is not None)
    wait_until(lambda: not is_alive(grandchild))


def test_stopping_asks_first_and_kills_the_stubborn(tmp_path: Path, children: list[Child]) -> None:
    willing = Child(
        "Willing", ["/bin/sh", "-c", "trap 'echo bye > farewell; exit 0' TERM; sleep 300 & wait"], directory=tmp_path
    )
    stubborn = Child("Stubborn", ["/bin/sh", "-c", STUBBORN_WITH_A_CHILD], directory=tmp_path)
    children += [willing, stubborn]
    for child in children:
        child.start()
    grandchild = number_in(tmp_path / "grandchild")
    time.sleep(0.3)
    began = time.monotonic()
    stop_all(children, patience_s=1)
    assert time.monotonic() - began < 3
    assert (tmp_path / "farewell").read_text() == "bye\n"
    assert willing.poll() == 0
    assert stubborn.poll() == -signal.SIGKILL
    wait_until(lambda: not is_alive(grandchild))


def test_a_child_ends_when_its_parent_was_killed(tmp_path: Path) -> None:
    child = """
        import os, time
        from pathlib import Path
        from campaign_site.processes import die_with_parent
        die_with_parent()
        Path("child").write_text(str(os.getpid()))
        time.sleep(300)
    """
    parent = f"""
        import os, subprocess, sys
        environment = {{**os.environ, {PARENT_VARIABLE!r}: str(os.getpid()), "PYTHONPATH": {str(ROOT)!r}}}
        subprocess.run([sys.executable, "-c", {textwrap.dedent(child)!r}], env=environment)
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(parent)], cwd=tmp_path)
    pid = number_in(tmp_path / "child")
    time.sleep(1.2)
    assert is_alive(pid), "it lives as long as its parent"
    process.kill()
    process.wait()
    wait_until(lambda: not is_alive(pid), seconds=3)


def test_a_process_started_by_hand_outlives_whoever_started_it(tmp_path: Path) -> None:
    program = """
        import threading
        from campaign_site.processes import die_with_parent
        die_with_parent()
        print([thread.name for thread in threading.enumerate()])
    """
    environment = {name: value for name, value in os.environ.items() if name != PARENT_VARIABLE}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['MainThread']"
