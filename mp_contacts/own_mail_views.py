"""Writing from one's own mail or on paper: finding the seat, printing, and being counted. Nothing typed is kept."""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mp_contacts.exports.documents import letter_pdf
from mp_contacts.letter_steps import letter_page_or_404, step
from mp_contacts.models import LetterPage
from mp_contacts.printing_form import CODE, PrintForm
from mp_contacts.seat_list import seats_by_region
from mp_contacts.services.counting_own import count_self_sent, may_set_pdf
from supporters.audience import personal_page, public_page
from supporters.networks import client_network
from supporters.same_origin import same_origin_post

RETRY_SECONDS: Final = 120
TOO_MANY_PDFS: Final = _(
    "We have made a great many PDFs for your network in a short time. What you typed is still here. "
    "Please wait a few minutes, or print the letter from your browser."
)


@require_safe
@public_page
def choose(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Every seat to choose from, for whom a postcode does not lead to the right one."""
    return step(request, letter_page_or_404(page_id), "choose", {"regions": seats_by_region()})


@same_origin_post
@personal_page
def print_letter(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The letter as a page to print."""
    page = letter_page_or_404(page_id)
    form = PrintForm(request.POST)
    if not form.is_valid():
        return _print_problem(request, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    seat = form.cleaned_data["constituency"]
    context = {"sheet": form.sheet(page.letter_language), "form": form, "seat": seat}
    return step(request, page, "letter_print", context)


@same_origin_post
@personal_page
def pdf(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The letter as a PDF that a screen reader can read."""
    page = letter_page_or_404(page_id)
    form = PrintForm(request.POST)
    if not form.is_valid():
        return _print_problem(request, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not may_set_pdf(network=client_network(request)):
        form.add_error(None, TOO_MANY_PDFS)
        response = _print_problem(request, page, form, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    # The name says nothing to whoever looks through the downloads.
    disposition = {"Content-Disposition": 'attachment; filename="letter.pdf"'}
    return HttpResponse(
        letter_pdf(form.sheet(page.letter_language)), content_type="application/pdf", headers=disposition
    )


@same_origin_post
@personal_page
def count_me(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """One more letter that somebody sent by themselves."""
    page = letter_page_or_404(page_id)
    if not page.is_open:
        return step(request, page, "not_counted", {"is_closed": True}, HTTPStatus.CONFLICT)
    code = request.POST.get("constituency", "")
    counted = count_self_sent(
        page_id=page.original.pk,
        constituency_code=code if CODE.fullmatch(code) else "",
        network=client_network(request),
    )
    if not counted:
        response = step(request, page, "not_counted", {"is_closed": False}, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return HttpResponseRedirect(reverse("mp_contacts:counted", args=[page.pk]), status=HTTPStatus.SEE_OTHER)


@require_safe
@public_page
def counted(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Thanks, the next thing to do, and ways to share."""
    return step(request, letter_page_or_404(page_id), "counted", {})


def _print_problem(request: HttpRequest, page: LetterPage, form: PrintForm, status: HTTPStatus) -> HttpResponse:
    return step(request, page, "print_problem", {"form": form}, status)
