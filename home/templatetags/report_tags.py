"""Small things that a report's templates need."""

from django import template

from home.footnote_links import without_markers as _without_markers

register = template.Library()


@register.filter
def without_markers(text: str | None) -> str:
    """``text`` where no footnote can be linked."""
    return _without_markers(text or "")
