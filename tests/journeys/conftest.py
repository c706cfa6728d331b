"""Every test here is a journey."""

from pathlib import Path

import pytest

from tests.journeys.fixtures import browser, chromium, visitor, welcome

__all__ = ["browser", "chromium", "visitor", "welcome"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.journey)
    # The order is drawn by lot, but whoever is erased cannot be found afterwards.
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    marker = item.get_closest_marker("late")
    return int(marker.args[0]) if marker else 0
