"""Jobs that may take minutes: exports, imports, mailings, the search for duplicates."""

import threading
from typing import Final

from procrastinate import RetryStrategy

LONG_JOBS: Final = "long"
"""The queue they wait in, so that what is due by the clock never waits for them. One runs at a time."""

_stopping = threading.Event()


class Interrupted(Exception):
    """The worker is being stopped; the job starts again from the beginning, with another worker."""


RETRY_INTERRUPTED: Final = RetryStrategy(max_attempts=20, wait=5, retry_exceptions={Interrupted})
"""For `@app.task(retry=…)`; seconds."""


def check_in() -> None:
    """Call this every second or so: raises Interrupted once the worker has been told to stop."""
    if _stopping.is_set():
        raise Interrupted


def interrupt_long_jobs() -> None:
    """Have every long job of this process end at its next check-in."""
    _stopping.set()
