"""A map of the seats as equal tiles, worked out from region and name alone.

Geography gives big tiles to fields and none to cities; here each seat has one. The twelve regions are blocks
that stand roughly as on the map, in four columns from west to east, with the South East along the bottom. Any
number of seats gives a map: each block grows with its seats.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

from django.utils.translation import gettext_noop

from mp_contacts.models import Constituency, Region

COLUMNS: Final[tuple[tuple[Region, ...], ...]] = (
    (Region.NORTHERN_IRELAND, Region.WALES, Region.SOUTH_WEST),
    (Region.SCOTLAND, Region.NORTH_WEST, Region.WEST_MIDLANDS),
    (Region.NORTH_EAST, Region.YORKSHIRE, Region.EAST_MIDLANDS, Region.LONDON),
    (Region.EAST,),
)
"""From north to south in each. The South East lies under all but the first."""

TALLNESS: Final[dict[Region, float]] = {Region.SCOTLAND: 1.3, Region.NORTH_WEST: 1.5, Region.EAST: 1.6}
"""Height by width of a block; 1 where nothing is said."""

LEAST_WIDTH: Final = 4
"""Tiles. A column is no narrower, so that the name above a block has room."""
GAP: Final = 1
"""Tiles between blocks: room for the name."""


@dataclass(frozen=True)
class Block:
    """One region: the tile of its upper left corner, and its size in tiles."""

    region: Region
    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class Tile:
    """Where one seat is, in tiles from the upper left."""

    code: str
    column: int
    row: int


@dataclass(frozen=True)
class SeatMap:
    """The whole map, its size in tiles."""

    tiles: tuple[Tile, ...]
    blocks: tuple[Block, ...]
    width: int
    height: int


def lay_out(seats: Iterable[Constituency]) -> SeatMap:
    """The map of ``seats``. The same seats always give the same map, in whatever order they come.

    A seat whose region is none of Region has no tile; the table lists it all the same.
    """
    by_region: dict[str, list[Constituency]] = {region: [] for region in Region}
    for seat in seats:
        if seat.region in by_region:
            by_region[seat.region].append(seat)
    blocks = _place({region: len(by_region[region]) for region in Region})
    tiles = [
        Tile(seat.pk, block.column + place % block.width, block.row + place // block.width)
        for block in blocks
        for place, seat in enumerate(sorted(by_region[block.region], key=lambda seat: (seat.name, seat.pk)))
    ]
    return SeatMap(
        tiles=tuple(tiles),
        blocks=tuple(blocks),
        width=max((block.column + max(block.width, LEAST_WIDTH) for block in blocks), default=0),
        height=max((block.row + block.height for block in blocks), default=0),
    )


def _place(numbers: dict[Region, int]) -> list[Block]:
    """The blocks of those regions that have seats, none upon another."""
    sizes = {region: _size(region, number) for region, number in numbers.items() if number}
    columns = [[region for region in column if region in sizes] for column in COLUMNS]
    widths = [max([LEAST_WIDTH, *(sizes[region][0] for region in column)]) if column else 0 for column in columns]
    lefts = [sum(widths[:place]) + GAP * sum(map(bool, widths[:place])) for place in range(len(columns))]
    bottom = _south_east(numbers[Region.SOUTH_EAST], left=lefts[1], right=lefts[-1] + widths[-1])
    heights = [sum(sizes[region][1] + GAP for region in column) for column in columns]
    under = (bottom.height + GAP if bottom else 0) if any(heights[1:]) or bottom else 0
    height = max(heights[0], under + max(heights[1:]))
    blocks = []
    for place, column in enumerate(columns):
        # Every column stands on the south coast, or on the South East.
        row = height - heights[place] - (under if place else 0)
        for region in column:
            width, tall = sizes[region]
            blocks.append(Block(region, lefts[place], row + GAP, width, tall))
            row += GAP + tall
    if bottom:
        blocks.append(Block(bottom.region, bottom.column, height - bottom.height, bottom.width, bottom.height))
    return blocks


def _south_east(number: int, *, left: int, right: int) -> Block | None:
    """The block along the bottom; its row is the caller's to say."""
    if not number:
        return None
    width = max(min(number, right - left), min(LEAST_WIDTH, number))
    height = ceil(number / width)
    # As narrow as that height allows: no last row with one tile in it.
    return Block(Region.SOUTH_EAST, left, 0, ceil(number / height), height)


def _size(region: Region, number: int) -> tuple[int, int]:
    """Width and height of the block of ``region`` with so many seats."""
    width = max(1, round(sqrt(number / TALLNESS.get(region, 1))))
    height = ceil(number / width)
    return ceil(number / height), height


def names_on_the_map(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """Each block with a name short enough to stand above it."""
    return [(block, SHORT_NAMES.get(block.region, str(block.region.label))) for block in blocks]


SHORT_NAMES: Final[dict[Region, str]] = {
    Region.NORTHERN_IRELAND: gettext_noop("N. Ireland"),
    Region.YORKSHIRE: gettext_noop("Yorkshire"),
    Region.EAST: gettext_noop("East"),
    Region.EAST_MIDLANDS: gettext_noop("East Mids"),
    Region.WEST_MIDLANDS: gettext_noop("West Mids"),
}
