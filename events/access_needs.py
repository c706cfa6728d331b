"""What people need to take part: what can be ticked, and how an answer is kept as one text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What is asked about beforehand. The values are kept, and read as they are where a list of them is shown."""

    CAPTIONS = "captions", _("Captions")
    SIGN_LANGUAGE = "sign language", _("Sign language interpretation")
    SPOKEN_LANGUAGE = "spoken interpretation", _("Interpretation into another language")
    MATERIAL = "material beforehand", _("Slides and texts beforehand")
    BREAKS = "breaks", _("Breaks")
    TELEPHONE = "telephone", _("Taking part by telephone")


@dataclass(frozen=True)
class Needs:
    """One person's answer: values of `Need`, and their own words."""

    choices: tuple[str, ...] = ()
    text: str = ""


def pack_needs(choices: Iterable[str], text: str) -> str:
    """The answer as JSON, ``{"choices": […], "text": "…"}``; empty when nothing is needed."""
    chosen = [need for need in Need.values if need in set(choices)]
    return json.dumps({"choices": chosen, "text": text}, ensure_ascii=False) if chosen or text else ""


def unpack_needs(kept: str) -> Needs:
    """What `pack_needs` wrote. Anything else is taken for somebody's own words, and nothing is lost."""
    try:
        needs = json.loads(kept) if kept else {}
        return Needs(tuple(needs.get("choices", [])), str(needs.get("text", "")))
    except (ValueError, AttributeError, TypeError):
        return Needs(text=kept)
