"""Asking a public service for JSON without ever hanging, flooding it, or being led elsewhere."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Final

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

CONNECT_S: Final = 5.0
READ_S: Final = 20.0
PIECE: Final = 16 * 1024
LONGEST_ANSWER: Final = 2 * 1024 * 1024
"""Bytes. A page of twenty members is some 30,000."""
LONGEST_WAIT_S: Final = 60.0
"""A service that asks for more than this is left alone, and asked again another time."""
TRIES: Final = 4
FIRST_GAP_S: Final = 1.0
BUSY: Final = 429
UNAVAILABLE: Final = 503
GOOD: Final = 200
NOT_FOUND: Final = 404
REDIRECTS: Final = range(300, 400)
BROKEN_THERE: Final = 500

# Its notes of every request, made at the lowest level, hold the whole address: for one service that is a postcode.
logging.getLogger("urllib3").setLevel(logging.INFO)


class SourceFailed(Exception):
    """The service gave no answer one can use. The text is a sentence for an organiser and quotes nothing personal."""


class SourceBusy(SourceFailed):
    """The service asks to be left alone for ``wait_s`` seconds."""

    def __init__(self, text: str, wait_s: float) -> None:
        super().__init__(text)
        self.wait_s = wait_s


class JsonSource:
    """One service at ``base``, asked one question after another over one connection.

    ``pause_s`` passes between two questions, ``deadline_s`` in all at the most.
    A broken answer of the service's own (5xx) is asked for again ``tries`` times in all, with growing gaps.
    ``wait`` is how the time is passed; the worker's looks whether it should stop.
    """

    def __init__(
        self,
        base: str,
        *,
        name: str,
        pause_s: float,
        deadline_s: float,
        tries: int = TRIES,
        read_s: float = READ_S,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base, self._name, self._pause_s, self._tries, self._wait = base.rstrip("/"), name, pause_s, tries, wait
        self._timeouts = (CONNECT_S, read_s)
        self._deadline = time.monotonic() + deadline_s
        self._asked_before = False
        self._session = requests.Session()
        self._session.headers.update({"Accept": "application/json", "User-Agent": "Parasol"})

    def __enter__(self) -> "JsonSource":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def get(self, path: str, params: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """The status, 200 or 404, and what the JSON at ``path`` says. Raises SourceFailed, SourceBusy."""
        gap = FIRST_GAP_S
        for attempt in range(1, self._tries + 1):
            self._take_time(self._pause_s if self._asked_before else 0)
            self._asked_before = True
            trouble, wait_s = "", gap
            try:
                with self._session.get(
                    f"{self._base}{path}",
                    params=params,
                    timeout=self._timeouts,
                    allow_redirects=False,
                    stream=True,
                ) as answer:
                    if answer.status_code in {GOOD, NOT_FOUND}:
                        return answer.status_code, self._json(answer)
                    trouble, wait_s = self._trouble(answer, gap)
            except (requests.Timeout, ReadTimeoutError):
                trouble = f"{self._name} did not answer in time."
            except (requests.RequestException, HTTPError, OSError):
                # Not the error's own text: it holds the address that was asked.
                trouble = f"{self._name} could not be reached, or broke off."
            if attempt < self._tries:
                self._take_time(wait_s)
                gap *= 2
        raise SourceFailed(trouble)

    def _trouble(self, answer: requests.Response, gap: float) -> tuple[str, float]:
        """What is wrong with an answer that may be better in a while, and seconds until then. Raises for others."""
        status = answer.status_code
        if status in REDIRECTS:
            raise SourceFailed(f"{self._name} wanted to lead us elsewhere (status {status}); we do not follow.")
        if status in {BUSY, UNAVAILABLE}:
            wait_s = seconds_until(answer.headers.get("Retry-After", ""), now=datetime.now(UTC))
            if wait_s is not None and wait_s > LONGEST_WAIT_S:
                raise SourceBusy(f"{self._name} asks to be left alone for {wait_s / 60:.0f} minutes.", wait_s)
            return f"{self._name} is too busy (status {status}).", gap if wait_s is None else max(gap, wait_s)
        if status >= BROKEN_THERE:
            return f"{self._name} has trouble of its own (status {status}).", gap
        raise SourceFailed(f"{self._name} refused the question (status {status}).")

    def _json(self, answer: requests.Response) -> Any:
        content = bytearray()
        # Whatever has come, however little: an answer that drips never times out by itself.
        while piece := answer.raw.read1(PIECE, decode_content=True):
            content += piece
            if len(content) > LONGEST_ANSWER:
                raise SourceFailed(f"{self._name} sent an answer that is far too long.")
            self._take_time(0)
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise SourceFailed(f"{self._name} sent something that is not JSON.") from None

    def _take_time(self, seconds: float) -> None:
        """Let ``seconds`` pass; raises SourceFailed if the deadline is, or would be, over."""
        if time.monotonic() + seconds > self._deadline:
            raise SourceFailed(f"{self._name} took too long altogether.")
        if seconds:
            self._wait(seconds)


def seconds_until(retry_after: str, *, now: datetime) -> float | None:
    """How long a ``Retry-After`` header asks to wait, given as seconds or as a date; None if it says nothing."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), 10**8))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
