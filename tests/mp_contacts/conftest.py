"""What tests of letters share: the real files that some read, and a server that stands in for the services we ask."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from django.conf import LazySettings, settings

from supporters.delivery import Sender
from tests.conftest import NOT_TESTED
from tests.mp_contacts.web_service import WebService
from tests.supporters.smtp_sink import SmtpSink

SHARED_DATA: Final = Path(os.environ.get("PARASOL_SHARED_DATA") or settings.BASE_DIR.parent / "shared" / "data")


@pytest.fixture
def shared(record_property: Callable[[str, object], None]) -> Callable[[str], Path | None]:
    """Finds the real file of a name; None where there is none: the run then ends by saying what was not tested."""

    def find(name: str) -> Path | None:
        path = SHARED_DATA / name
        if path.exists():
            return path
        record_property(NOT_TESTED, name)
        return None

    return find


@pytest.fixture
def service(settings: LazySettings) -> Iterator[WebService]:
    """What stands in for Parliament's service and for postcodes.io."""
    service = WebService()
    settings.MEMBERS_API = settings.POSTCODES_IO = service.url
    yield service
    service.close()


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    sink = SmtpSink().open()
    yield sink
    sink.close()


@pytest.fixture
def sender(sink: SmtpSink) -> Iterator[Sender]:
    sender = Sender(connect=sink.connect)
    yield sender
    sender.hang_up()
