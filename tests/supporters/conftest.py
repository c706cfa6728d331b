from collections.abc import Iterator

import pytest

from supporters.delivery import Sender
from tests.supporters.smtp_sink import SmtpSink


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    sink = SmtpSink().open()
    yield sink
    sink.hang.clear()
    sink.close()


@pytest.fixture
def sender(sink: SmtpSink) -> Iterator[Sender]:
    sender = Sender(connect=sink.connect)
    yield sender
    sender.hang_up()
