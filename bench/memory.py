"""How much memory a process and its children really take."""

import json
import subprocess
import sys
import threading
from types import TracebackType
from typing import Final, Self

import psutil

from bench.site import BASE_DIR

EVERY_S: Final = 0.5
MB: Final = 1024 * 1024


class PeakMemory:
    """The highest sum over a process tree seen between entering and leaving, in `peak_mb`.

    Proportional set size where the system tells it (Linux): pages shared between processes count once.
    Elsewhere the resident size, which counts them in each.
    """

    def __init__(self, pid: int | None) -> None:
        self.pid = pid
        self.peak_mb = 0.0
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._leaving.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.peak_mb = max(self.peak_mb, tree_mb(self.pid))
            if self._leaving.wait(EVERY_S):
                return


def measured(module: str, *arguments: str, timeout: float) -> tuple[float, float]:
    """What ``python -m module`` prints last, in seconds as it measured them itself, and its peak memory in MB.

    ``timeout`` is in seconds. Raises RuntimeError when it fails.
    """
    command = [sys.executable, "-m", module, *arguments]
    with (
        subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True) as process,
        PeakMemory(process.pid) as memory,
    ):
        output, _ = process.communicate(timeout=timeout)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}.")
    return float(json.loads(output.splitlines()[-1])), memory.peak_mb


def tree_mb(pid: int | None) -> float:
    """Memory of ``pid`` and all its descendants in MB; 0 when it is gone."""
    try:
        root = psutil.Process(pid)
        return sum(_bytes(process) for process in [root, *root.children(recursive=True)]) / MB
    except psutil.NoSuchProcess:
        return 0.0


def _bytes(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", 0) or full.rss)
    except psutil.Error:
        return 0
