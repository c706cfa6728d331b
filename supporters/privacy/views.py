"""The privacy page: asking for the link, and what lies behind it. Looking changes nothing; the buttons do."""

from functools import update_wrapper
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from supporters.audience import personal_page, public_page
from supporters.links.holding import drop_cookie, link_gone, no_cookie, opened_by, token_of
from supporters.models import PrivacyVisit
from supporters.networks import client_network
from supporters.privacy.asking import ask_for_link
from supporters.privacy.download import FILE_NAME, archive_of
from supporters.privacy.forms import AskForm, ErasureForm
from supporters.privacy.handling import HANDLERS
from supporters.privacy.pages import yours
from supporters.privacy.visits import PRIVACY_LINK, running_visit
from supporters.same_origin import same_origin_post
from supporters.services.erasing import erase_address

TOO_MANY: Final = _(
    "We have had a great many forms from your network in a short time, so we sent nothing this time. "
    "What you typed is still here. Please wait a few minutes, then send it again."
)
RETRY_SECONDS: Final = 120


@require_safe
@public_page
def explain(request: HttpRequest) -> HttpResponse:
    """`GET /privacy/`: what can be done here, and the one form."""
    return render(request, "supporters/privacy/ask.html", {"form": AskForm()})


@personal_page
@same_origin_post
def ask(request: HttpRequest) -> HttpResponse:
    """`POST /privacy/`: ask for the link. Answers every address alike, and looks nothing up."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return render(request, "supporters/privacy/ask.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    language = translation.get_language() or "en"
    if not ask_for_link(address=form.cleaned_data["email"], network=client_network(request), language=language):
        form.add_error(None, TOO_MANY)
        response = render(request, "supporters/privacy/ask.html", {"form": form}, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return HttpResponseRedirect(reverse("supporters:privacy_sent"), status=HTTPStatus.SEE_OTHER)


def explain_or_ask(request: HttpRequest) -> HttpResponseBase:
    """`/privacy/`."""
    if request.method == "POST":
        return ask(request)
    if request.method in ("GET", "HEAD"):
        return explain(request)
    return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


# Every POST to this address goes to `ask`, so what its decorators declare holds for both.
update_wrapper(explain_or_ask, ask, assigned=())


@require_safe
@public_page
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, the same for everybody."""
    return render(request, "supporters/privacy/sent.html")


@require_safe
@public_page
def erased(request: HttpRequest) -> HttpResponse:
    """It is done. Says nothing about anybody."""
    return render(request, "supporters/privacy/erased.html")


@require_safe
@personal_page
def look(request: HttpRequest) -> HttpResponse:
    """`GET /privacy/yours/`: everything held, and the forms; changes nothing."""
    token = token_of(request)
    if not token:
        return no_cookie(request)
    visit = _visit(token)
    return yours(request, visit=visit, token=token) if visit else link_gone(request)


@personal_page
@same_origin_post
def act(request: HttpRequest) -> HttpResponse:
    """`POST /privacy/yours/`: do one thing, and show the page again with a word on what was done.

    Without a redirect in between, because a browser that refuses cookies could not carry the token over.
    Sending the form again does the same thing once more, which changes nothing.
    """
    token, name = token_of(request), request.POST.get("act", "")
    visit = _visit(token)
    if visit is None:
        return link_gone(request)
    if name == "download":
        return _download(visit)
    if name == "erase" and ErasureForm(request.POST).is_valid():
        return _erase(visit)
    with translation.override(visit.language):
        outcome = HANDLERS[name](visit, request.POST) if name in HANDLERS else None
    return yours(request, visit=visit, token=token, outcome=outcome)


def look_or_act(request: HttpRequest) -> HttpResponseBase:
    """`/privacy/yours/`: one address, so that the address bar never tells what somebody did."""
    if request.method == "POST":
        return act(request)
    if request.method in ("GET", "HEAD"):
        return look(request)
    return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


update_wrapper(look_or_act, act, assigned=())


def _visit(token: str) -> PrivacyVisit | None:
    link, _purpose = opened_by(token)
    return running_visit(link.subject_id) if link and link.purpose == PRIVACY_LINK else None


def _download(visit: PrivacyVisit) -> HttpResponse:
    response = HttpResponse(archive_of(visit), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _erase(visit: PrivacyVisit) -> HttpResponse:
    erase_address(address=visit.email, actor=None)
    response = HttpResponseRedirect(reverse("supporters:privacy_erased"), status=HTTPStatus.SEE_OTHER)
    drop_cookie(response)
    return response
