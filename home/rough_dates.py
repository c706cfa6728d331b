"""Dates as exact as they are known: 1995, 2016-05 or 2016-07-01. Written so, text sorts by time."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

SHAPE: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
NOT_A_DATE: Final = "Write a year, a month or a day as 1995, 2016-05 or 2016-07-01."


@dataclass(frozen=True)
class RoughDate:
    """``text`` is what was typed; ``words`` reads as "1995", "May 2016" or "1 July 2016"."""

    text: str
    words: str


def rough_date(text: str) -> RoughDate:
    """``text`` as a date; ValidationError where the calendar has none like it."""
    found = SHAPE.fullmatch(text.strip())
    if found is None:
        raise ValidationError(NOT_A_DATE, code="not_a_date")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first_day = date(year, month or 1, day or 1)
    except ValueError:
        raise ValidationError(NOT_A_DATE, code="not_a_date") from None
    if day:
        return RoughDate(text.strip(), date_format(first_day, "j F Y"))
    return RoughDate(text.strip(), date_format(first_day, "F Y") if month else f"{year:04}")


def check_rough_date(text: str) -> None:
    """Raise ValidationError unless ``text`` is a date; for validators."""
    rough_date(text)
