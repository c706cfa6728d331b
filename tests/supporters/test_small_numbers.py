"""A figure by place never points at a person."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporters.small_numbers import PUBLIC_RULE, BreakdownRow, DisclosureRule, safe_breakdown

numbers = st.one_of(st.integers(0, 30), st.integers(0, 130), st.integers(0, 5_000))
tables = st.dictionaries(st.text(alphabet="ABCDEFGH", min_size=1, max_size=3), numbers, max_size=40)


@given(counts=tables)
def test_nothing_under_ten_is_printed_and_all_under_a_hundred_is_rounded(counts):
    for row in safe_breakdown(counts):
        assert row.number >= 10
        assert row.number >= 100 or row.number % 5 == 0
        if row.label:
            assert counts[row.label] >= 10


@given(counts=tables)
def test_subtracting_from_the_total_leaves_every_small_or_rounded_place_in_doubt(counts):
    rows = safe_breakdown(counts)
    total = sum(counts.values())
    # What a reader knows of each line: the printed figure, and within what it was rounded.
    ranges = [
        (row.number, row.number) if row.number > 100 else (max(10, row.number - 2), min(100, row.number + 2))
        for row in rows
    ]
    for index, row in enumerate(rows):
        if not row.label or counts[row.label] >= 100:
            continue
        others = ranges[:index] + ranges[index + 1 :]
        least = max(ranges[index][0], total - sum(high for _low, high in others))
        most = min(ranges[index][1], total - sum(low for low, _high in others))
        assert least <= counts[row.label] <= most
        assert most - least >= 2, f"{row.label} can only be {least} to {most}"


@given(counts=tables)
def test_a_place_that_is_not_named_shares_its_line_with_another(counts):
    rows = safe_breakdown(counts)
    named = {row.label for row in rows}
    unnamed = [number for label, number in counts.items() if number and label not in named]

    if rows and unnamed:
        assert len(unnamed) >= 2
        assert rows[-1] == BreakdownRow("", PUBLIC_RULE.show(sum(unnamed)))


@pytest.mark.parametrize(
    ("rule", "places", "most"),
    [
        (DisclosureRule(smallest_shown=3, rounded_below=9, rounded_to=3, least_doubt=2), 3, 14),
        (DisclosureRule(smallest_shown=4, rounded_below=12, rounded_to=3, least_doubt=2), 3, 18),
    ],
)
def test_even_a_reader_who_tries_every_possible_table_learns_no_small_number(rule, places, most):
    # Smaller thresholds, so that all tables there can be are tried against each other.
    tables_by_print = defaultdict(list)
    for values in product(range(most + 1), repeat=places):
        rows = tuple(safe_breakdown(dict(zip("ABC", values, strict=True)), rule))
        tables_by_print[sum(values), rows].append(values)
    printed = [candidates for (_total, rows), candidates in tables_by_print.items() if rows]

    assert printed
    for candidates in printed:
        for place in range(places):
            possible = {values[place] for values in candidates}
            assert len(possible) > 1 or not 0 < possible.pop() < rule.smallest_shown


def test_equal_figures_are_in_the_order_of_the_alphabet_not_of_the_truth():
    labels = [row.label for row in safe_breakdown({"Wales": 22, "England": 20, "Scotland": 21})]

    assert labels == ["England", "Scotland", "Wales"]


def test_a_table_that_would_name_the_few_abroad_is_left_out():
    assert safe_breakdown({"GB": 2_800, "IE": 5, "FR": 3}) == []
    assert safe_breakdown({"GB": 2_800, "IE": 43}) == []


def test_many_places_make_a_useful_table():
    rows = safe_breakdown({"GB": 3_870, "IE": 40, "FR": 12, "US": 15, "DE": 3, "PL": 8})

    assert [(row.label, row.number) for row in rows] == [("GB", 3_870), ("IE", 40), ("US", 15), ("FR", 10), ("", 10)]
