"""People who sign or register on a site that keeps breaking, and do what people do: press the button again."""

import http.client
import threading
import time
from collections.abc import Collection
from typing import Final
from urllib.parse import urlencode

from bench.visitors import Act, address_of, network_of

AT_ONCE: Final = 8
PATIENCE_S: Final = 15  # with one answer
PAUSE_S: Final = 0.3  # before pressing again


class RetryingPeople:
    """``number`` people, some at a time, each trying until what they did is acknowledged.

    The first of them is visitor number ``first``. Nobody starts before `allow` lets them; ``acknowledged`` fills with
    the addresses of those who were answered 303. ``refusals`` counts the other answers and the answers that never came;
    ``last_at`` is when the last one was acknowledged, by the monotonic clock (s).
    """

    def __init__(self, number: int, *, act: Act, port: int, first: int = 1) -> None:
        self.acknowledged: set[str] = set()
        self.refusals = 0
        self.last_at = 0.0
        self._number = number
        self._first = first
        self._act = act
        self._port = port
        self._next = 0
        self._allowed = 0
        self._given_up = False
        self._changed = threading.Condition()
        self._threads = [threading.Thread(target=self._go_on, daemon=True) for _ in range(AT_ONCE)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def allow(self, number: int) -> None:
        """Let the first ``number`` people begin."""
        with self._changed:
            self._allowed = max(self._allowed, number)
            self._changed.notify_all()

    def are_done(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def send_home(self) -> None:
        """Let nobody begin or try again."""
        with self._changed:
            self._given_up = True
            self._changed.notify_all()

    def _go_on(self) -> None:
        while (person := self._take_turn()) is not None:
            while not self._given_up and not self._is_acknowledged(person):
                with self._changed:
                    self.refusals += 1
                time.sleep(PAUSE_S)

    def _take_turn(self) -> int | None:
        with self._changed:
            while self._next >= self._allowed and self._next < self._number and not self._given_up:
                self._changed.wait()
            if self._next >= self._number or self._given_up:
                return None
            self._next += 1
            return self._first + self._next - 1

    def _is_acknowledged(self, person: int) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": network_of(person),
        }
        try:
            connection.request("POST", self._act.path, urlencode(self._act.fields(person)), headers)
            if connection.getresponse().status != http.client.SEE_OTHER:
                return False
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        with self._changed:
            self.acknowledged.add(address_of(person))
            self.last_at = time.monotonic()
        return True


def who_acted(addresses: Collection[str], keys: Collection[object], *, page: int) -> set[str]:
    """Those of ``addresses`` whose keyed hash on ``page`` is among ``keys``, the rows of what people did there."""
    from supporters.identity import person_key  # noqa: PLC0415  (reads the settings, which must be the site's)

    return {address for address in addresses if person_key(page_id=page, address=address) in keys}
