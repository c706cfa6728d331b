"""Refusing forms that another site made a visitor's browser send."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from supporters.audience import Audience, declare

View = Callable[..., HttpResponseBase]

# "same-site" is refused: a neighbour under the same domain may be anybody.
OWN_SITES: Final = frozenset({"same-origin", "none"})


def same_origin_post(view: View) -> View:
    """Let ``view`` be reached only by POST, and not from another site's page.

    It takes the place of the token, which a cached page cannot carry. The decorated view carries
    ``is_same_origin_post``, so that a test can list where this stands.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not is_from_own_site(request):
            return _refusal(request)
        return view(request, *args, **kwargs)

    guarded.is_same_origin_post = True  # type: ignore[attr-defined]
    return csrf_exempt(guarded)


def cross_site_post(view: View) -> View:
    """Let ``view`` be reached by POST from anywhere: by a mail provider's machines, with neither token nor cookie.

    Only for a view that looks at nothing but what the request itself proves, by a signature or a token
    in its address, and that could be called by a stranger who holds that proof without harm to anybody
    but whom it is about. The decorated view carries ``is_cross_site_post`` for the test that lists where
    this stands.
    """
    exempt = csrf_exempt(view)
    exempt.is_cross_site_post = True  # type: ignore[attr-defined]
    return exempt


def is_from_own_site(request: HttpRequest) -> bool:
    """Whether a POST comes from a page of ours, by `Sec-Fetch-Site`, else by `Origin`.

    Every browser since 2020 sends the second, and since 2023 the first (to https and to this very
    machine). With neither it is a program, not a browser that somebody lured: it may as well have
    invented the headers, and it carries no cookie, so there is no authority of a visitor to borrow.
    """
    # Not `request.headers`: that would put every header of every signature into a dictionary of its own first.
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in OWN_SITES
    origin = request.META.get("HTTP_ORIGIN")
    return origin is None or origin in {settings.PUBLIC_ORIGIN, f"{request.scheme}://{request.get_host()}"}


def _refusal(request: HttpRequest) -> HttpResponseBase:
    """Says what happened and where to go on; reads nothing of what was posted."""
    return declare(render(request, "403.html", status=HTTPStatus.FORBIDDEN), Audience.PERSONAL)
