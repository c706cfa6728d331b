"""A page to act on opens quickly on a bad connection. `make gallery` weighs all the others."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.first_load import first_load
from tests.journeys.running_site import RunningSite


@pytest.mark.parametrize(
    "slug", ["carry-out-the-2016-report", "report-without-fear", "ask-your-mp", "before-you-call", "who-is-believed"]
)
def test_a_page_is_light(browser: Browser, running_site: RunningSite, slug: str) -> None:
    assert first_load(browser, running_site.origin, running_site.path_of(slug)).faults == []
