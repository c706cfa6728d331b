"""What the component that passes a page on needs to know."""

from django import template
from wagtail.models import Page

from home.posters.sheets import Sheet, posters_of
from home.sharing import Sharing, sharing_of

register = template.Library()


@register.simple_tag
def ways_to_share(page: Page) -> Sharing:
    """The text, the address and the services for ``page``."""
    return sharing_of(page)


@register.simple_tag
def posters_to_print(page: Page) -> list[Sheet]:
    """The sheets that anybody can print of ``page``; none of a draft, or of what not everybody may read."""
    return posters_of(page)
