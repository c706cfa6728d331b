"""The one small style sheet that holds what an organisation chose; none where it chose nothing."""

import hashlib
from typing import Final

from home.looks.fonts import FAMILIES, Stack, weights_of
from home.looks.palette import SCHEMES, Scheme, own_properties
from home.models import SiteLook

PROPERTIES: Final = {"reading": "serif", "form": "sans"}
"""The custom property of base.css that each of the two fonts sets."""
OWN_STACKS: Final = {Stack.PAMPHLET: "serif", Stack.PLAIN: "sans"}
"""What base.css has, and under which name."""
FINGERPRINT_LENGTH: Final = 16


def stylesheet_of(look: SiteLook) -> str:
    """The sheet for ``look``; "" if everything is as base.css has it."""
    faces = [_font_face(look, part) for part in PROPERTIES if getattr(look, f"{part}_font")]
    light, dark = (_colours(look, scheme) for scheme in SCHEMES)
    light = f"{light}{_families(look)}"
    blocks = [f":root{{{light}}}"] if light else []
    if dark:
        blocks.append(f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}")
    # In the layer of base.css, and after it: so it wins there, and print still wins over both.
    layer = f"@layer tokens{{{''.join(blocks)}}}" if blocks else ""
    return "\n".join([*faces, layer]).strip()


def fingerprint_of(sheet: str) -> str:
    """What the address of ``sheet`` holds, so that it may be kept for ever."""
    return hashlib.blake2b(sheet.encode(), digest_size=FINGERPRINT_LENGTH // 2).hexdigest()


def _colours(look: SiteLook, scheme: Scheme) -> str:
    if not look.has_own_colours(scheme):
        return ""
    return "".join(f"--{name}:{colour};" for name, colour in sorted(look.palette(scheme).items()))


def _families(look: SiteLook) -> str:
    said = ""
    for part, name in PROPERTIES.items():
        stack, has_font = getattr(look, f"{part}_stack"), bool(getattr(look, f"{part}_font"))
        own = OWN_STACKS.get(stack)
        if has_font or own != name:
            families = own_properties("light")[own] if own else FAMILIES[stack]
            said += f"--{name}:{_family(part) + ', ' if has_font else ''}{families};"
    return said


def _font_face(look: SiteLook, part: str) -> str:
    """The rule for a font file. ``optional``: what is not there at once is not used, so nothing ever jumps."""
    font = getattr(look, f"{part}_font")
    with font.storage.open(font.name) as stored:
        weights = weights_of(stored.read())
    licence = getattr(look, f"{part}_licence").replace("*/", "* /")
    return (
        f"/* {licence} */\n@font-face{{font-family:{_family(part)};font-weight:{weights};font-display:optional;"
        f'src:url("{font.url}") format("woff2")}}'
    )


def _family(part: str) -> str:
    return f'"Own {part}"'
