"""Logos for the invented organisations that endorse the petitions: a fan of panels, drawn by code."""

import hashlib
import math
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from home.models import ParasolImage

SIDE = 480  # pixels; logos are shown at a quarter of that, and stay sharp on any screen
SMOOTHING = 3  # drawn this many times larger, because Pillow's shapes have hard edges
PAPER = (250, 247, 242)
INKS = ((158, 27, 50), (84, 34, 92), (28, 94, 77), (122, 82, 12), (30, 72, 120), (70, 60, 56))


def logo_of(name: str) -> ParasolImage:
    """The logo of the organisation ``name``, drawn when it is first asked for; its shape follows from the name."""
    title = f"Logo of {name}"
    known = ParasolImage.objects.filter(title=title).first()
    if known:
        return known
    logo = ParasolImage(
        title=title, description=title, file=ContentFile(draw_fan(name), name="logo.png"), width=SIDE, height=SIDE
    )
    logo.save()
    return logo


def draw_fan(name: str) -> bytes:
    """A PNG of a half-open fan whose colour, number of panels and opening come from a hash of ``name``."""
    seed = hashlib.sha256(name.encode()).digest()
    ink, panels, opening = INKS[seed[1] % len(INKS)], 5 + seed[2] % 6, 130 + seed[3] % 90
    side = SIDE * SMOOTHING
    picture = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(picture)
    middle, foot, radius = side / 2, side * 0.62, side * 0.44
    start, step = 270 - opening / 2, opening / panels
    box = (middle - radius, foot - radius, middle + radius, foot + radius)
    for panel in range(panels):
        shade = ink if panel % 2 == 0 else tuple((value + 2 * 255) // 3 for value in ink)
        pen.pieslice(box, start + panel * step + 1, start + (panel + 1) * step - 1, fill=shade)
    _draw_handle(pen, ink, middle=middle, foot=foot, length=side * 0.26)
    output = BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(output, "PNG")
    return output.getvalue()


def _draw_handle(
    pen: ImageDraw.ImageDraw, ink: tuple[int, int, int], *, middle: float, foot: float, length: float
) -> None:
    width = round(SIDE * SMOOTHING / 60)
    pen.line((middle, foot, middle, foot + length), fill=ink, width=width)
    hook = length / 3
    points = [
        (middle + hook - hook * math.cos(turn * math.pi / 24), foot + length + hook * math.sin(turn * math.pi / 24))
        for turn in range(25)
    ]
    pen.line(points, fill=ink, width=width, joint="curve")
