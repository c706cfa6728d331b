"""How well one colour can be read on another, as WCAG 2.2 measures it.

Colours are ``#rrggbb`` in sRGB. Sources: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance and
https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. The database has the same formula; see migration 0040 of this app.
"""

import colorsys
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
AAA: Final = 7.0
"""For text to read: success criterion 1.4.6."""
AA: Final = 4.5
"""For every other text: success criterion 1.4.3."""
GRAPHIC: Final = 3.0
"""For what is seen and not read, such as a bar or the frame of a field: success criterion 1.4.11."""
_STEPS: Final = 200  # between black and white: finer than an eye can tell apart


def relative_luminance(colour: str) -> float:
    """How light ``colour`` is, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=1024)
def contrast(one: str, other: str) -> float:
    """The ratio of the two luminances, from 1 (the same) to 21 (black on white); the order does not matter."""
    darker, lighter = sorted((relative_luminance(one), relative_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def near_colour(colour: str, needed: Mapping[str, float]) -> str | None:
    """The nearest shade of ``colour`` that reaches, on each ground in ``needed``, the ratio given there, or None."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    shades = sorted((step / _STEPS for step in range(_STEPS + 1)), key=lambda shade: abs(shade - lightness))
    for shade in shades:
        candidate = _hex(colorsys.hls_to_rgb(hue, shade, saturation))
        if all(contrast(candidate, ground) >= ratio for ground, ratio in needed.items()):
            return candidate
    return None


def mixed(one: str, other: str, share: float) -> str:
    """``one`` with ``share`` (0 to 1) of ``other`` stirred in, channel by channel as CSS mixes in sRGB."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return _hex(tuple(mine + (theirs - mine) * share for mine, theirs in pairs))


def _channels(colour: str) -> tuple[float, float, float]:
    if not COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour of the form #rrggbb.")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
