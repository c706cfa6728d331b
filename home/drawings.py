"""The drawings that come with the platform: shapes in static/img, never people's faces."""

from django.db import models


class Drawing(models.TextChoices):
    """A drawing an editor can choose: its file in ``static/img``, and what is to be seen."""

    UMBRELLA = "umbrella.svg", "An open umbrella"
    TWO_UMBRELLAS = "campaign-decriminalise.svg", "Two umbrellas that overlap"
    SHELTER = "campaign-amnesty.svg", "A figure of light under a canopy, rain outside"
    LAW_BOOKS = "campaign-policy.svg", "Books of law under a canopy"
    DOOR = "petition-door.svg", "A door ajar, with light behind it"
    STREET = "petition-street.svg", "A street lamp and houses at night"
    TELEPHONE = "petition-telephone.svg", "A telephone off the hook"
    PAPER = "petition-paper.svg", "A sheet with one line struck out"
    LETTER = "letter.svg", "A letter in its envelope"


def drawing_path(name: str) -> str:
    """The path below ``static/`` of the drawing called ``name``; "" when we have no such drawing."""
    return f"img/{name}" if name in Drawing.values else ""
