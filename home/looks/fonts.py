"""Fonts: the stacks that every machine has, and files of an organisation's own."""

import secrets
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.deconstruct import deconstructible

WOFF2: Final = b"wOF2"
"""What a file of this format begins with: https://www.w3.org/TR/WOFF2/#woff20Header."""
HEADER_BYTES: Final = 48
TRUETYPE: Final = (b"\x00\x01\x00\x00", b"OTTO", b"true")
VARIATIONS: Final = 47
"""The number of the table ``fvar`` among https://www.w3.org/TR/WOFF2/#table_dir_format: only variable fonts have it."""
MOST_BYTES: Final = 16 * 1024
"""Two files of this size leave room for everything else in the 60 kB that a page may weigh."""


class Stack(models.TextChoices):
    """Fonts that are on people's machines already, so that nothing is fetched."""

    PAMPHLET = "pamphlet", "Like a well-set pamphlet (Charter and its kin)"
    BOOK = "book", "Like an old book (Palatino and its kin)"
    PLAIN = "plain", "The device's own (what its menus are set in)"
    HUMANIST = "humanist", "Drawn by hand, without serifs (Optima and its kin)"
    ROUND = "round", "Made of circles (Avenir and its kin)"


# The pamphlet's and the device's own are written in base.css.
FAMILIES: Final[dict[str, str]] = {
    Stack.BOOK: '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, "Noto Serif", Georgia, serif',
    Stack.HUMANIST: 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", "Noto Sans", sans-serif',
    Stack.ROUND: 'Avenir, Montserrat, Corbel, "URW Gothic", "Noto Sans", sans-serif',
}


@deconstructible
class FontFile:
    """Refuses a file that is not a WOFF2 font, or too heavy for a telephone on a bad connection."""

    def __call__(self, upload: File) -> None:
        if upload.size > MOST_BYTES:
            raise ValidationError(
                f"This font has {upload.size // 1024 + 1} kB. People on a bad connection would wait for it: keep to "
                f"{MOST_BYTES // 1024} kB, by leaving out the letters and styles you do not use.",
                code="heavy_font",
            )
        upload.seek(0)
        header = upload.read(HEADER_BYTES)
        upload.seek(0)
        if not (
            len(header) == HEADER_BYTES
            and header.startswith(WOFF2)
            and header[4:8] in TRUETYPE
            # It says itself how long it is; a file that ends half way is no font.
            and int.from_bytes(header[8:12]) == upload.size
        ):
            raise ValidationError("This is not a font in WOFF2 format, or only a part of one.", code="not_woff2")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FontFile)

    def __hash__(self) -> int:
        return hash(FontFile)


def font_path(_instance: models.Model, _name: str) -> str:
    """Where an uploaded font is stored: under a name that says nothing and never comes again."""
    return f"fonts/{secrets.token_hex(12)}.woff2"


def weights_of(font: bytes) -> str:
    """The value of ``font-weight`` in the rule for ``font``: a range if it is variable, else one weight."""
    tables = int.from_bytes(font[12:14])
    at = HEADER_BYTES
    for _table in range(tables):
        flags, at = font[at] if at < len(font) else 0, at + 1
        number, transform = flags & 0x3F, flags >> 6
        if number == VARIATIONS:
            return "100 900"
        if number == 0x3F:
            if font[at : at + 4] == b"fvar":
                return "100 900"
            at += 4
        at = _after_number(font, at)
        # The untransformed state of glyf and loca is numbered 3, that of all others 0.
        if transform != (3 if number in {10, 11} else 0):
            at = _after_number(font, at)
    return "400"


def _after_number(font: bytes, at: int) -> int:
    """The place behind the UIntBase128 at ``at``: bytes whose highest bit says that one more follows."""
    while at < len(font) and font[at] & 0x80:
        at += 1
    return at + 1
