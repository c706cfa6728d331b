"""Drawings in a page: the canopy, and the pictures that come with the platform."""

from typing import Any

from django import template
from django.templatetags.static import static

from home.canopy import RISE, canopy_panels
from home.drawings import drawing_path

register = template.Library()


@register.inclusion_tag("components/canopy.html")
def canopy(filled: int = 12, panels: int = 12, classes: str = "", *, stick: bool = True) -> dict[str, Any]:
    """An umbrella of ``panels`` panels, of which ``filled`` are open.

    It is hidden from assistive technology: whatever it shows must stand beside it in words.
    """
    shown = max(1, min(int(panels), 24))
    return {
        "panels": canopy_panels(max(0, min(int(filled or 0), shown)), shown),
        "classes": classes,
        "stick": stick,
        "viewbox": f"-103 {-RISE - 9} 206 {RISE + 12 + (66 if stick else 0)}",
    }


@register.simple_tag
def drawing_url(name: str) -> str:
    """The address of the drawing called ``name``; empty when we have no such drawing."""
    path = drawing_path(name or "")
    return static(path) if path else ""
