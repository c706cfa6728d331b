"""Who may see a response: everybody, or only the person who asked.

A view declares its audience with one of the two decorators. `settle_audience`, called once for every
response that leaves, turns the declaration into headers and fails closed: what was not declared
public, or turns out to depend on the visitor, is personal and stored nowhere.
"""

import hashlib
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

View = Callable[..., HttpResponseBase]


class Audience(StrEnum):
    """Whom a response is for."""

    PUBLIC = "public"
    PERSONAL = "personal"


FRESH_SECONDS: Final = 5
"""Short enough that a count is never older than a breath, long enough that a crowd costs one request."""

STALE_WHILE_REVALIDATE_SECONDS: Final = 60
"""Nobody waits for the one request that fetches the page anew."""

STALE_IF_ERROR_SECONDS: Final = 600
"""Reading outlives a restart of the database, or the time somebody needs to mend it."""

PUBLIC_CACHE_CONTROL: Final = (
    f"public, max-age={FRESH_SECONDS}, s-maxage={FRESH_SECONDS}, "
    f"stale-while-revalidate={STALE_WHILE_REVALIDATE_SECONDS}, stale-if-error={STALE_IF_ERROR_SECONDS}"
)
# A page that is not there may be published any moment, and nothing stale stands in for it.
MISSING_CACHE_CONTROL: Final = f"public, max-age={FRESH_SECONDS}, s-maxage={FRESH_SECONDS}"
PERSONAL_CACHE_CONTROL: Final = "private, no-store"

SHAREABLE_STATUSES: Final = frozenset(
    {
        HTTPStatus.OK,
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.NOT_MODIFIED,
        HTTPStatus.PERMANENT_REDIRECT,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.GONE,
    }
)
MISSING_STATUSES: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# What a shared cache cannot tell apart by address alone.
PERSONAL_VARIANTS: Final = frozenset({"cookie", "authorization", "*"})


def public_page(view: View) -> View:
    """Declare that ``view`` answers everybody alike."""

    @wraps(view)
    def declared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # On the request as well: a 404 is raised through here and becomes a response further out.
        request.audience = Audience.PUBLIC  # type: ignore[attr-defined]
        return declare(view(request, *args, **kwargs), Audience.PUBLIC)

    declared.audience = Audience.PUBLIC  # type: ignore[attr-defined]
    return declared


def personal_page(view: View) -> View:
    """Declare that ``view`` answers one person, and that no cache may keep the answer."""

    @wraps(view)
    def declared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.audience = Audience.PERSONAL  # type: ignore[attr-defined]
        response = declare(view(request, *args, **kwargs), Audience.PERSONAL)
        # At once, and not only on the way out: a view called by itself is no less personal.
        response["Cache-Control"] = PERSONAL_CACHE_CONTROL
        return response

    declared.audience = Audience.PERSONAL  # type: ignore[attr-defined]
    return declared


def settle_audience(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """``response`` with the headers of its audience, or the 304 that stands for it.

    Keeps the rule that only an answer which is declared public, asked for by GET or HEAD, and made
    without session or cookie, may be stored by anyone.
    """
    if _is_public(request, response):
        return _settle_public(request, response)
    declare(response, Audience.PERSONAL)
    response["Cache-Control"] = PERSONAL_CACHE_CONTROL
    response["X-Robots-Tag"] = "noindex"
    if _address_is_secret(request):
        response["Referrer-Policy"] = "no-referrer"
    for header in ("ETag", "Last-Modified", "Expires"):
        del response[header]
    return response


def _is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        _declared_audience(request, response) is Audience.PUBLIC
        and request.method in {"GET", "HEAD"}
        and response.status_code in SHAREABLE_STATUSES
        and not response.cookies
        and not getattr(getattr(request, "session", None), "accessed", False)
        and PERSONAL_VARIANTS.isdisjoint(name.strip().lower() for name in response.get("Vary", "").split(","))
    )


def _declared_audience(request: HttpRequest, response: HttpResponseBase) -> Audience:
    declared: Audience | None = getattr(response, "audience", None)
    if declared is not None:
        return declared
    if response.status_code == HTTPStatus.NOT_FOUND:
        # Raised by a public view, or no view matched the address at all.
        nobody_answered = getattr(request, "resolver_match", None) is None
        return Audience.PUBLIC if nobody_answered else getattr(request, "audience", Audience.PERSONAL)
    return Audience.PERSONAL


def _settle_public(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    declare(response, Audience.PUBLIC)
    if response.status_code in MISSING_STATUSES:
        response["Cache-Control"] = MISSING_CACHE_CONTROL
    elif not response.get("Cache-Control", "").startswith("public"):
        # Files say themselves how long they may be kept.
        response["Cache-Control"] = PUBLIC_CACHE_CONTROL
    if response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse):
        return response
    # Weak, because the same page also travels compressed.
    response["ETag"] = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    # The response itself, or the 304 for a visitor who has it already.
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    return declare(answer, Audience.PUBLIC)


def _address_is_secret(request: HttpRequest) -> bool:
    """Whether the address itself lets its holder do something.

    Only there does the browser have to keep the whole address from the next page. Everywhere else it
    is kept from other sites alone: with no referrer at all, browsers also send `Origin: null`, and
    forms could no longer be told from forged ones.
    """
    match = getattr(request, "resolver_match", None)
    return match is not None and "token" in match.kwargs


def declare(response: HttpResponseBase, audience: Audience) -> HttpResponseBase:
    """``response`` itself, marked as being for ``audience``."""
    response.audience = audience  # type: ignore[attr-defined]
    return response
