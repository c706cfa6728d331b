"""The worker: everything that happens while nobody asks.

One process runs several loops, each in a thread: senders of mail, the counting of signatures every few
seconds, and procrastinate's jobs and schedules. When any of them ends unasked the whole process ends,
with an error, so that whatever watches over it starts it afresh: a worker is never half alive. Any
number of workers may run at once, on as many machines.
"""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from types import FrameType
from typing import Any, Final

from django.db import close_old_connections, connection, connections
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.psycopg_connector import PsycopgConnector

from campaign_site.tasks import WATCH_PURGE
from petitions.counting import count_new_signatures
from supporters.delivery import LEASE, Sender
from supporters.long_jobs import LONG_JOBS, interrupt_long_jobs

logger = logging.getLogger("parasol.worker")

COUNT_EVERY_S: Final = 2.0
BEAT_EVERY_S: Final = 10.0
LOOK_EVERY_S: Final = 0.2
STOP_PATIENCE_S: Final = 5.0
JOB_PATIENCE_S: Final = 4.0

CLOCK_JOBS: Final = "default"
"""The queue of every task that names none."""

Beat = Callable[[], None]
Body = Callable[[threading.Event, Beat], None]

RECORD_BEAT = """
INSERT INTO supporters_workerheartbeat (name, beat_at) VALUES (%s, statement_timestamp() - %s)
ON CONFLICT (name) DO UPDATE SET beat_at = greatest(supporters_workerheartbeat.beat_at, excluded.beat_at)
"""


@dataclass
class Loop:
    """One thread of the worker. ``run`` goes round until told to stop, and beats each time round.

    Several loops may share a ``name``, which then beats as the slowest of them.
    """

    name: str
    run: Body
    beat_at: float = field(default_factory=time.monotonic)
    is_over: bool = False
    thread: threading.Thread | None = None

    def start(self, stopping: threading.Event) -> None:
        self.thread = threading.Thread(target=self._body, args=(stopping,), name=self.name, daemon=True)
        self.thread.start()

    def _beat(self) -> None:
        self.beat_at = time.monotonic()

    def _body(self, stopping: threading.Event) -> None:
        try:
            self.run(stopping, self._beat)
        except BaseException as error:  # noqa: BLE001  (told to the main thread, which ends the process)
            logger.critical("The %s loop ended: %s.", self.name, where(error))
        finally:
            self.is_over = True
            connections.close_all()


def work(*, senders: int = 2, lease: timedelta = LEASE) -> int:
    """Run all loops until SIGTERM or SIGINT; 0 after a clean stop, 1 when a loop ended by itself.

    Must be called in the main thread. Returns within about five seconds of the signal, leaving behind
    only daemon threads that did not finish in time; what they had in hand is taken over by others.
    """
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stops(stopping))
    mail = [Loop("mail", Sender(lease=lease).run) for _ in range(senders)]
    return watch_over([*mail, Loop("counting", count_every_few_seconds), Loop("jobs", run_jobs)], stopping)


def watch_over(loops: list[Loop], stopping: threading.Event) -> int:
    """Start ``loops``, record their heartbeats, and stop them all when asked or when one has ended."""
    for loop in loops:
        loop.start(stopping)
    logger.info("The worker runs: %s.", ", ".join(loop.name for loop in loops))
    next_beat = 0.0
    code = 0
    while not stopping.wait(LOOK_EVERY_S):
        if any(loop.is_over for loop in loops):
            code = 1
            break
        if time.monotonic() >= next_beat:
            close_old_connections()
            record_heartbeats(loops)
            next_beat = time.monotonic() + BEAT_EVERY_S
    stopping.set()
    deadline = time.monotonic() + STOP_PATIENCE_S
    for loop in loops:
        if loop.thread is not None:
            loop.thread.join(max(0.0, deadline - time.monotonic()))
    unfinished = [loop.name for loop in loops if not loop.is_over]
    if unfinished:
        logger.warning("Stopped without waiting longer for: %s.", ", ".join(unfinished))
    return code


def record_heartbeats(loops: Iterable[Loop]) -> None:
    """Write down when the slowest loop of each name last went round, unless another worker's was later."""
    slowest: dict[str, float] = {}
    for loop in loops:
        slowest[loop.name] = min(loop.beat_at, slowest.get(loop.name, loop.beat_at))
    with connection.cursor() as cursor:
        # In the same order in every worker, or two of them could wait for each other's rows.
        for name, beat_at in sorted(slowest.items()):
            values: list[Any] = [name, timedelta(seconds=time.monotonic() - beat_at)]
            cursor.execute(RECORD_BEAT, values)


def count_every_few_seconds(stopping: threading.Event, beat: Beat) -> None:
    """Add up new signatures. Not a queued job: a queue would be written to for ever with nothing to do."""
    while not stopping.is_set():
        beat()
        close_old_connections()
        count_new_signatures()
        stopping.wait(COUNT_EVERY_S)


def run_jobs(stopping: threading.Event, beat: Beat) -> None:
    """procrastinate's workers, one for each queue, with a small connection pool of their own.

    An export may take minutes; in a queue of its own it holds up nothing that is due by the clock.
    """
    asyncio.run(_run_jobs(stopping, beat))


async def _run_jobs(stopping: threading.Event, beat: Beat) -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=6)
    with app.replace_connector(connector):
        async with app.open_async():
            # After a day without a worker, what is overdue is forgotten now and not at the next full hour.
            with suppress(AlreadyEnqueued):
                await app.configure_task(WATCH_PURGE, queueing_lock=WATCH_PURGE).defer_async(timestamp=0)
            # The signals belong to the main thread; cancelling is how procrastinate is asked to finish its jobs.
            workers = [
                asyncio.create_task(
                    app.run_worker_async(
                        queues=[queue],
                        concurrency=1,
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=JOB_PATIENCE_S,
                    )
                )
                for queue in (CLOCK_JOBS, LONG_JOBS)
            ]
            while not (any(worker.done() for worker in workers) or stopping.is_set()):
                beat()
                await asyncio.wait(workers, timeout=LOOK_EVERY_S, return_when=asyncio.FIRST_COMPLETED)
            interrupt_long_jobs()
            for worker in workers:
                worker.cancel()
            await asyncio.wait(workers)
            for worker in workers:
                if not worker.cancelled():
                    worker.result()


def where(error: BaseException) -> str:
    """The class of ``error`` and the line it came from; its text may quote somebody's data and is left out."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    return f"{type(error).__name__} in {trace.tb_frame.f_code.co_filename}, line {trace.tb_lineno}"


def _stops(stopping: threading.Event) -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    return stop
