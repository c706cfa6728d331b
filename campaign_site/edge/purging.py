"""Hearing that pages have changed, in every process that keeps copies of them."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

import psycopg
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from supporters.page_notices import CHANNEL, PURGE

logger = logging.getLogger("parasol.purging")

LISTEN_SECONDS: Final = 1.0
"""How long one wait for notices lasts, and so how soon `stop` is obeyed."""

PROBE_SECONDS: Final = 30.0
"""After how long without a notice the connection is asked whether it still lives."""

SHORTEST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0  # seconds between two attempts to connect


class PurgeListener:
    """A thread that calls ``purge`` or ``refresh`` whenever some process says that pages changed.

    It holds one connection of its own. Whatever was said while that was broken is lost, so each new
    connection begins with a purge.
    """

    def __init__(self, *, purge: Callable[[], object], refresh: Callable[[], object]) -> None:
        self._purge = purge
        self._refresh = refresh
        self._starting = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def ensure_started(self) -> None:
        """Start listening unless this process does; a thread does not survive a fork, so it is asked for often."""
        if self._thread is None or not self._thread.is_alive():
            with self._starting:
                if (self._thread is None or not self._thread.is_alive()) and not self._stopping.is_set():
                    self._thread = threading.Thread(target=self._run, name="purging", daemon=True)
                    self._thread.start()

    def stop(self) -> None:
        """End the thread and its connection."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._stopping.is_set():
            connection = connections.create_connection(DEFAULT_DB_ALIAS)
            began = time.monotonic()
            try:
                self._listen(connection)
            except (Error, psycopg.Error) as error:
                # Named by its kind: the message may quote the connection's parameters.
                logger.warning("Lost the connection that says when pages change (%s).", type(error).__name__)
            finally:
                connection.close()
            pause = SHORTEST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            self._stopping.wait(pause)

    def _listen(self, connection: BaseDatabaseWrapper) -> None:
        connection.ensure_connection()
        raw: psycopg.Connection = connection.connection
        raw.execute(f"LISTEN {CHANNEL}")
        self._purge()
        heard_at = time.monotonic()
        while not self._stopping.is_set():
            for notice in raw.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                heard_at = time.monotonic()
                (self._purge if notice.payload == PURGE else self._refresh)()
            if time.monotonic() - heard_at > PROBE_SECONDS:
                raw.execute("SELECT 1")
                heard_at = time.monotonic()
