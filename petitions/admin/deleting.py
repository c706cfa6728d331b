"""What people signed is not thrown away with a page."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from petitions.models import Signature

SIGNED: Final = "People have signed a petition you were about to delete. Close it or unpublish it instead."


def keep_signed_pages(request: HttpRequest, pages: Iterable[Page], *, back: str) -> HttpResponse | None:
    """Explain and lead ``back`` (an address) if anybody signed one of ``pages`` or a petition below; else None."""
    on_pages = reduce(or_, (Q(petition__path__startswith=page.path) for page in pages), Q(pk__in=[]))
    # Unconfirmed and withdrawn signatures count too: the database keeps a petition for any of them.
    if not Signature.objects.filter(on_pages).exists():
        return None
    messages.error(request, SIGNED)
    return redirect(back)
