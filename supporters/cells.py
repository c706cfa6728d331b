"""Spreadsheet cells that stay text.

A spreadsheet runs a cell that begins with one of a few characters as a formula: a name typed as
``=HYPERLINK(…)`` would send the reader's other rows to a stranger. Spaces, invisible characters and
full-width forms in front do not stop every programme, so they do not stop the guard.
Source: OWASP, "CSV Injection".
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

BEGINS_FORMULA: Final = frozenset("=+-@＝＋－＠")
# Programmes that trim these find whatever comes behind them.
NEVER_FIRST: Final = frozenset("\t\r\n\0")
# Separators, controls, format characters (every zero-width one among them) and marks that combine.
INVISIBLE: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"})
# Where a programme that guesses another separator than the comma cuts a cell in two.
CUT_HERE: Final = re.compile(r"([;|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029])")
GUARD: Final = "'"


def safe_cell(value: object) -> str:
    """``value`` as text that no spreadsheet takes for a formula: a quote mark goes in front of what might be one."""
    text = str(value)
    guarded = "".join(GUARD + part if _might_be_formula(part) else part for part in CUT_HERE.split(text))
    return GUARD + guarded if guarded[:1] in NEVER_FIRST else guarded


def csv_line(values: Iterable[object]) -> str:
    """One line of CSV (RFC 4180), every cell safe and in quotes."""
    cells = (safe_cell(value).replace('"', '""') for value in values)
    return '"' + '","'.join(cells) + '"\r\n'


def _might_be_formula(text: str) -> bool:
    for character in text:
        if character in BEGINS_FORMULA:
            return True
        # A quote mark is gone once a cell has been cut in two.
        if character != '"' and unicodedata.category(character) not in INVISIBLE:
            return False
    return False
