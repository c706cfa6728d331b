"""A mail server that takes its time, and real workers that send to it."""

import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.supporters.real_worker import end_all, start_worker
from tests.supporters.smtp_sink import SmtpSink


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    sink = SmtpSink().open()
    sink.delay = 0.01
    yield sink
    sink.close()


@pytest.fixture
def start(sink: SmtpSink) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts a real worker on the test database and the sink, and ends it with the test."""
    started: list[subprocess.Popen[str]] = []

    def run() -> subprocess.Popen[str]:
        started.append(start_worker(sink.port, "--lease", "2"))
        return started[-1]

    yield run
    end_all(started)
