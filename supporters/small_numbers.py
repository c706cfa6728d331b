"""Figures by place that point at nobody.

In a village, "3 signatures" is three neighbours. Small numbers are therefore pooled, middling ones
rounded, and a table whose gaps could be filled in by subtraction is pooled further until they cannot.
Source: UK Government Analysis Function, guidance on statistical disclosure control for tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class DisclosureRule:
    """How careful a table is. All are numbers of people, ``least_doubt`` of possible values."""

    smallest_shown: int = 10
    rounded_below: int = 100
    rounded_to: int = 5
    # A reader who subtracts everything from the total must be left with this many possibilities or more.
    least_doubt: int = 3

    def show(self, number: int) -> int:
        """``number`` as it is printed."""
        if number >= self.rounded_below:
            return number
        return (number + self.rounded_to // 2) // self.rounded_to * self.rounded_to

    def could_be(self, shown: int) -> range:
        """Every number that is printed as ``shown``."""
        slack = self.rounded_to // 2
        candidates = range(max(self.smallest_shown, shown - slack), shown + slack + 1)
        fitting = [number for number in candidates if self.show(number) == shown]
        return range(fitting[0], fitting[-1] + 1)


PUBLIC_RULE: Final = DisclosureRule()


@dataclass(frozen=True)
class BreakdownRow:
    """One line of a table: a place, or with an empty label all places not named; the figure as printed."""

    label: str
    number: int


def safe_breakdown(counts: Mapping[str, int], rule: DisclosureRule = PUBLIC_RULE) -> list[BreakdownRow]:
    """``counts`` as rows that may be published beside their exact sum, largest first.

    Empty when any table would give somebody away. Places without any are not mentioned.
    """
    named = [(label, number) for label, number in counts.items() if number >= rule.smallest_shown]
    pooled = [number for number in counts.values() if 0 < number < rule.smallest_shown]
    # By the printed figure, never by the true one: the order of two equal figures would tell which is larger.
    named.sort(key=lambda row: (-rule.show(row[1]), row[0]))
    while named and not _gives_nothing_away([number for _label, number in named], pooled, rule):
        pooled.append(named.pop()[1])
    rows = [BreakdownRow(label, rule.show(number)) for label, number in named]
    return [*rows, BreakdownRow("", rule.show(sum(pooled)))] if rows and pooled else rows


def _gives_nothing_away(named: Sequence[int], pooled: Sequence[int], rule: DisclosureRule) -> bool:
    total = sum(named) + sum(pooled)
    cells = [rule.could_be(rule.show(number)) for number in named]
    if pooled:
        if len(pooled) < 2 or sum(pooled) < rule.smallest_shown:
            return False
        members = [_pooled_could_be(number, cells[-1], rule) for number in pooled]
        if not _leaves_doubt(members, sum(pooled), members, rule):
            return False
        cells.append(rule.could_be(rule.show(sum(pooled))))
    # What is printed as it is needs no protection; that is large enough to point at nobody.
    rounded = [cell for cell in cells[: len(named)] if cell[0] < rule.rounded_below]
    return _leaves_doubt(rounded, total, cells, rule)


def _pooled_could_be(number: int, smallest_named: range, rule: DisclosureRule) -> range:
    """What somebody who knows which places were pooled, and why, can say about one of them."""
    if number < rule.smallest_shown:
        return range(1, rule.smallest_shown)
    return range(rule.smallest_shown, smallest_named[-1] + 1)


def _leaves_doubt(protected: Sequence[range], total: int, cells: Sequence[range], rule: DisclosureRule) -> bool:
    """Whether subtracting the other ``cells`` from ``total`` leaves each of ``protected`` enough possible values."""
    least, most = sum(cell[0] for cell in cells), sum(cell[-1] for cell in cells)
    return all(
        min(cell[-1], total - (least - cell[0])) - max(cell[0], total - (most - cell[-1])) + 1 >= rule.least_doubt
        for cell in protected
    )
