"""The real files that some tests read. They are not part of the project, and of nobody else's business."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings

from tests.conftest import NOT_TESTED

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
