"""Spreadsheet cells that stay text, and the way back to what was typed.

A spreadsheet runs a cell that begins with one of a few characters as a formula: a name typed as
``=HYPERLINK(…)`` would send the reader's other rows to a stranger. Spaces, invisible characters and
full-width forms in front do not stop every programme, so they do not stop the guard.
Source: OWASP, "CSV Injection".

The guard is a quote mark in front. Text that already stands behind quote marks of its own gets one more,
so that taking one away always gives back exactly what was typed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

BEGINS_FORMULA: Final = frozenset("=+-@＝＋－＠")
# Programmes that trim these find whatever comes behind them.
NEVER_FIRST: Final = frozenset("\t\r\n\0")
# Separators, controls, format characters (every zero-width one among them) and marks that combine.
INVISIBLE: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"})
# Where a programme that guesses another separator than the comma cuts a cell in two.
CUT_HERE: Final = re.compile(r"([;|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029])")
GUARD: Final = "'"

# Nearly every cell: empty, or a letter or digit in front and nothing that cuts. Told at a glance.
HARMLESS: Final = re.compile(r"(?:\w[^;|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*)?")


def safe_cell(value: object) -> str:
    """``value`` as text that no spreadsheet takes for a formula: a quote mark goes in front of what might be one."""
    text = str(value)
    return text if HARMLESS.fullmatch(text) else _each_part(text, _with_guard)


def original_cell(text: str) -> str:
    """What `safe_cell` was given to make ``text``."""
    return text if GUARD not in text else _each_part(text, _without_guard)


def csv_line(values: Iterable[object]) -> str:
    """One line of CSV (RFC 4180), every cell safe and in quotes."""
    return csv_line_of_text([str(value) for value in values])


def csv_line_of_text(cells: list[str]) -> str:
    """The same of cells that are text already. Rows come by the million, so most are found harmless in one go."""
    line = '","'.join(cells)
    if (
        line.isprintable()  # no control, no invisible character, nothing that cuts but the two below
        and ";" not in line
        and "|" not in line
        and "".join([cell[:1] for cell in cells]).isalnum()
        and line.count('"') == 2 * (len(cells) - 1)
    ):
        return f'"{line}"\r\n'
    return exact_csv_line([safe_cell(cell) for cell in cells])


def exact_csv_line(cells: list[str]) -> str:
    """One line of CSV with every cell as it is: for programs, never for a spreadsheet."""
    if '"' in "".join(cells):
        cells = [cell.replace('"', '""') for cell in cells]
    return '"' + '","'.join(cells) + '"\r\n'


def _each_part(text: str, change: Callable[[str], str]) -> str:
    """``change`` done to each part that might be a formula, if a programme cuts ``text`` where it can be cut."""
    parts = CUT_HERE.split(text)
    for index in range(0, len(parts), 2):
        seen = parts[index].lstrip(GUARD)
        # What cuts is itself never first in the cell, though it is no part.
        first = not index and (seen or text.lstrip(GUARD))
        if _might_be_formula(seen) or (first and _begins_badly(first)):
            parts[index] = change(parts[index])
    return "".join(parts)


def _with_guard(part: str) -> str:
    return GUARD + part


def _without_guard(part: str) -> str:
    return part.removeprefix(GUARD)


def _might_be_formula(text: str) -> bool:
    for character in text:
        if character in BEGINS_FORMULA:
            return True
        # A double quote is gone once a cell has been cut in two.
        if character != '"' and unicodedata.category(character) not in INVISIBLE:
            return False
    return False


def _begins_badly(text: str) -> bool:
    """Whether a control that must never come first does so, behind nothing but what cannot be seen."""
    for character in text:
        if character in NEVER_FIRST:
            return True
        if unicodedata.category(character) not in INVISIBLE:
            return False
    return False
