"""A page to act on opens quickly on a bad connection."""

import pytest

from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite

MOST_BYTES_WITHOUT_PICTURES = 60_000
MOST_REQUESTS = 10


@pytest.mark.parametrize(
    "slug", ["carry-out-the-2016-report", "report-without-fear", "ask-your-mp", "before-you-call", "who-is-believed"]
)
def test_a_page_is_light(welcome: Welcome, running_site: RunningSite, slug: str) -> None:
    visitor = welcome(viewport={"width": 360, "height": 740})
    visitor.page.goto(running_site.path_of(slug), wait_until="networkidle")
    # Down to the end, so that pictures which wait to be seen are asked for.
    visitor.page.keyboard.press("End")
    visitor.page.wait_for_load_state("networkidle")

    weights = {
        request.url: request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]
        for request in visitor.requests
        if request.resource_type != "image"
    }
    assert sum(weights.values()) < MOST_BYTES_WITHOUT_PICTURES, weights
    # The icon of the tab is asked for by every browser, but not always seen from here.
    asked_for = {request.url for request in visitor.requests if "favicon" not in request.url}
    assert len(asked_for) + 1 < MOST_REQUESTS, asked_for
    # A figure of zero would mean that nothing was measured.
    assert all(weight > 0 for weight in weights.values())
