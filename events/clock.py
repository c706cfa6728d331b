"""Times that are there once: what a clock skips or shows twice is asked about when it is typed."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 9000
"""Far enough from the ends of Python's calendar that no zone, lead or length of an event reaches past them."""


def zone_named(name: str) -> ZoneInfo | None:
    """The time zone of that name in the IANA database; None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def time_zone_problem(name: str) -> str:
    """A sentence when ``name`` is no time zone; else empty."""
    return "" if zone_named(name) else "Give a time zone by its name, such as Europe/London or America/New_York."


def clock_problem(moment: datetime | None, zone_name: str) -> str:
    """A sentence when the clocks where the event is show ``moment`` twice, or no calendar goes so far; else empty.

    A time that the clocks skip never comes here: a form refuses it.
    """
    zone = zone_named(zone_name)
    if moment is None or zone is None:
        return ""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return f"Choose a year from {FIRST_YEAR} to {LAST_YEAR}."
    local = moment.astimezone(zone)
    twin = local.replace(fold=1 - local.fold)
    if twin.utcoffset() != local.utcoffset():
        return "The clocks go back that night, and this time comes twice. Choose one an hour earlier or later."
    return ""
