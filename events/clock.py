"""Times that are there once: what a clock skips or shows twice is asked about when it is typed."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


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
    """A sentence when the clocks where the event is show ``moment`` twice; else empty.

    A time that the clocks skip never comes here: a form refuses it.
    """
    zone = zone_named(zone_name)
    if moment is None or zone is None:
        return ""
    local = moment.astimezone(zone)
    twin = local.replace(fold=1 - local.fold)
    if twin.utcoffset() != local.utcoffset():
        return "The clocks go back that night, and this time comes twice. Choose one an hour earlier or later."
    return ""
