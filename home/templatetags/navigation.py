"""The way around the site."""

from typing import Any

from django import template
from wagtail.models import Page, Site

from home.models import PressPage

register = template.Library()


@register.simple_tag(takes_context=True)
def site_root(context: dict[str, Any]) -> Page | None:
    """The home page in the language being read, or None where the request belongs to no site."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    return site.root_page.localized if site else None


@register.simple_tag
def menu_below(root: Page | None) -> list[Page]:
    """The pages below ``root`` that editors put in the menu."""
    return list(root.get_children().live().public().in_menu()) if root else []


@register.simple_tag
def press_room_beside(page: Page) -> Page | None:
    """The press room beside ``page`` that everybody may see, or None."""
    return PressPage.objects.sibling_of(page).live().public().first()
