"""What every page needs of the organisation's own look, and of the way out."""

from typing import Any

from django import template
from django.urls import reverse
from wagtail.models import Page, Site

from home.looks.palette import SCHEMES
from home.looks.stylesheet import fingerprint_of, stylesheet_of
from home.models import SiteLook
from home.models.leaving import WayOut, way_out_of

register = template.Library()


@register.simple_tag
def look_stylesheet_url(look: SiteLook | str | None) -> str:
    """The address of the site's own style sheet; "" where it looks as the platform does."""
    sheet = stylesheet_of(look) if isinstance(look, SiteLook) else ""
    return reverse("look", args=[fingerprint_of(sheet)]) if sheet else ""


@register.simple_tag
def paper_colours(look: SiteLook | str | None) -> list[str]:
    """What a browser colours its own frame with, on light and on dark screens."""
    shown = look if isinstance(look, SiteLook) else SiteLook()
    return [shown.palette(scheme)["paper"] for scheme in SCHEMES]


@register.simple_tag(takes_context=True)
def way_out(context: dict[str, Any]) -> WayOut | None:
    """The way out of the page that is being made; None where it has no button to leave."""
    request, page = context.get("request"), context.get("page")
    site = Site.find_for_request(request) if request else None
    return way_out_of(site, page if isinstance(page, Page) else None) if site else None
