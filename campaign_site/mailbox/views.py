"""The development mailbox: what the site would have sent, to read and to click. Never there in production."""

from collections.abc import Callable
from functools import wraps

from csp.decorators import csp, csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from campaign_site.mailbox.letters import Letter, letter_names, read_letter
from supporters.audience import personal_page

LETTERS_ON_A_PAGE = 50
FRAME_POLICY: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


def development_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """404 unless mail goes to files."""

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: str) -> HttpResponseBase:
        if not settings.DEVELOPMENT_MAILBOX:
            raise Http404
        return view(request, **arguments)

    return guarded


@require_safe
@personal_page
@development_only
def letter_list(request: HttpRequest) -> HttpResponse:
    """All messages, newest first."""
    page = Paginator(letter_names(), LETTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    letters = [letter for name in page if (letter := read_letter(name))]
    return render(request, "mailbox/letter_list.html", {"letters": letters, "page_obj": page})


@require_safe
@personal_page
@development_only
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # typed for views without arguments
def letter_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One message: its text with links to follow, its HTML in a frame."""
    return render(request, "mailbox/letter_detail.html", {"letter": _letter_or_404(name)})


@require_safe
@personal_page
@development_only
@xframe_options_sameorigin
@csp(FRAME_POLICY)  # type: ignore[arg-type]  # typed for views without arguments
def letter_html(_request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, as a mail program would show it: no script, nothing fetched; a link leaves the frame."""
    return HttpResponse('<base target="_top">' + _letter_or_404(name).html)


def _letter_or_404(name: str) -> Letter:
    letter = read_letter(name)
    if letter is None:
        raise Http404("There is no such message (any more).")
    return letter
