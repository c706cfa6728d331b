"""Asking postcodes.io which seat a postcode lies in. The postcode leaves this server: only where that is allowed."""

import re
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from django.conf import settings

from mp_contacts.clients.json_source import NOT_FOUND, JsonSource, SourceFailed

NAME: Final = "postcodes.io"
DEADLINE_S: Final = 12.0
READ_S: Final = 5.0
PAUSE_S: Final = 0.2
TRIES: Final = 2
"""Somebody looks at a page that waits: a short no is better than a long maybe."""
# The first is what the service calls it since the seats of 2024; the other was there before, and holds the same now.
KEYS: Final = ("parliamentary_constituency_2024", "parliamentary_constituency")
# Pseudo codes, such as L99999999 on Jersey, name no seat.
SEAT_CODE: Final = re.compile(r"[ENSW]\d{8}")


def seat_by_postcodes_io(
    postcode: str, *, read_s: float = READ_S, deadline_s: float = DEADLINE_S, wait: Callable[[float], None] = time.sleep
) -> str:
    """The ONS code of the seat that ``postcode`` lies in; "" if the service knows none. Raises SourceFailed.

    Known, unknown, wrongly written and terminated postcodes are all answers; only silence and nonsense are failures.
    Silence for ``read_s`` seconds is enough, and ``deadline_s`` for all of it; ``wait`` is how pauses are passed.
    """
    source = JsonSource(
        settings.POSTCODES_IO,
        name=NAME,
        pause_s=PAUSE_S,
        deadline_s=deadline_s,
        tries=TRIES,
        read_s=read_s,
        wait=wait,
    )
    with source:
        status, answer = source.get(f"/postcodes/{quote(postcode, safe='')}")
    if status == NOT_FOUND:
        return ""
    result = answer.get("result") if isinstance(answer, dict) else None
    codes = result.get("codes") if isinstance(result, dict) else None
    if not isinstance(codes, dict):
        raise SourceFailed(f"{NAME} sent an answer of a shape we do not know.")
    for key in KEYS:
        code = codes.get(key)
        if isinstance(code, str) and SEAT_CODE.fullmatch(code):
            return code
    return ""
