"""No cell of any export is ever a formula."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporters.cells import csv_line, safe_cell

# Written out again on purpose: the test must not agree with a hole in the code's own list.
FORMULA_STARTS = "=+-@＝＋－＠"
TRIMMED_BY_SPREADSHEETS = {"Zs", "Zl", "Zp", "Cc", "Cf"}

hostile = st.one_of(
    st.text(),
    st.builds(
        "{}{}{}".format,
        st.text(alphabet=" \t\r\n\0\u00a0\u200b\u200c\u200d\u2060\ufeff\u3000\x1f", max_size=4),
        st.sampled_from([*FORMULA_STARTS, ""]),
        st.text(alphabet="ABC123()!|\"',;=\n\r\t", max_size=12),
    ),
)


def first_seen_by_a_spreadsheet(text: str) -> str:
    return next((c for c in text if unicodedata.category(c) not in TRIMMED_BY_SPREADSHEETS), "")


def is_formula(cell: str) -> bool:
    return first_seen_by_a_spreadsheet(cell) in tuple(FORMULA_STARTS)


# 2,000 examples of ten cells each: 20,000 cells.
@settings(max_examples=2_000, deadline=None)
@given(cells=st.lists(hostile, min_size=10, max_size=10))
def test_no_generated_cell_is_a_formula_when_the_file_is_read(cells):
    (row,) = csv.reader(io.StringIO(csv_line(cells), newline=""), strict=True)

    assert len(row) == len(cells)
    for read, typed in zip(row, cells, strict=True):
        assert not is_formula(read), repr(read)
        assert read[:1] not in ("\t", "\r", "\n", "\0")
        assert read.replace("'", "") == typed.replace("'", "")


@settings(max_examples=400, deadline=None)
@given(cells=st.lists(hostile, min_size=3, max_size=10), separator=st.sampled_from(";\t|"))
def test_guessing_another_separator_opens_no_formula_in_the_middle_of_a_cell(cells, separator):
    # Excel takes the separator from the machine's region, and then cuts cells where they hold it.
    for row in csv.reader(io.StringIO(csv_line(cells), newline=""), delimiter=separator):
        for cell in row:
            assert not is_formula(cell), repr(cell)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 20", "-1", "@SUM(A1)", "\tx", " =1", "\u200b=1", "\ufeff@x", "＝1", "\r\nx", "\0x"],
)
def test_what_might_be_a_formula_gets_a_quote_mark(text):
    assert safe_cell(text) == f"'{text}"


def test_a_formula_behind_a_semicolon_gets_a_quote_mark_too():
    assert safe_cell("Ada;=1+1") == "Ada;'=1+1"


@pytest.mark.parametrize("text", ["", "Ada Example", "O'Brien", "SW1A 1AA", "5 = 5", "a-b", "Żółć", "2026-11-23"])
def test_ordinary_text_stays_as_it_was_typed(text):
    assert safe_cell(text) == text


def test_every_cell_is_in_quotes():
    assert csv_line(['say "hello"', 7, ""]) == '"say ""hello""","7",""\r\n'
