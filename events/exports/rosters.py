"""A roster as rows of text. What somebody needs because of their health is never part of it."""

from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from events.models import Place, Registration
from supporters.cells import csv_line

CHUNK: Final = 500
# Excel reads a file without this mark in the machine's old code page, and garbles every accent.
BYTE_ORDER_MARK: Final = "\ufeff"
HEADINGS: Final = ["No.", "Place", "People", "Registered on", "Language"]
PERSONAL_HEADINGS: Final = ["Name shown", "E-mail address"]


def roster_csv(rows: QuerySet[Registration], *, with_people: bool) -> Iterator[bytes]:
    """``rows`` as a CSV file, line by line; see supporters.cells for what is done to cells."""
    yield (BYTE_ORDER_MARK + csv_line([*HEADINGS, *(PERSONAL_HEADINGS if with_people else [])])).encode()
    for number, row in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        cells = [
            str(number),
            str(Place(row.place).label),
            str(row.seats),
            timezone.localtime(row.created_at).date().isoformat(),
            row.language,
        ]
        people = [row.name or "", row.email or ""] if with_people else []
        yield csv_line([*cells, *people]).encode()
