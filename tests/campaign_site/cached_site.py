"""A site behind the page cache that tests can count, and a clock they can turn."""

import threading
from collections.abc import Callable

from django.http import HttpResponse

from campaign_site.edge.page_cache import PageCache
from supporters.audience import Audience

HOST = "campaign.example"


class Application:
    """A site that counts how often it was asked, and answers as ``make`` says."""

    def __init__(self, make: Callable[["Application"], HttpResponse] | None = None) -> None:
        self.make = make or (lambda site: page(f"page {site.asked} {'x' * 500}"))
        self.environs: list[dict] = []
        self.closed = 0
        self._lock = threading.Lock()

    @property
    def asked(self) -> int:
        return len(self.environs)

    def __call__(self, environ, start_response):
        with self._lock:
            self.environs.append(environ)
        response = self.make(self)
        response._resource_closers.append(self._close)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    def _close(self) -> None:
        self.closed += 1


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Answer:
    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = int(status[:3]), {name.lower(): value for name, value in headers}, body

    @property
    def text(self) -> str:
        return self.body.decode().split(" x")[0]


def page(text: str = "a page", *, audience: Audience = Audience.PUBLIC, status: int = 200) -> HttpResponse:
    response = HttpResponse(text, status=status, headers={"ETag": f'W/"{text[:8]}"', "Cache-Control": "public"})
    response.audience = audience  # type: ignore[attr-defined]
    return response


def get(cache: PageCache, path: str = "/", method: str = "GET", query: str = "", **headers: str) -> Answer:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    sent: list[tuple[str, list[tuple[str, str]]]] = []
    body = cache(environ, lambda status, given, exc_info=None: sent.append((status, given)))
    answer = Answer(*sent[-1], b"".join(body))
    if hasattr(body, "close"):
        body.close()
    return answer
