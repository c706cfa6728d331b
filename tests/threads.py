"""Real threads for races."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")


def at_once(number: int, act: Callable[[int], Result]) -> list[Result]:
    """The results of ``act(0)`` … ``act(number - 1)``, begun together, each on a connection of its own."""
    together = threading.Barrier(number)

    def run(index: int) -> Result:
        together.wait(timeout=60)
        try:
            return act(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))
