"""Locking stored values again, with the current key, while the site runs."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from supporters.crypto.envelope import TamperedValue, key_id_prefix
from supporters.crypto.fields import EncryptedTextField
from supporters.crypto.keyring import MissingKey, current_keyring

BATCH: Final = 500

# Rows somebody else has locked are passed over; the next pass finds them.
OLD = sql.SQL("""
SELECT {key}, {column} FROM {table}
WHERE {column} IS NOT NULL AND substring({column} FROM 1 FOR {length}) <> {prefix} {after}
ORDER BY {key} LIMIT {limit} FOR UPDATE SKIP LOCKED
""")

REPLACE = sql.SQL("UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s")

COUNT = sql.SQL("""
SELECT count(*) FROM {table}
WHERE {column} IS NOT NULL AND substring({column} FROM 1 FOR {length}) <> {prefix}
""")


@dataclass(frozen=True)
class BadCell:
    """A stored value that could not be opened: where it is, and why. Holds nothing of what it says."""

    table: str
    column: str
    row: Any
    reason: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}, row {self.row}: {self.reason}"


@dataclass
class Progress:
    """How one column is getting on."""

    encrypted: EncryptedTextField
    relocked: int = 0
    bad: list[BadCell] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.encrypted.model._meta.db_table}.{self.encrypted.column}"


def encrypted_fields() -> list[EncryptedTextField]:
    """Every encrypted field of every table, in a fixed order."""
    found = [
        field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
    return sorted(found, key=lambda field: (field.model._meta.db_table, field.column))


def relock_column(field: EncryptedTextField, *, batch: int = BATCH) -> Generator[Progress, None, None]:
    """Lock every value of ``field`` with the current key; yields after each batch, one transaction each.

    May be stopped anywhere and run again. A value that somebody changes meanwhile is never overwritten:
    rows are locked while they are read and written, and written only where they still hold what was
    read. Values that do not open are left as they are and listed in ``bad``.
    """
    progress = Progress(field)
    last: object = None
    while True:
        with transaction.atomic():
            rows = _old_rows(field, after=last, limit=batch)
            for row, value in rows:
                _relock(field, row, value, progress)
        yield progress
        if not rows:
            return
        last = rows[-1][0]


def count_old(field: EncryptedTextField) -> int:
    """How many values of ``field`` are not locked with the current key."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(**_parts(field)))
        return int(cursor.fetchone()[0])


def _relock(field: EncryptedTextField, row: Any, value: bytes, progress: Progress) -> None:
    try:
        locked = field.lock(row, field.unlock(row, value))
    except (MissingKey, TamperedValue) as error:
        progress.bad.append(BadCell(field.model._meta.db_table, str(field.column), row, str(error)))
        return
    with connection.cursor() as cursor:
        cursor.execute(REPLACE.format(**_parts(field)), [locked, row, value])
        progress.relocked += cursor.rowcount


def _old_rows(field: EncryptedTextField, *, after: object, limit: int) -> list[tuple[object, bytes]]:
    parts = _parts(field)
    bound = sql.SQL("") if after is None else sql.SQL("AND {} > {}").format(parts["key"], sql.Literal(after))
    with connection.cursor() as cursor:
        cursor.execute(OLD.format(**parts, after=bound, limit=sql.Literal(limit)))
        return [(row, bytes(value)) for row, value in cursor.fetchall()]


def _parts(field: EncryptedTextField) -> dict[str, sql.Composable]:
    key: models.Field = field.model._meta.pk
    prefix = key_id_prefix(current_keyring().current)
    return {
        "table": sql.Identifier(field.model._meta.db_table),
        "column": sql.Identifier(str(field.column)),
        "key": sql.Identifier(str(key.column)),
        "prefix": sql.Literal(prefix),
        "length": sql.Literal(len(prefix)),
    }
