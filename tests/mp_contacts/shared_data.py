"""Where the real files are that some tests read. They are not part of the project, and of nobody else's business."""

import os
from pathlib import Path
from typing import Final

from django.conf import settings

SHARED_DATA: Final = Path(os.environ.get("PARASOL_SHARED_DATA") or settings.BASE_DIR.parent / "shared" / "data")


def shared(name: str) -> Path | None:
    """The real file ``name``; None, and a line that says so, where there is none: the test then proves nothing."""
    path = SHARED_DATA / name
    if path.exists():
        return path
    print(f"NOT TESTED with real data: there is no {path}.")  # noqa: T201  (what the test has to say)
    return None
