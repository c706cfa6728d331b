"""Handing sheets out, and the short address that stands on them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.posters.making import kept_sheet_pdf
from home.posters.sheets import SHEETS, can_be_posted, is_for_posters


@require_safe
def poster(request: HttpRequest, page_id: int, sheet: str) -> HttpResponse:
    """`GET /posters/<page>/<sheet>.pdf` of a page that everybody may read."""
    page = _public(page_id)
    if sheet not in SHEETS or not can_be_posted(page):
        raise Http404(_("There is no such poster."))
    return pdf_response(kept_sheet_pdf(page, sheet), name=f"{page.slug}-{sheet}")


@require_safe
def short_address(request: HttpRequest, page_id: int) -> HttpResponse:
    """`GET /p/<page>/`: on to the page, wherever it has moved since the poster was printed.

    Of no other page: whoever counts through the numbers must not be led to those that are for who has the link.
    """
    page = _public(page_id)
    if not is_for_posters(page) or not (url := page.get_url(request)):
        raise Http404(_("This page has no address."))
    return HttpResponsePermanentRedirect(url)


def pdf_response(content: bytes, *, name: str) -> HttpResponse:
    """``content`` to look at in the browser; ``name`` is that of the file, without its ending."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _public(page_id: int) -> Page:
    page: Page = get_object_or_404(Page.objects.live().public(), pk=page_id).specific
    return page
