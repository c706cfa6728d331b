"""Child processes that are started again when they die, and leave nobody behind when they stop."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Final

from campaign_site.processes import PARENT_VARIABLE

SHORT_LIFE_S: Final = 10
FIRST_DELAY_S: Final = 0.2
LONGEST_DELAY_S: Final = 10.0


class Child:
    """One command in a session of its own, so that a Ctrl-C in the terminal reaches its supervisor alone."""

    def __init__(self, name: str, command: list[str], *, directory: Path) -> None:
        self.name = name
        self.command = command
        self.directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._delay_s = FIRST_DELAY_S

    def start(self) -> None:
        self._process = subprocess.Popen(
            self.command,
            cwd=self.directory,
            env={**os.environ, PARENT_VARIABLE: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._started_at = time.monotonic()

    @property
    def pid(self) -> int | None:
        """The process id, or None between a death and the next start."""
        return self._process.pid if self._process else None

    def poll(self) -> int | None:
        """The exit code once the process has ended, after sweeping up whatever it left running; else None."""
        if self._process is None:
            return 0
        if self._process.returncode is not None:
            return self._process.returncode
        # Looked at without reaping: until it is reaped its number cannot be given to a strange process group.
        if os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return None
        self._signal_group(signal.SIGKILL)
        return self._process.wait()

    def keep_running(self) -> None:
        """Start the process again if it has ended; wait longer each time it dies young."""
        now = time.monotonic()
        if self._process is not None:
            code = self.poll()
            if code is None:
                return
            self._process = None
            young = now - self._started_at < SHORT_LIFE_S
            self._delay_s = min(self._delay_s * 2, LONGEST_DELAY_S) if young else FIRST_DELAY_S
            self._start_again_at = now + self._delay_s
            print(f"{self.name} ended ({_in_words(code)}); starting it again.", flush=True)
        elif now >= self._start_again_at:
            self.start()

    def ask_to_stop(self) -> None:
        """SIGTERM to the process itself; it takes its own children with it."""
        if self._process is not None and self.poll() is None:
            self._process.terminate()

    def kill(self) -> None:
        """SIGKILL to the process and everything in its session."""
        if self._process is not None and self.poll() is None:
            self._signal_group(signal.SIGKILL)
            self._process.wait()

    def _signal_group(self, number: int) -> None:
        assert self._process is not None  # noqa: S101  (narrows the type)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def stop_all(children: list[Child], *, patience_s: float) -> None:
    """Ask every child to stop, wait, and kill whoever is left."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline and any(child.poll() is None for child in children):
        time.sleep(0.05)
    for child in children:
        child.kill()


def _in_words(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
