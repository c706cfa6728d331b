"""The list of pages for search engines (https://www.sitemaps.org/protocol.html), every language in one file."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.models.finding import findable_pages
from home.public_address import public_address
from home.translations import paths_of_view

OWN_PAGES: Final = ("your_privacy",)
"""Views whose pages no editor writes, and that people may look for."""
MOST_PAGES: Final = 50_000
"""What one file may list; the oldest of the site come first."""


@dataclass(frozen=True)
class Entry:
    """One page: its address, when it last changed, and its translations by language, itself among them."""

    address: str
    changed_at: datetime | None
    languages: dict[str, str]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """`GET /sitemap.xml`."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("There is no site here.")
    context = {"entries": entries_of(site)}
    return render(request, "home/sitemap.xml", context, content_type="application/xml; charset=utf-8")


def entries_of(site: Site) -> list[Entry]:
    """All that may be found of ``site``. A copy that stands in for a missing translation is none."""
    pages = findable_pages(site).filter(alias_of__isnull=True).select_related("locale").order_by("path")[:MOST_PAGES]
    listed = [(page, public_address(page)) for page in pages]
    languages: dict[object, dict[str, str]] = defaultdict(dict)
    for page, address in listed:
        languages[page.translation_key][page.locale.language_code] = address
    return [
        *(
            Entry(address, page.last_published_at, _if_several(languages[page.translation_key]))
            for page, address in listed
        ),
        *(entry for name in OWN_PAGES for entry in _entries_of_view(site, name)),
    ]


def _entries_of_view(site: Site, name: str) -> list[Entry]:
    paths = paths_of_view(site.root_page, name)
    addresses = {language: settings.PUBLIC_ORIGIN + path for language, path in paths.items()}
    return [Entry(address, None, _if_several(addresses)) for address in addresses.values()]


def _if_several(languages: dict[str, str]) -> dict[str, str]:
    return languages if len(languages) > 1 else {}
