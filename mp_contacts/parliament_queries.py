"""Filters of "Where Parliament stands" are asked for in one way only."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from wagtail.models import Page

from mp_contacts.models import ParliamentPage
from mp_contacts.parliament import canonical_query


def ask_in_one_way(
    page: Page, request: HttpRequest, _serve_args: list[Any], _serve_kwargs: dict[str, Any]
) -> HttpResponseRedirect | None:
    """Send whoever asks in another way to the canonical address; see parliament.canonical_query."""
    if not isinstance(page, ParliamentPage) or not request.META.get("QUERY_STRING"):
        return None
    canonical = canonical_query(request.GET)
    if canonical == request.META["QUERY_STRING"]:
        return None
    return HttpResponseRedirect(f"{request.path}?{canonical}" if canonical else request.path)
