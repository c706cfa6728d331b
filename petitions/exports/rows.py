"""Signatures as rows of text, read through one server-side cursor, however many there are."""

from collections.abc import Iterator

from petitions.exports.resources import HandInResource
from petitions.models import PetitionPage
from petitions.selectors import confirmed_signatures
from supporters.cells import csv_line

# Rows fetched, and sent, at a time: enough to keep both ends busy, little enough to be nothing in memory.
CHUNK = 1_000
# Excel reads a file without this mark in the machine's old code page, and garbles every accent.
BYTE_ORDER_MARK = "\ufeff"


def hand_in_headings() -> list[str]:
    """The headings of `hand_in_rows`."""
    headings: list[str] = HandInResource().get_export_headers()
    return headings


def hand_in_rows(petition: PetitionPage) -> Iterator[list[str]]:
    """Each confirmed signature as its cells, the first first. Memory does not grow with their number."""
    # Found once, not with every row.
    fields = HandInResource().get_export_fields()
    for signature in confirmed_signatures(petition).iterator(chunk_size=CHUNK):
        yield [field.export(signature) for field in fields]


def hand_in_csv(petition: PetitionPage) -> Iterator[bytes]:
    """The same as a CSV file, in pieces of CHUNK lines; see supporters.cells for what is done to cells."""
    yield (BYTE_ORDER_MARK + csv_line(hand_in_headings())).encode()
    lines: list[str] = []
    for row in hand_in_rows(petition):
        lines.append(csv_line(row))
        if len(lines) == CHUNK:
            yield "".join(lines).encode()
            lines.clear()
    if lines:
        yield "".join(lines).encode()
