"""Small screens, large text, forced colours and paper lose nothing."""

import math
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor

SLUGS: Final = (
    "safe-to-report",
    "decriminalise-for-safety",
    "carry-out-the-2016-report",
    "report-without-fear",
    "drop-the-fines-in-harrowmere",
    "before-you-call",
    "who-is-believed",
)
PETITION: Final = "carry-out-the-2016-report"
CONTROLS: Final = "main :is(a, button, input, select, textarea, summary)"

STICKS_OUT: Final = """() => [...document.querySelectorAll('body *')]
    .filter(element => {
        const box = element.getBoundingClientRect();
        return box.width > 1 && box.right > document.documentElement.clientWidth + 1;
    })
    .map(element => element.outerHTML.slice(0, 120))"""
CUT_OFF: Final = """element => {
    const style = getComputedStyle(element);
    return ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
}"""


@pytest.mark.parametrize("slug", [*SLUGS, "/your-privacy/"])
def test_nothing_scrolls_sideways_at_320_pixels(welcome: Welcome, running_site: RunningSite, slug: str) -> None:
    visitor = welcome(viewport={"width": 320, "height": 640})
    visitor.open(slug if slug.startswith("/") else running_site.path_of(slug))
    assert_nothing_sticks_out(visitor.page)


@pytest.mark.parametrize("width", [360, 1280])
def test_text_twice_as_large_stays_in_reach(welcome: Welcome, running_site: RunningSite, width: int) -> None:
    visitor = welcome(viewport={"width": width, "height": 800})
    visitor.open(running_site.path_of(PETITION))
    double_the_text(visitor)
    assert_nothing_sticks_out(visitor.page)
    for control in visitor.page.locator(CONTROLS).all():
        if control.is_visible():
            assert not control.evaluate(CUT_OFF)
    visitor.fill_in("large.text@example.org")
    visitor.press("Sign")
    expect(visitor.heading()).to_have_text("Check your inbox")


def test_forced_colours_keep_the_form_and_the_count(welcome: Welcome, running_site: RunningSite) -> None:
    visitor = welcome(forced_colors="active")
    visitor.open(running_site.path_of(PETITION))
    expect(visitor.page.locator("[data-count]")).to_be_visible()
    for control in visitor.page.locator(
        ".sign-form :is(input:not([type=checkbox], [type=hidden]), select, textarea, button)"
    ).all():
        # Backgrounds are taken away then; only a border still shows where a field is.
        assert control.evaluate("field => parseFloat(getComputedStyle(field).borderTopWidth) >= 1")
    panels = visitor.page.locator(".progress .canopy__panel")
    fills = {panels.nth(place).evaluate("panel => getComputedStyle(panel).fill") for place in (0, 11)}
    background = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert fills != {background}, "The canopy has vanished into the background."


def test_paper_shows_the_count_and_the_story(visitor: Visitor, running_site: RunningSite) -> None:
    visitor.page.emulate_media(media="print")
    visitor.open(running_site.path_of(PETITION))
    expect(visitor.page.locator("[data-count]")).to_be_visible()
    expect(visitor.heading()).to_be_visible()
    expect(visitor.page.get_by_role("heading", name="MPs have already answered")).to_be_visible()
    # On A4, with margins of a centimetre.
    visitor.page.set_viewport_size({"width": 718, "height": 1047})
    assert_nothing_sticks_out(visitor.page)


def double_the_text(visitor: Visitor) -> None:
    """What a reader does in the browser's settings; a style in the page would be against our policy."""
    session = visitor.context.new_cdp_session(visitor.page)
    before = root_size(visitor.page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    visitor.page.reload()
    assert math.isclose(root_size(visitor.page), 2 * before, rel_tol=0.01)


def root_size(page: Page) -> float:
    """Pixels of one rem."""
    return float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))


def assert_nothing_sticks_out(page: Page) -> None:
    wide, narrow = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= narrow, page.evaluate(STICKS_OUT)
