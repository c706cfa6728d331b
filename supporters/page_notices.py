"""Telling every web process, on every machine, that pages have changed.

PostgreSQL carries the notice and delivers it when the surrounding transaction commits, never before
and not at all if it is rolled back. Those who keep copies listen; see campaign_site.edge.purging.
"""

from typing import Final

from django.db import connection

CHANNEL: Final = "parasol_pages"
PURGE: Final = "purge"
REFRESH: Final = "refresh"


def purge_pages() -> None:
    """No copy of any page made before now may be shown again: something was published or taken down."""
    _notify(PURGE)


def refresh_pages() -> None:
    """Make every page anew as soon as it is asked for: a figure on it moved.

    An older copy may still be shown while that happens, or if it fails.
    """
    _notify(REFRESH)


def _notify(notice: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, notice])
