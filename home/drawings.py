"""The drawings that come with the platform: shapes in static/img, never people's faces."""

from django.db import models


class Drawing(models.TextChoices):
    """A drawing an editor can choose. The value is the file's name in ``static/img`` without its ending."""

    UMBRELLA = "umbrella", "An umbrella, open"
    STREET = "street", "Two umbrellas on a street at night"
    DOORWAY = "doorway", "A door ajar, with light behind it"
    PAPERS = "papers", "A stack of papers under an umbrella"
    PARLIAMENT = "parliament", "Arches by a river"
    LETTER = "letter", "A letter in its envelope"


def drawing_path(name: str) -> str:
    """The path below ``static/`` of the drawing called ``name`` (with or without ``.svg``); "" if there is none."""
    stem = name.removesuffix(".svg")
    return f"img/{stem}.svg" if stem in Drawing.values else ""
