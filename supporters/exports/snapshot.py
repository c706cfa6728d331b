"""The database as it stood at one moment, held still while a file is written from it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.db import connection as default_connection
from psycopg import sql

FETCHED: Final = 2_000
"""Rows fetched at a time: enough to keep both ends busy, little enough to be nothing in memory."""

# The plan that delivers its first rows soonest, without sorting or hashing a million others before.
BEGIN: Final = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "SET LOCAL cursor_tuple_fraction = 0.001",
    "SET LOCAL jit = off",
    "SET LOCAL TIME ZONE 'UTC'",
)

Params = Sequence[Any]


class Snapshot:
    """One read-only transaction of a psycopg connection. Whatever is read through it belongs together."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self._cursors = 0

    def batches(self, query: str, params: Params = ()) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of ``query``, FETCHED at a time, through one server-side cursor."""
        self._cursors += 1
        # Binary: encrypted values and times come as they are, and need no parsing.
        with self.connection.cursor(name=f"export_{self._cursors}", binary=True) as cursor:
            cursor.execute(query, params)
            while rows := cursor.fetchmany(FETCHED):
                yield rows

    def rows(self, query: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """The few rows of ``query``, all at once."""
        with self.connection.cursor() as cursor:
            return cursor.execute(query, params).fetchall()

    def number(self, query: str, params: Params = ()) -> int:
        """The one number that ``query`` asks for."""
        [(number,)] = self.rows(query, params)
        return int(number)

    def lock(self, name: str) -> bool:
        """Whether nobody else holds the lock ``name``; then it is ours until the transaction ends, however it does."""
        key = sql.SQL("SELECT pg_try_advisory_xact_lock(hashtextextended({}, 0))").format(sql.Literal(name))
        with self.connection.cursor() as cursor:
            [(is_ours,)] = cursor.execute(key).fetchall()
        return bool(is_ours)


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """A snapshot on a connection of its own: what the job writes meanwhile is committed at once, for all to see."""
    reading = default_connection.copy()
    reading.ensure_connection()
    connection: psycopg.Connection[Any] = reading.connection
    try:
        with connection.transaction(force_rollback=True):
            for statement in BEGIN:
                connection.execute(statement)
            yield Snapshot(connection)
    finally:
        reading.close()
