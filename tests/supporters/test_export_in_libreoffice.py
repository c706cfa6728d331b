"""A real spreadsheet opens our files and finds no formula in them, whatever people typed."""

import random
import re

import pytest

from supporters.exports.formats.csv_lines import machine_csv, spreadsheet_csv
from supporters.exports.formats.xlsx import workbook
from tests.supporters.nasty import NASTY
from tests.supporters.office import opened_in_libreoffice

pytestmark = pytest.mark.slow

HEADINGS = ["one", "two", "three"]
FORMULA = re.compile(r"table:formula=")
IN_FRONT = ["", "", " ", "\t", "\u200b", "\ufeff", "\u00a0", "\u3000", "\r\n", "'", '"', "\x1f", ";", "x;", "x\t", "x|"]
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://127.0.0.1/")', "＝1+1", "＋1+1", "=A1", "1=1"]


def typed():
    numbers = random.Random(3)
    mixed = [numbers.choice(IN_FRONT) + numbers.choice(IN_FRONT) + numbers.choice(FORMULAS) for _ in range(3_000)]
    values = [*NASTY, *mixed]
    return [values[n : n + 3] for n in range(0, len(values) - 2, 3)]


def test_csv_for_spreadsheets_has_no_formula(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(b"".join(spreadsheet_csv(HEADINGS, typed())))

    sheet = opened_in_libreoffice(path)

    assert "HYPERLINK" in sheet, "the file was read"
    assert len(FORMULA.findall(sheet)) == 0


def test_workbook_has_no_formula(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"".join(workbook("people", HEADINGS, typed())))

    sheet = opened_in_libreoffice(path)

    assert "HYPERLINK" in sheet, "the file was read"
    assert len(FORMULA.findall(sheet)) == 0
    assert 'office:value-type="float"' not in sheet, "nor a number: 00044 stays 00044"
    assert "00044" in sheet


def test_control_without_the_guard_libreoffice_does_find_formulas(tmp_path):
    # Otherwise the tests above would say nothing.
    path = tmp_path / "machine.csv"
    path.write_bytes(b"".join(machine_csv(HEADINGS, typed())))

    assert len(FORMULA.findall(opened_in_libreoffice(path))) > 10
