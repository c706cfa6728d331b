"""CSV: exact for programs, harmless for spreadsheets, and the same people in both."""

import csv
import io

from hypothesis import given, settings

from supporters.cells import original_cell
from supporters.exports.formats.csv_lines import machine_csv, spreadsheet_csv
from tests.supporters.nasty import NASTY, rows

HEADINGS = ["id", "name", "phone"]


def read(pieces, encoding):
    text = b"".join(pieces).decode(encoding)
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@settings(max_examples=300, deadline=None)
@given(typed=rows)
def test_machine_mode_says_exactly_what_was_typed(typed):
    assert read(machine_csv(HEADINGS, typed), "utf-8") == [HEADINGS, *typed]


@settings(max_examples=300, deadline=None)
@given(typed=rows)
def test_spreadsheet_mode_can_be_read_back_to_what_was_typed(typed):
    found = read(spreadsheet_csv(HEADINGS, typed), "utf-8-sig")

    assert [[original_cell(cell) for cell in row] for row in found] == [HEADINGS, *typed]


def test_only_spreadsheets_get_a_byte_order_mark():
    assert b"".join(spreadsheet_csv(HEADINGS, [])).startswith("\ufeff".encode())
    assert b"".join(machine_csv(HEADINGS, [])) == b'"id","name","phone"\r\n'


def test_file_comes_in_pieces_however_long_it_is():
    pieces = list(machine_csv(HEADINGS, ([str(n), NASTY[n % len(NASTY)], "x"] for n in range(10_000))))

    assert len(pieces) > 10
    assert max(map(len, pieces)) < 100_000
    assert len(read(pieces, "utf-8")) == 10_001
