"""A table of a Word document as a table of a report."""

from collections.abc import Callable
from typing import Any

from bs4 import Tag

MERGED = "merged cells were parted; the words stand in the first of them."
SECOND_HEAD = "only the first of its header rows is a header here."
NO_HEAD = "it has no header row in Word. Say in the editor which row or column holds its headers."
NESTED = "a table within it came over as text."


def table_block(node: Tag, plain: Callable[[Tag], str]) -> tuple[dict[str, Any], list[str]]:
    """The value of a table block without its caption, and what changed on the way; ``plain`` gives a cell's words."""
    remarks = []
    rows: list[list[str]] = []
    waiting: dict[tuple[int, int], bool] = {}
    for place, row in enumerate(_rows(node)):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            while waiting.pop((place, len(cells)), False):
                cells.append("")
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for below in range(1, down):
                waiting |= {(place + below, len(cells) + beside): True for beside in range(across)}
            cells += [plain(cell), *[""] * (across - 1)]
            remarks += [MERGED] if across > 1 or down > 1 else []
        while waiting.pop((place, len(cells)), False):
            cells.append("")
        rows.append(cells)
    width = max((len(cells) for cells in rows), default=0)
    heads = len(node.select("thead > tr"))
    remarks += [NO_HEAD] * (heads == 0) + [SECOND_HEAD] * (heads > 1) + [NESTED] * (node.find("table") is not None)
    return {
        "data": [cells + [""] * (width - len(cells)) for cells in rows],
        "first_row_is_table_header": heads > 0,
        "first_col_is_header": False,
        "table_header_choice": "row" if heads else "neither",
    }, list(dict.fromkeys(remarks))


def _rows(node: Tag) -> list[Tag]:
    return [row for row in node.find_all("tr") if row.find_parent("table") is node]


def _span(cell: Tag, name: str) -> int:
    """How many cells one takes, within reason."""
    given = str(cell.get(name) or "1")
    return min(int(given), 100) if given.isdecimal() else 1
