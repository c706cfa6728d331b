"""Many threads doing the same thing at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, connections

Result = TypeVar("Result")


def at_once(number: int, act: Callable[[int], Result], *, with_database: bool = True) -> list[Result]:
    """What ``act(0)``, ``act(1)``… return, each in a thread of its own, let loose together.

    Each has a connection open by then, which needs a test that commits (``transaction=True``), unless it
    is told that no database is wanted. Raises what the first of them raised.
    """
    together = threading.Barrier(number, timeout=60)

    def run(which: int) -> Result:
        try:
            if with_database:
                connection.ensure_connection()
            together.wait()
            return act(which)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=number) as pool:
        return list(pool.map(run, range(number)))


def together(*acts: Callable[[], object]) -> None:
    """Let ``acts`` loose on one another, each on a connection of its own; raises what the first of them raised."""
    at_once(len(acts), lambda which: acts[which]())
