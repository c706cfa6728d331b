"""Many threads doing the same thing at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, connections

Result = TypeVar("Result")


def at_once(number: int, act: Callable[[int], Result]) -> list[Result]:
    """What ``act(0)``, ``act(1)``… return, each in a thread with a connection of its own, let loose together.

    Raises what the first of them raised. Needs a test that commits (``transaction=True``).
    """
    together = threading.Barrier(number, timeout=60)

    def run(which: int) -> Result:
        try:
            connection.ensure_connection()
            together.wait()
            return act(which)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=number) as pool:
        return list(pool.map(run, range(number)))
