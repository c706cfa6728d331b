"""Handing out the pictures of shared links."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from home.finding.pictures import Drawn, drawn_of, picture_of
from home.models import SiteLook
from home.models.finding import findable_pages

FOR_EVER: Final = "public, max-age=31536000, immutable"


@require_safe
def page_picture(request: HttpRequest, page_id: int, fingerprint: str) -> HttpResponseBase:
    """The picture of a page that may be found. An old address leads to the new one, and nothing is drawn for it."""
    site = Site.find_for_request(request)
    page = findable_pages(site).filter(pk=page_id).first() if site else None
    if page is None:
        raise Http404("There is no picture of this page.")
    drawn = drawn_of(page.specific, SiteLook.for_site(site))
    if fingerprint != drawn.fingerprint:
        return redirect(picture_address(page, drawn))
    response = HttpResponse(picture_of(drawn), content_type="image/png")
    response["Cache-Control"] = FOR_EVER
    # It is shown on other sites; that is what it is for.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def picture_address(page: Page, drawn: Drawn) -> str:
    """Where the picture ``drawn`` of ``page`` lies, without the origin."""
    return reverse("page_picture", args=[page.pk, drawn.fingerprint])
