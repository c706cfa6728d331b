"""A table of a Word document as a table of a report."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bs4 import Tag

MERGED: Final = "merged cells were parted ({places}); the words stand in the first of them."
PLAIN: Final = "bold and italics became plain, since cells hold words alone ({places})."
LINK: Final = "the link of “{words}” was taken out ({place}). It led to {url}: put that into a footnote."
SECOND_HEAD: Final = "only the first of its header rows is a header here."
NO_HEAD: Final = "it has no header row in Word. Say in the editor which row or column holds its headers."
NESTED: Final = "a table within it came over as text."


def table_block(node: Tag, plain: Callable[[Tag], str]) -> tuple[dict[str, Any], list[str]]:
    """The value of a table block without its caption, and what changed on the way; ``plain`` gives a cell's words."""
    lost = _Lost()
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
            lost.look_at(cell, f"row {place + 1}, column {len(cells) + 1}", is_merged=across > 1 or down > 1)
            cells += [plain(cell), *[""] * (across - 1)]
        while waiting.pop((place, len(cells)), False):
            cells.append("")
        rows.append(cells)
    width = max((len(cells) for cells in rows), default=0)
    heads = len(node.select("thead > tr"))
    remarks = lost.remarks()
    remarks += [NO_HEAD] * (heads == 0) + [SECOND_HEAD] * (heads > 1) + [NESTED] * (node.find("table") is not None)
    return {
        "data": [cells + [""] * (width - len(cells)) for cells in rows],
        "first_row_is_table_header": heads > 0,
        "first_col_is_header": False,
        "table_header_choice": "row" if heads else "neither",
    }, remarks


@dataclass
class _Lost:
    """What cells cannot hold, by where it stood."""

    merged: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def look_at(self, cell: Tag, place: str, *, is_merged: bool) -> None:
        if is_merged:
            self.merged.append(place)
        # Headers are set bold here as they are in Word.
        if cell.name == "td" and any(mark.get_text(strip=True) for mark in cell.find_all(["strong", "em"])):
            self.marked.append(place)
        for link in cell.find_all("a", href=re.compile("^(https?://|mailto:)", re.IGNORECASE)):
            self.links.append(LINK.format(words=link.get_text(strip=True), place=place, url=link["href"]))

    def remarks(self) -> list[str]:
        said = [
            sentence.format(places="; ".join(places))
            for sentence, places in ((MERGED, self.merged), (PLAIN, self.marked))
            if places
        ]
        return [*said, *self.links]


def _rows(node: Tag) -> list[Tag]:
    return [row for row in node.find_all("tr") if row.find_parent("table") is node]


def _span(cell: Tag, name: str) -> int:
    """How many cells one takes, within reason."""
    given = str(cell.get(name) or "1")
    return min(int(given), 100) if given.isdecimal() else 1
