"""What search engines are asked to leave alone (RFC 9309)."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

NOT_FOR_ROBOTS: Final = ("wagtailadmin_home", "supporters:link", "supporters:privacy_yours", "events:manage")
"""Organisers' and personal addresses. All are shut to strangers anyhow; this spares both sides the asking."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`GET /robots.txt`: where the site map is, or, on a copy for trying things out, that nothing is for them."""
    if settings.HIDDEN_FROM_SEARCH_ENGINES:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        closed = [*map(reverse, NOT_FOR_ROBOTS), *_search_addresses()]
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
        lines.append(f"Sitemap: {settings.PUBLIC_ORIGIN}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _search_addresses() -> list[str]:
    addresses = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            addresses.append(reverse("search"))
    return addresses
