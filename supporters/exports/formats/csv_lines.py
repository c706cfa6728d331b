"""CSV as RFC 4180 has it, in UTF-8, every cell in quotes."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from supporters.cells import csv_line_of_text, exact_csv_line

LINES: Final = 500  # a piece, some 100 kB
# Excel reads a file without this mark in the machine's old code page, and garbles every accent.
BYTE_ORDER_MARK: Final = "\ufeff"


def spreadsheet_csv(headings: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    """For people: what might be a formula has a quote mark in front (supporters.cells), and accents show."""
    yield (BYTE_ORDER_MARK + csv_line_of_text(headings)).encode()
    yield from _pieces(rows, csv_line_of_text)


def machine_csv(headings: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    """For programs: every cell exactly as it is, and nothing in front of the headings."""
    yield exact_csv_line(headings).encode()
    yield from _pieces(rows, exact_csv_line)


def _pieces(rows: Iterable[list[str]], line: Callable[[list[str]], str]) -> Iterator[bytes]:
    lines = map(line, rows)
    while piece := "".join(islice(lines, LINES)):
        yield piece.encode()
