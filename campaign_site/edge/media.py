"""Uploaded files: already cleaned when they came in, and never run by a browser."""

import errno
from http import HTTPStatus

from csp.constants import HEADER
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from supporters.audience import public_page

# A replaced picture gets a new name; an hour bounds how long one that was taken down lives on.
MEDIA_CACHE_CONTROL = "public, max-age=3600"
INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@public_page
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One uploaded file. A proxy may serve the same directory itself."""
    try:
        response: HttpResponseBase = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error
    if response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        response["Cache-Control"] = MEDIA_CACHE_CONTROL
        response[HEADER] = INERT
    return response
