"""The pattern page, and the whole pages that cannot stand inside it. For organisers: it says nothing to the public."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from campaign_site.patterns import samples
from campaign_site.patterns.blocks import block_samples
from supporters.typed import AddressForm

NAMESPACE: Final = "patterns"

WHOLE_PAGES: Final[dict[str, tuple[str, str]]] = {
    "check-your-inbox": ("Check your inbox", "components/check_email_page.html"),
    "check-your-inbox-with-mistakes": ("Check your inbox, with a mistake", "components/check_email_page.html"),
    "forbidden": ("Not allowed", "403.html"),
    "not-found": ("Not found", "404.html"),
    "gone": ("Gone", "410.html"),
    "broken": ("Something broke", "500.html"),
}


@require_safe
def show_patterns(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    context: dict[str, Any] = {
        "blocks": block_samples(),
        "cards": samples.cards(),
        "found": samples.found(),
        "footnotes": samples.footnotes(),
        "notices": samples.notices(),
        "forms": samples.forms(),
        "signing": samples.signing(),
        "versions": samples.versions(),
        "shared": samples.shared(),
        "posters": samples.sheets(),
        "way_out": samples.way_out(),
        "whole_pages": [(slug, label) for slug, (label, _template) in WHOLE_PAGES.items()],
        "quarters": (0, 3, 6, 9, 12),
    }
    return render(request, "patterns/patterns.html", context)


@require_safe
def show_whole_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page that is a document of its own."""
    if slug not in WHOLE_PAGES:
        raise Http404("There is no such pattern.")
    _label, template = WHOLE_PAGES[slug]
    form = AddressForm({} if "mistakes" in slug else None)
    return render(request, template, {"page": samples.petition(), "form": form, "resend_url": ""})


def pattern_urls() -> list[URLPattern]:
    """The addresses below /admin/, which Wagtail opens to those with access to the workspace."""
    return [
        path("", show_patterns, name="index"),
        path("<slug:slug>/", show_whole_page, name="whole"),
    ]
