"""What the journeys would notice if it happened."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor


@pytest.fixture
def watched(browser: Browser, running_site: RunningSite) -> Iterator[Visitor]:
    """A visitor whose complaints fail no test by themselves."""
    context = browser.new_context(base_url=running_site.origin)
    yield Visitor(context, running_site.origin)
    context.close()


def test_a_request_to_another_site_is_noticed(watched: Visitor, running_site: RunningSite) -> None:
    elsewhere = running_site.origin.replace("127.0.0.1", "localhost")
    watched.open("/")
    watched.page.evaluate("address => { location.href = address }", f"{elsewhere}/elsewhere")
    watched.page.wait_for_timeout(500)
    # A browser may ask again for what was not found.
    assert set(watched.foreign_requests) == {f"{elsewhere}/elsewhere"}


@pytest.mark.parametrize(
    "forbidden",
    [
        "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'p {color: red}'}))",
        "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/pixel.gif'}))",
    ],
    ids=["inline script", "inline style", "foreign picture"],
)
def test_what_the_policy_forbids_is_noticed(watched: Visitor, forbidden: str) -> None:
    watched.open("/")
    watched.page.evaluate(forbidden)
    watched.page.wait_for_timeout(300)
    assert any("Content Security Policy" in complaint for complaint in watched.complaints)


def test_an_answer_with_an_error_status_is_noticed(watched: Visitor) -> None:
    watched.open("/no-such-page/")
    assert watched.unexpected_failures == [f"404 {watched.origin}/no-such-page/"]
