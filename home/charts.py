"""Where the bars, lines and words of a chart stand.

Across, everything is a percentage of the drawing's width, and down, it is pixels: bars grow with the screen while
the letters keep their size, on a phone as on paper.
"""

import textwrap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format

LINE = 20  # pixels from one line of a label to the next
BAR = 26  # pixels
GAP = 16  # pixels between a bar and the next label
LONGEST_BAR = 76  # percent; the rest is for the number behind it
LABEL_WIDTH = 38  # letters that fit into 320 pixels
PLOT_TOP, PLOT_BOTTOM = 40, 220  # pixels
PLOT_START, PLOT_END = 8, 92  # percent
MOST_POINTS = 8  # of a line, so that their labels stand side by side on a phone
LONGEST_POINT_LABEL = 10


@dataclass(frozen=True)
class Row:
    """One figure, and what it counts."""

    label: str
    number: Decimal
    shown: str


@dataclass(frozen=True)
class Bar:
    """A bar below its label. ``width`` in percent, the rest in pixels from the top."""

    row: Row
    lines: list[tuple[int, str]]
    y: int
    width: float
    number_y: int


@dataclass(frozen=True)
class Point:
    """A point of a line. ``x`` in percent, ``y`` in pixels from the top."""

    row: Row
    x: float
    y: float
    number_y: float


def rows_from(pairs: Sequence[tuple[str, Decimal]], unit: str) -> list[Row]:
    """Each figure as it is read, such as "36%" or "14 per 1,000"."""
    space = "" if unit in {"", "%"} else "\N{NO-BREAK SPACE}"
    return [
        Row(label, number, f"{number_format(_plain(number), use_l10n=True, force_grouping=True)}{space}{unit}")
        for label, number in pairs
    ]


def bars(rows: Sequence[Row]) -> tuple[list[Bar], int]:
    """A bar for each row, one below the other, and how high they are together."""
    most = max((row.number for row in rows), default=Decimal(0)) or Decimal(1)
    drawn, top = [], 0
    for row in rows:
        words = textwrap.wrap(row.label, LABEL_WIDTH) or [""]
        lines = [(top + LINE * (place + 1) - 4, line) for place, line in enumerate(words)]
        y = top + LINE * len(words) + 4
        drawn.append(Bar(row, lines, y, share(row.number, most, LONGEST_BAR), y + BAR - 7))
        top = y + BAR + GAP
    return drawn, max(top - GAP, 0)


def line(rows: Sequence[Row]) -> list[Point]:
    """A point for each row, from the first at the left to the last at the right; nought is the ground."""
    most = max((row.number for row in rows), default=Decimal(0)) or Decimal(1)
    step = (PLOT_END - PLOT_START) / max(len(rows) - 1, 1)
    points = []
    for place, row in enumerate(rows):
        y = PLOT_BOTTOM - share(row.number, most, PLOT_BOTTOM - PLOT_TOP)
        points.append(Point(row, round(PLOT_START + step * place, 2), y, y - 14))
    return points


def share(number: Decimal, most: Decimal, of: int) -> float:
    """How much of ``of`` ``number`` takes when ``most`` takes all."""
    return round(float(max(number, Decimal(0)) / most) * of, 2)


def chart_id(title: str, rows: Sequence[Row]) -> str:
    """The same for the same chart, so that caches see the same page."""
    told = title + "".join(f"{row.label}{row.number}" for row in rows)
    return f"chart-{zlib.crc32(told.encode(errors='replace')):08x}"


def _plain(number: Decimal) -> Decimal:
    """Without noughts behind the point, and never as 1E+3."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
