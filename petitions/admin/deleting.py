"""What people signed is not thrown away with a page."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from petitions.models import Signature

SIGNED = "People have signed “%s”, so it cannot be deleted. Close it or unpublish it instead."
SIGNED_BELOW = "People have signed a petition you were about to delete. Close it or unpublish it instead."


def keep_signed_pages(request: HttpRequest, pages: Iterable[Page], *, back: str) -> HttpResponse | None:
    """A way ``back`` (an address) with an explanation when people signed any of ``pages`` or a petition below; else None."""
    below = reduce(or_, (Q(petition__path__startswith=page.path) for page in pages), Q(pk__in=[]))
    if not Signature._base_manager.filter(below).exists():
        return None
    messages.error(request, SIGNED)
    return redirect(back)
