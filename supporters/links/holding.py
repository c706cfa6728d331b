"""What a request to one of the pages behind a link carries: the token, and what it opens."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from supporters.links.purposes import Purpose, purpose_named
from supporters.links.tokens import find_link
from supporters.models import Link

# The prefix lets no other host set it, but browsers accept it over HTTPS only.
COOKIE: Final = "__Host-link" if settings.IS_HTTPS else "link"
COOKIE_SECONDS: Final = 60 * 60


def token_of(request: HttpRequest) -> str:
    """The token a request carries: a form's own on POST, so that two open tabs never mix; else the cookie's."""
    return request.POST.get("token", "") if request.method == "POST" else request.COOKIES.get(COOKIE, "")


def opened_by(token: str) -> tuple[Link | None, Purpose | None]:
    """The link and what it is for; None for one that never was, expired or was forgotten."""
    link = find_link(token)
    return link, purpose_named(link.purpose) if link else None


def put_into_cookie(response: HttpResponseBase, token: str) -> None:
    """Let the browser keep the token for an hour, out of its address bar and its history."""
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_SECONDS, path="/", secure=settings.IS_HTTPS, httponly=True, samesite="Lax"
    )


def drop_cookie(response: HttpResponseBase) -> None:
    """The link has done its work."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")


def link_gone(request: HttpRequest) -> HttpResponse:
    """One page for unknown, expired and used-up links: a guess learns nothing."""
    return render(request, "supporters/link_gone.html", status=404)


def no_cookie(request: HttpRequest) -> HttpResponse:
    """The browser did not say which link was followed: a field to paste it into."""
    return render(request, "supporters/link_no_cookie.html")
