"""Whole public pages, kept in memory in front of Django.

Finding a page's way through Wagtail alone takes eight queries; a copy takes one look into a
dictionary. Only what Django declared public is ever kept, under the very address it was asked by.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

from campaign_site.edge.stored_page import Environ, Headers, StartResponse, StoredPage, is_storable
from supporters.audience import FRESH_SECONDS, STALE_IF_ERROR_SECONDS, STALE_WHILE_REVALIDATE_SECONDS

Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Address = tuple[str, str]
"""Host and path, kept apart: glued together, a host invented by a visitor could pass for part of a path."""

MOST_PAGES: Final = 1024
MOST_BYTES: Final = 32 * 1024 * 1024
# What other sites add to a link that is shared, different for every click; no page of ours reads them.
# Left in, each visitor from a social network would have a page made for them alone.
SHARED_LINK: Final = re.compile(r"(?:(?:utm_[a-z_]+|[a-z]*clid|igsh(?:id)?|mc_[ce]id)=[^&]*(?:&|\Z))+")
LONGEST_WAIT: Final = 5.0
"""Seconds to wait for somebody else's rendering of the same page before doing it oneself."""


class Slot:
    """The place of one address: its page, and the lock of whoever is making it anew."""

    __slots__ = ("building", "page", "pause_until", "was_used")

    def __init__(self, page: StoredPage) -> None:
        self.page = page
        self.building = threading.Lock()
        self.pause_until = 0.0  # after an error: until when nobody tries again
        self.was_used = False  # asked for again since it was made, or last passed over


class PageCache:
    """A WSGI layer that answers for public pages and hands everything else on.

    A page is fresh for FRESH_SECONDS. After that, or after `refresh`, one request makes it anew while
    the others get the copy; after `purge` they wait for the new one. If making it fails, the copy
    stands in for STALE_IF_ERROR_SECONDS. The store is bounded by ``most_pages`` and ``most_bytes``.
    """

    def __init__(
        self,
        application: Application,
        *,
        hosts: frozenset[str],
        session_cookie: str,
        before_making: Callable[[], object] = lambda: None,
        most_pages: int = MOST_PAGES,
        most_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``hosts`` are the Host headers to keep copies for, with their ports; any other is handed on.

        ``before_making`` is called before a page is made, and starts whatever purges this cache.
        """
        self._application = application
        self._hosts = hosts
        self._session_cookie = session_cookie + "="
        self._before_making = before_making
        self._most_pages = most_pages
        self._most_bytes = most_bytes
        self._clock = clock
        self._slots: dict[Address, Slot] = {}
        self._bytes = 0
        self._lock = threading.Lock()
        self._generation = 0
        self._revision = 0

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("QUERY_STRING") and SHARED_LINK.fullmatch(environ["QUERY_STRING"]):
            environ = {**environ, "QUERY_STRING": ""}
        if not self._is_for_everybody(environ):
            return self._application(environ, start_response)
        host = environ.get("HTTP_HOST", "")
        slot = self._slots.get((host, environ["PATH_INFO"]))
        if slot is not None:
            page = slot.page
            if page.revision == self._revision and self._clock() < page.fresh_until:
                slot.was_used = True
                return page.answer(environ, start_response)
            return self._answer_old(slot, environ, start_response)
        if host in self._hosts and environ["REQUEST_METHOD"] == "GET":
            return self._make(None, environ, start_response)
        return self._application(environ, start_response)

    def purge(self) -> None:
        """Show no copy again that was made, or whose making began, before now."""
        with self._lock:
            self._generation += 1
            self._revision += 1

    def refresh(self) -> None:
        """Make every page anew when it is next asked for; copies may be shown until that is done."""
        with self._lock:
            self._revision += 1

    def _is_for_everybody(self, environ: Environ) -> bool:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("QUERY_STRING"):
            return False
        cookies = environ.get("HTTP_COOKIE")
        # Organisers see the pages as Django makes them at this moment.
        return cookies is None or self._session_cookie not in cookies

    def _answer_old(self, slot: Slot, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The copy is no longer fresh: one request makes it anew, the others take it or wait."""
        if environ["REQUEST_METHOD"] != "GET":
            return self._application(environ, start_response)
        page, now = slot.page, self._clock()
        if now < slot.pause_until and self._may_stand_in(page, now):
            return page.answer(environ, start_response)
        if slot.building.acquire(blocking=False):
            try:
                return self._make(slot, environ, start_response)
            finally:
                slot.building.release()
        if page.generation == self._generation and now < page.fresh_until + STALE_WHILE_REVALIDATE_SECONDS:
            return page.answer(environ, start_response)
        return self._wait(slot, environ, start_response)

    def _wait(self, slot: Slot, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if slot.building.acquire(timeout=LONGEST_WAIT):
            slot.building.release()
        page = slot.page
        if page.generation == self._generation and self._clock() < page.fresh_until + STALE_WHILE_REVALIDATE_SECONDS:
            return page.answer(environ, start_response)
        return self._make(slot, environ, start_response)

    def _make(self, slot: Slot | None, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let Django make the page, keep it if it is for everybody, and answer."""
        self._before_making()
        key = environ["HTTP_HOST"], environ["PATH_INFO"]
        # Read before the page is: what changes while it is made is then not taken for known.
        generation, revision, begun = self._generation, self._revision, self._clock()
        sent: list[tuple[str, Headers]] = []

        def remember(status: str, headers: Headers, _exc_info: object = None) -> None:
            sent.append((status, headers))

        # Without the visitor's own copy in mind, or Django would answer 304 and there were nothing to keep.
        whole = {name: value for name, value in environ.items() if name not in CONDITIONS}
        response = self._application(whole, remember)
        status, headers = sent[-1]
        if is_storable(response):
            page = StoredPage(
                headers,
                b"".join(response),
                generation=generation,
                revision=revision,
                fresh_until=begun + FRESH_SECONDS,
            )
            _close(response)
            self._keep(key, page)
            return page.answer(environ, start_response)
        if slot is not None and status.startswith("5") and self._may_stand_in(slot.page, self._clock()):
            _close(response)
            slot.pause_until = self._clock() + FRESH_SECONDS
            return slot.page.answer(environ, start_response)
        self._forget(key)
        start_response(status, headers)
        return response

    def _may_stand_in(self, page: StoredPage, now: float) -> bool:
        return page.generation == self._generation and now < page.fresh_until + STALE_IF_ERROR_SECONDS

    def _keep(self, key: Address, page: StoredPage) -> None:
        with self._lock:
            if page.generation != self._generation:
                return
            slot = self._slots.get(key)
            if slot is None:
                self._slots[key] = Slot(page)
                self._bytes += page.size
            else:
                self._bytes += page.size - slot.page.size
                slot.page = page
            while len(self._slots) > self._most_pages or self._bytes > self._most_bytes:
                self._drop_one()

    def _forget(self, key: Address) -> None:
        """The page is gone, or no longer for everybody."""
        with self._lock:
            slot = self._slots.pop(key, None)
            if slot is not None:
                self._bytes -= slot.page.size

    def _drop_one(self) -> None:
        """Drop the oldest page nobody asked for since it was last looked at here (the clock algorithm)."""
        while True:
            key = next(iter(self._slots))
            slot = self._slots.pop(key)
            if not slot.was_used:
                self._bytes -= slot.page.size
                return
            slot.was_used = False
            self._slots[key] = slot


CONDITIONS: Final = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"})


def _close(response: object) -> None:
    """Tell Django that its answer is done with, so that it gives back what the request held."""
    close = getattr(response, "close", None)
    if close is not None:
        close()
