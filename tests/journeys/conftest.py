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
