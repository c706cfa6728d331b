"""Answers the rest of the site: which seat a postcode lies in, and what a seat is called."""

import time
from typing import Final

from mp_contacts.models import Constituency
from mp_contacts.postcodes import seat_for
from supporters.seats import register_seats

NAMES_LAST_S: Final = 60.0


class SeatNames:
    """The names of all seats, read together at most once a minute: a list shows a hundred of them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._read_again_at = 0.0

    def name_of(self, code: str) -> str:
        """What the seat ``code`` is called; "" when it is none of ours."""
        if time.monotonic() >= self._read_again_at:
            self._names = dict(Constituency.objects.values_list("code", "name"))
            self._read_again_at = time.monotonic() + NAMES_LAST_S
        return self._names.get(code, "")

    def forget(self) -> None:
        """Read them again when next asked."""
        self._read_again_at = 0.0


NAMES: Final = SeatNames()

register_seats(find=seat_for, name=NAMES.name_of)
