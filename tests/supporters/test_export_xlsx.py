"""Workbooks: every cell text, readable by others' programs, whatever stands in them and however long they are."""

import io
import re
import zipfile

from hypothesis import given, settings
from openpyxl import load_workbook

from supporters.exports.formats.xlsx import LONGEST_CELL, row_xml, workbook
from tests.supporters.nasty import NASTY, rows

HEADINGS = ["id", "name", "phone"]
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def book_of(typed, **options):
    return io.BytesIO(b"".join(workbook("people", HEADINGS, typed, **options)))


def cells(book, sheet="people"):
    return [list(row) for row in load_workbook(book)[sheet].iter_rows(values_only=True)]


def as_read(text):
    """What openpyxl makes of a text: no empty one, and Excel's escapes as they stand in the file."""
    kept = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", NOT_IN_XML.sub("", text))
    return kept or None


@settings(max_examples=150, deadline=None)
@given(typed=rows)
def test_openpyxl_reads_what_was_typed_but_what_xml_cannot_hold(typed):
    assert cells(book_of(typed)) == [HEADINGS, *([as_read(text) for text in row] for row in typed)]


@settings(max_examples=150, deadline=None)
@given(typed=rows)
def test_no_cell_is_anything_but_text(typed):
    sheet = load_workbook(book_of(typed))["people"]

    found = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    # openpyxl calls a text that begins with "=" a formula only if the file says so.
    assert {cell.data_type for cell in found} <= {"s", "inlineStr"}
    assert {cell.number_format for cell in found} == {"@"}


def test_sheets_are_split_before_they_are_too_long_for_excel():
    typed = [[str(n), "Ada", ""] for n in range(25)]
    book = load_workbook(book_of(typed, rows_a_sheet=11))

    assert book.sheetnames == ["people", "people 2", "people 3"]
    found = [list(book[name].iter_rows(values_only=True, max_col=1)) for name in book.sheetnames]
    assert [sheet[0] for sheet in found] == [("id",)] * 3
    assert [row[0] for sheet in found for row in sheet[1:]] == [row[0] for row in typed]
    assert [len(sheet) for sheet in found] == [11, 11, 6]


def test_rows_that_just_fit_make_no_empty_sheet():
    assert load_workbook(book_of([["1", "", ""]] * 10, rows_a_sheet=11)).sheetnames == ["people"]


def test_nobody_is_a_sheet_of_headings():
    assert cells(book_of([])) == [HEADINGS]


def test_cell_longer_than_excel_allows_is_cut():
    [_, [_, name, _]] = cells(book_of([["1", "é" * 40_000, ""]]))

    assert name == "é" * LONGEST_CELL


def test_row_told_at_a_glance_reads_like_one_written_cell_by_cell():
    for text in NASTY:
        alone = load_workbook(book_of([[text, "plain", ""]]))["people"]["A2"].value
        assert alone == as_read(text), repr(text)
    assert 'xml:space="preserve"' not in row_xml(["Ada Example", "SW1A 1AA"])
    assert 'xml:space="preserve"' in row_xml(["Ada ", "SW1A 1AA"])


def test_every_part_of_the_file_is_sound():
    with zipfile.ZipFile(book_of([[text, text, text] for text in NASTY])) as file:
        assert file.testzip() is None
        assert {"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} <= set(file.namelist())


def test_file_comes_in_pieces_however_long_it_is():
    pieces = [len(piece) for piece in workbook("people", HEADINGS, ([str(n), f"Ada {n}", ""] for n in range(50_000)))]

    assert len(pieces) > 3
    assert max(pieces) < 300_000
