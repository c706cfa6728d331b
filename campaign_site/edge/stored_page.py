"""One page as the cache keeps it: every answer it can give, ready to be sent."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

from supporters.audience import Audience

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
StartResponse = Callable[..., Any]

LARGEST_PAGE: Final = 1024 * 1024
"""Bytes; anything longer is a file and belongs elsewhere."""

GZIP_LEVEL: Final = 6
SMALLEST_TO_COMPRESS: Final = 200  # bytes; below that gzip's own frame outweighs the gain
NO_BODY: Final[list[bytes]] = []
# What a 304 must repeat (RFC 9110, section 15.4.5), and what lets another site read it.
REPEATED_BY_304: Final = frozenset({"cache-control", "etag", "vary", "access-control-allow-origin"})
# True of one way of sending only.
OF_ONE_SENDING: Final = frozenset({"content-length", "content-encoding", "vary", "date"})


class StoredPage:
    """A page's bytes, plain and compressed, with the headers of each answer already made.

    ``generation`` and ``revision`` are the cache's own when the page was begun; ``fresh_until`` and
    the rest of its times are on the cache's clock, in seconds.
    """

    __slots__ = ("body", "fresh_until", "generation", "headers", "headers_304", "opaque_tag", "revision", "size", "zip")

    def __init__(self, headers: Headers, body: bytes, *, generation: int, revision: int, fresh_until: float) -> None:
        self.generation = generation
        self.revision = revision
        self.fresh_until = fresh_until
        self.opaque_tag = _header(headers, "etag").removeprefix("W/")
        kept = [(name, value) for name, value in headers if name.lower() not in OF_ONE_SENDING]
        kept.append(("Vary", _vary_by_encoding(_header(headers, "vary"))))
        self.body = [body]
        self.headers = [*kept, ("Content-Length", str(len(body)))]
        self.headers_304 = [(name, value) for name, value in kept if name.lower() in REPEATED_BY_304]
        self.zip = _zipped(kept, body)
        self.size = len(body) + (len(self.zip[1][0]) if self.zip else 0)

    def answer(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        """Answer a GET or HEAD: 304 for who has it already, compressed for who can read that."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and self.is_known_to(known):
            start_response("304 Not Modified", self.headers_304)
            return NO_BODY
        headers, body = self.headers, self.body
        if self.zip is not None and reads_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            headers, body = self.zip
        start_response("200 OK", headers)
        return body if environ["REQUEST_METHOD"] == "GET" else NO_BODY

    def is_known_to(self, if_none_match: str) -> bool:
        """Weak comparison (RFC 9110, section 8.8.3.2) of our one tag with all of theirs."""
        return if_none_match.strip() == "*" or (bool(self.opaque_tag) and self.opaque_tag in if_none_match)


def is_storable(response: object) -> bool:
    """Whether Django declared this public, and it is a whole page that everybody may share."""
    return (
        isinstance(response, HttpResponse)  # a whole one, not a stream
        and getattr(response, "audience", None) is Audience.PUBLIC
        and response.status_code == HTTPStatus.OK
        and not response.cookies
        and "Set-Cookie" not in response
        and len(response.content) <= LARGEST_PAGE
    )


@lru_cache(maxsize=256)
def reads_gzip(accept_encoding: str) -> bool:
    """Whether a browser that sends this `Accept-Encoding` can read gzip; there are few such values."""
    for coding in accept_encoding.lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _zipped(headers: Headers, body: bytes) -> tuple[Headers, list[bytes]] | None:
    if len(body) < SMALLEST_TO_COMPRESS:
        return None
    zipped = gzip.compress(body, GZIP_LEVEL, mtime=0)
    if len(zipped) >= len(body):
        return None
    return [*headers, ("Content-Encoding", "gzip"), ("Content-Length", str(len(zipped)))], [zipped]


def _vary_by_encoding(vary: str) -> str:
    names = [name.strip() for name in vary.split(",") if name.strip()]
    return ", ".join([*(name for name in names if name.lower() != "accept-encoding"), "Accept-Encoding"])


def _header(headers: Headers, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")
