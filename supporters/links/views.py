"""Where the links in our mails lead. Looking changes nothing; the button does."""

from functools import update_wrapper
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from supporters.audience import personal_page
from supporters.links.purposes import LinkPurpose, purpose_named
from supporters.links.tokens import find_link, token_in
from supporters.models import Link
from supporters.same_origin import same_origin_post

# The prefix lets no other host set it, but browsers accept it over HTTPS only.
COOKIE: Final = "__Host-link" if settings.IS_HTTPS else "link"
COOKIE_SECONDS: Final = 60 * 60


@require_safe
@personal_page
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """`/links/<token>/`: put the token into a cookie, out of the address bar and the history."""
    if find_link(token) is None:
        return _gone(request)
    response = redirect("supporters:link")
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_SECONDS, path="/", secure=settings.IS_HTTPS, httponly=True, samesite="Lax"
    )
    return response


@require_safe
@personal_page
def show(request: HttpRequest) -> HttpResponse:
    """`GET /links/`: what the link will do, and the button; changes nothing."""
    token = request.COOKIES.get(COOKIE, "")
    return _page(request, token) if token else render(request, "supporters/link_no_cookie.html")


@personal_page
@same_origin_post
def press(request: HttpRequest) -> HttpResponse:
    """`POST /links/`: do it. The token comes from the form, so that two open tabs never mix."""
    link, purpose = _found(request.POST.get("token", ""))
    destination = purpose.act(link.subject_id) if link and purpose else None
    if destination is None:
        return _gone(request)
    response = HttpResponseRedirect(destination, status=303)
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    return response


@personal_page
@same_origin_post
def open_pasted(request: HttpRequest) -> HttpResponse:
    """`POST /links/open/`: the page with the button for a pasted link, where cookies are refused; changes nothing."""
    return _page(request, token_in(request.POST.get("link", "")))


def show_or_press(request: HttpRequest) -> HttpResponseBase:
    """`/links/`: one address, so that the address bar never tells how far somebody came."""
    if request.method == "POST":
        return press(request)
    if request.method in ("GET", "HEAD"):
        return show(request)
    return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


# Every POST to this address goes to `press`, so what its decorators declare holds for both.
update_wrapper(show_or_press, press, assigned=())


def _found(token: str) -> tuple[Link | None, LinkPurpose | None]:
    link = find_link(token)
    return link, purpose_named(link.purpose) if link else None


def _page(request: HttpRequest, token: str) -> HttpResponse:
    link, purpose = _found(token)
    page = purpose.page(link.subject_id) if link and purpose else None
    if page is None:
        return _gone(request)
    with translation.override(page.language):
        return render(request, "supporters/link_page.html", {**page.context, "link_page": page, "token": token})


def _gone(request: HttpRequest) -> HttpResponse:
    # One page for unknown, expired and used-up links: a guess learns nothing.
    return render(request, "supporters/link_gone.html", status=404)
