"""What the page "Where Parliament stands" asks for."""

from typing import Any, Final

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from mp_contacts import parliament
from mp_contacts.models import ParliamentPage

register = template.Library()

TILE: Final = 20
"""Units of the drawing to a tile."""


@register.simple_tag(takes_context=True)
def where_parliament_stands(context: dict[str, Any], page: ParliamentPage) -> parliament.WhereParliamentStands:
    """Everything the page shows, filtered as its address says; unfiltered where there is no request."""
    request = context.get("request")
    return parliament.where_parliament_stands(page, request.GET if request is not None else {})


@register.filter
def in_units(tiles: int) -> int:
    """A length of so many tiles, in units of the drawing."""
    return tiles * TILE


@register.simple_tag
def seat_tiles(stands: parliament.WhereParliamentStands) -> SafeString:
    """A tile for each seat. Here and not in a loop of the template, which looks up seven names a tile."""
    return format_html_join(
        "\n",
        '<use href="#m-{}" x="{}" y="{}"><title>{}</title></use>',
        (
            (drawn.stance, in_units(drawn.tile.column), in_units(drawn.tile.row), drawn.title)
            for drawn in stands.map_tiles
        ),
    )
