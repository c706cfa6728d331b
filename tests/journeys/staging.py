"""Setting the running site into a state that it would reach by itself only after days, and back again."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from psycopg import sql

from tests.journeys.running_site import RunningSite

# Where a page without a heading of its own stands in for a site that a hurried visitor is sent to.
DESTINATION: Final = "/healthz"


def anew(path: str) -> str:
    """``path`` with a query of its own, so that no copy from before is shown."""
    return f"{path}?anew={secrets.token_hex(4)}"


@contextmanager
def altered(site: RunningSite, table: str, page: int, **values: Any) -> Iterator[None]:
    """The page's row in ``table`` has other ``values`` until the block ends."""
    names = sql.SQL(", ").join(map(sql.Identifier, values))
    read = sql.SQL("SELECT {} FROM {} WHERE page_ptr_id = %s").format(names, sql.Identifier(table))
    places = sql.SQL(", ").join([sql.Placeholder()] * len(values))
    write = sql.SQL("UPDATE {} SET ({}) = ROW({}) WHERE page_ptr_id = %s").format(sql.Identifier(table), names, places)
    [before] = site.query(read, page)
    site.query(write, *values.values(), page)
    try:
        yield
    finally:
        site.query(write, *before, page)


@contextmanager
def leaving_quickly(site: RunningSite, page: int) -> Iterator[str]:
    """The page has the way out until the block ends; it leads to an address of this site, which is yielded."""
    destination = site.origin + DESTINATION
    before = site.query("SELECT destination FROM home_leavingquickly")
    # Only https is allowed to editors; the site under test has none.
    site.query("ALTER TABLE home_leavingquickly DROP CONSTRAINT IF EXISTS home_leavingquickly_destination_is_https")
    [(setting,)] = site.query(
        "INSERT INTO home_leavingquickly (site_id, destination, tab_title)"
        " SELECT id, %s, 'Information' FROM wagtailcore_site WHERE is_default_site"
        " ON CONFLICT (site_id) DO UPDATE SET destination = excluded.destination RETURNING id",
        destination,
    )
    site.query("INSERT INTO home_quickleavetree (setting_id, page_id, sort_order) VALUES (%s, %s, 0)", setting, page)
    site.query("SELECT pg_notify('parasol_pages', 'purge')")
    try:
        yield destination
    finally:
        # What the demo has of itself stays.
        site.query("DELETE FROM home_quickleavetree WHERE page_id = %s", page)
        if before:
            site.query("UPDATE home_leavingquickly SET destination = %s", before[0][0])
        else:
            site.query("DELETE FROM home_leavingquickly")


@contextmanager
def out_of_order(site: RunningSite, table: str) -> Iterator[None]:
    """Whatever asks for ``table`` fails until the block ends, as with a fault of ours."""
    hidden = sql.Identifier(f"{table}_hidden")
    rename = sql.SQL("ALTER TABLE {} RENAME TO {}")
    site.query(rename.format(sql.Identifier(table), hidden))
    try:
        yield
    finally:
        site.query(rename.format(hidden, sql.Identifier(table)))
