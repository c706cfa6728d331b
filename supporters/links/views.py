"""Where the links in our mails lead. Looking changes nothing; the button does."""

from functools import update_wrapper

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from supporters.audience import personal_page
from supporters.links.holding import COOKIE, drop_cookie, link_gone, no_cookie, opened_by, put_into_cookie, token_of
from supporters.links.purposes import PagePurpose
from supporters.links.tokens import token_in
from supporters.same_origin import same_origin_post
from supporters.speaking import speaking

__all__ = ["COOKIE", "arrive", "open_pasted", "press", "show", "show_or_press"]


@require_safe
@personal_page
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """`/links/<token>/`: put the token into a cookie, out of the address bar and the history."""
    link, purpose = opened_by(token)
    if link is None:
        return link_gone(request)
    response = redirect(purpose.url_name if isinstance(purpose, PagePurpose) else "supporters:link")
    put_into_cookie(response, token)
    return response


@require_safe
@personal_page
def show(request: HttpRequest) -> HttpResponse:
    """`GET /links/`: what the link will do, and the button; changes nothing."""
    token = token_of(request)
    return _page(request, token) if token else no_cookie(request)


@personal_page
@same_origin_post
def press(request: HttpRequest) -> HttpResponse:
    """`POST /links/`: do it. The token comes from the form, so that two open tabs never mix."""
    link, purpose = opened_by(token_of(request))
    if link is None or purpose is None or isinstance(purpose, PagePurpose):
        return link_gone(request)
    destination = purpose.act(link.subject_id)
    if destination is None:
        return link_gone(request)
    response = HttpResponseRedirect(destination, status=303)
    drop_cookie(response)
    return response


@personal_page
@same_origin_post
def open_pasted(request: HttpRequest) -> HttpResponse:
    """`POST /links/open/`: the page that a pasted link leads to, where cookies are refused; changes nothing."""
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


def _page(request: HttpRequest, token: str) -> HttpResponse:
    link, purpose = opened_by(token)
    if link is None or purpose is None:
        return link_gone(request)
    if isinstance(purpose, PagePurpose):
        return purpose.show(request, token=token, subject_id=link.subject_id) or link_gone(request)
    page = purpose.page(link.subject_id)
    if page is None:
        return link_gone(request)
    with speaking(request, page.language):
        return render(request, "supporters/link_page.html", {**page.context, "link_page": page, "token": token})
