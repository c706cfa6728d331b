"""The canopy: an umbrella seen from the side, whose panels open one after the other."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi

RADIUS = 100  # half the width of the drawing, in its own units
RISE = 92  # from the lower edge to the top
SCALLOP = 9  # how far the lower edge of a panel curves up


@dataclass(frozen=True)
class Panel:
    """One panel: the outline to draw, and whether it is open."""

    path: str
    is_open: bool


@lru_cache(maxsize=256)
def canopy_panels(filled: int, panels: int) -> tuple[Panel, ...]:
    """``panels`` outlines from left to right, the first ``filled`` of them open.

    All ribs meet at the top; they run down as quarter ellipses, which is how a dome looks from the side.
    """
    ribs = [_rib(number / panels) for number in range(panels + 1)]
    return tuple(Panel(_outline(ribs[i], ribs[i + 1]), is_open=i < filled) for i in range(panels))


def _rib(share: float) -> float:
    """Where the rib at ``share`` (0 left, 1 right) meets the lower edge.

    Half way between a true dome, whose outer panels would be slivers, and equal widths.
    """
    dome = -cos(pi * share)
    equal = 2 * share - 1
    return round(RADIUS * (dome + equal) / 2, 1)


def _outline(left: float, right: float) -> str:
    return (
        f"M0-{RISE}{_arc(left, end=(left, 0), is_descending=True)}"
        f"Q{_number((left + right) / 2)} {-2 * SCALLOP} {_number(right)} 0"
        f"{_arc(right, end=(0, -RISE), is_descending=False)}Z"
    )


def _arc(rib: float, end: tuple[float, float], *, is_descending: bool) -> str:
    if rib == 0:
        return f"L{_number(end[0])} {_number(end[1])}"
    # Right of the middle a rib runs clockwise on its way down, left of it on its way up.
    sweep = int((rib > 0) == is_descending)
    return f"A{_number(abs(rib))} {RISE} 0 0 {sweep} {_number(end[0])} {_number(end[1])}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
