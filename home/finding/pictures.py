"""The picture that stands with a link where it is shared, drawn by ourselves: title, kind, name, canopy.

There is nothing in it but what the page's heading says to everybody: no counts, no names, no state.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from django.utils import translation
from PIL import Image
from wagtail.models import Page

from home.canopy import RISE, canopy_panels
from home.finding.shown import headline_of, kind_of
from home.models import SiteLook
from home.typesetting import picture_from

TEMPLATE: Final = Path(__file__).parent / "picture.typ"
DRAWING: Final = TEMPLATE.read_bytes()
WIDTH: Final = 1200
HEIGHT: Final = 630
"""Pixels: what the protocol's readers cut to 1.91 to 1 (https://ogp.me/)."""

COLOURS: Final = ("ink", "paper", "red", "soft")
SHADES: Final = 32
"""Colours left in the file; edges stay smooth, and it stays below 60 kB."""

FINGERPRINT_LENGTH: Final = 16


@dataclass(frozen=True)
class Drawn:
    """All that is in a picture."""

    title: str
    kind: str
    name: str
    language: str
    colours: tuple[tuple[str, str], ...]

    @property
    def fingerprint(self) -> str:
        """Differs for two pictures that differ, also if only the template was changed between them."""
        told = DRAWING + json.dumps(asdict(self), sort_keys=True).encode("utf-8", "replace")
        return hashlib.blake2b(told, digest_size=FINGERPRINT_LENGTH // 2).hexdigest()


def drawn_of(page: Page, look: SiteLook) -> Drawn:
    """What the picture of ``page`` shows, in the language of the page."""
    language = page.locale.language_code
    palette = look.palette("light")
    with translation.override(language):
        kind = kind_of(page)
    return Drawn(
        title=" ".join(headline_of(page).split()),
        kind=kind,
        name=look.organisation_name,
        language=language,
        colours=tuple((name, palette[name]) for name in COLOURS),
    )


@lru_cache(maxsize=128)
def picture_of(drawn: Drawn) -> bytes:
    """The PNG. Kept while the process lives: caches in front keep it for ever, so each asks once."""
    colours = dict(drawn.colours)
    png = picture_from(
        TEMPLATE,
        {**asdict(drawn), "colours": colours},
        files={"canopy.svg": _canopy(colours, panels=12, line=1.5), "mark.svg": _canopy(colours, panels=6, line=3)},
    )
    file = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").quantize(SHADES, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _canopy(colours: dict[str, str], *, panels: int, line: float) -> bytes:
    """The open umbrella as a file; what it is on the pages, where style sheets colour it."""
    paths = "".join(f'<path d="{panel.path}"/>' for panel in canopy_panels(panels, panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-103 {-RISE - 9} 206 {RISE + 78}">'
        f'<path d="M0-96V-4M0 0V46a9 9 0 0 0 18 0" fill="none" stroke="{colours["ink"]}" stroke-width="{2 * line}" '
        f'stroke-linecap="round"/><g fill="{colours["red"]}" stroke="{colours["paper"]}" stroke-width="{line}" '
        f'stroke-linejoin="round">{paths}</g></svg>'
    ).encode()
