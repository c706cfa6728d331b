"""Ending with the process that started us, even when it was killed and could not say goodbye."""

import os
import threading
import time
from typing import Final

from campaign_site.embedded import release_embedded_databases

PARENT_VARIABLE: Final = "PARASOL_PARENT_PID"
"""Set by a parent for its children; absent when a person or an init system started the process."""

LOOK_EVERY_S: Final = 0.5


def die_with_parent() -> None:
    """End this process within a second of the death of the process named in `PARASOL_PARENT_PID`.

    Does nothing when the variable is not set. The embedded PostgreSQL is given back first, so that the last
    process to end stops it.
    """
    parent = os.environ.get(PARENT_VARIABLE, "")
    if parent:
        threading.Thread(target=_watch, args=(int(parent),), name="die-with-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_S)
    release_embedded_databases()
    os._exit(1)
