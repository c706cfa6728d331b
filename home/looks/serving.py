"""Handing out an organisation's style sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.looks.stylesheet import fingerprint_of, stylesheet_of
from home.models import SiteLook

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def look_stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The sheet of this site. A page from before a change asks by an old name: it gets the new sheet, for a moment."""
    site = Site.find_for_request(request)
    look = SiteLook.objects.filter(site=site).first() if site else None
    sheet = stylesheet_of(look) if look else ""
    if not sheet:
        raise Http404("This site looks as the platform does.")
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    if fingerprint == fingerprint_of(sheet):
        response["Cache-Control"] = FOR_EVER
    return response
