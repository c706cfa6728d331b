"""One database transaction for all the requests that are waiting for one.

Each commit costs a flush to disk and several statements, whether it carries one row or two hundred.
One thread per process therefore takes everything that is waiting, writes it in one transaction, and
wakes those who waited. There is no timer: while one batch is being committed, the next one forms.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

import psycopg
from django.db import InterfaceError, OperationalError, close_old_connections, transaction

logger = logging.getLogger("parasol.group_commit")

Item = TypeVar("Item")
Result = TypeVar("Result")

LARGEST_BATCH = 256
DATABASE_GONE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
# Enough for every request thread of a process several times over; past it the server is drowning.
WAITING_ROOM = 1024


class Overloaded(Exception):
    """Not stored, try again: too much is waiting already, it waited too long, or the database went away."""


class GroupCommit(Generic[Item, Result]):
    """Runs ``write`` on batches of items, each batch in one transaction.

    ``write`` takes the items of a batch and returns one result each, in order. When a batch fails,
    its items are tried one by one, so that one bad item harms nobody else.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Sequence[Result]], *, name: str) -> None:
        self._write = write
        self._name = name
        self._waiting: Queue[tuple[Item, Future[Result]]] = Queue(maxsize=WAITING_ROOM)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, item: Item, *, seconds: float) -> Result:
        """Wait until ``item`` is committed and return its result.

        Raises Overloaded if it could not be within ``seconds``, or whatever `write` raised for it.
        """
        self._ensure_thread()
        future: Future[Result] = Future()
        try:
            self._waiting.put_nowait((item, future))
        except Full:
            raise Overloaded from None
        try:
            return future.result(timeout=seconds)
        except TimeoutError:
            if future.cancel():
                raise Overloaded from None
            # Being written at this moment: its fate is decided within one transaction.
            return future.result()

    def _ensure_thread(self) -> None:
        # Started on first use, not at import: the server forks or spawns its workers after that.
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        while True:
            batch = self._next_batch()
            try:
                close_old_connections()
                self._settle(batch)
            except Exception as error:  # noqa: BLE001  (this thread must outlive any one batch)
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)

    def _next_batch(self) -> list[tuple[Item, "Future[Result]"]]:
        batch = [self._waiting.get()]
        try:
            while len(batch) < LARGEST_BATCH:
                batch.append(self._waiting.get_nowait())
        except Empty:
            pass
        return [(item, future) for item, future in batch if future.set_running_or_notify_cancel()]

    def _settle(self, batch: list[tuple[Item, "Future[Result]"]]) -> None:
        if not batch:
            return
        try:
            with transaction.atomic():
                results = self._write([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001  (one draft that cannot be written must not fail its neighbours)
            if len(batch) == 1:
                # Whether a commit that lost its connection was kept, nobody knows; trying again is safe either way.
                batch[0][1].set_exception(Overloaded() if isinstance(error, DATABASE_GONE) else error)
                return
            logger.warning("A batch of %d failed (%s); trying one by one.", len(batch), type(error).__name__)
            for pair in batch:
                close_old_connections()
                self._settle([pair])
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)
