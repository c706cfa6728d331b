"""Thumbs, forced colours, very large text on very small screens, and languages that are written from the right."""

from typing import Final

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.staging import anew, leaving_quickly
from tests.journeys.targets import targets_too_small
from tests.journeys.test_reflow import assert_nothing_sticks_out, double_the_text
from tests.journeys.visitor import Visitor

PETITION: Final = "carry-out-the-2016-report"
PAGES: Final = (
    "safe-to-report",
    "amnesty-from-arrest",
    "access-to-justice",
    PETITION,
    "ask-your-mp",
    "before-you-call",
)
LARGE_TEXT: Final = (*PAGES, "where-parliament-stands", "help-and-rights")
PHONE: Final = {"width": 360, "height": 740}
MOST_STOPS: Final = 80

# Of the focused element, or of its label, some point is on top of everything else there.
IS_COVERED: Final = """() => {
    const parts = [document.activeElement, ...(document.activeElement.labels || [])];
    const isOnTop = part => [...part.getClientRects()].some(box =>
        [0.1, 0.5, 0.9].some(across => [0.2, 0.5, 0.8].some(down => {
            const top = document.elementFromPoint(box.left + across * box.width, box.top + down * box.height);
            return top !== null && (part.contains(top) || top.contains(part));
        })));
    return !parts.some(isOnTop);
}"""
LOOKS_PRESSABLE: Final = """button => {
    const style = getComputedStyle(button);
    return parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle !== 'none'
        && style.borderTopColor !== getComputedStyle(document.body).backgroundColor;
}"""


def test_every_target_is_large_enough_for_a_thumb(welcome: Welcome, running_site: RunningSite) -> None:
    visitor = welcome(viewport=PHONE)
    visitor.expected_failures = {422}
    small = {}
    for slug in PAGES:
        visitor.open(running_site.path_of(slug))
        small[slug] = targets_too_small(visitor.page)
    visitor.open(running_site.path_of(PETITION))
    visitor.press("Sign")
    expect(visitor.page.locator(".error-summary")).to_be_visible()
    small["mistakes"] = targets_too_small(visitor.page)
    visitor.page.locator(".sign .button").evaluate(
        "button => { button.style.minHeight = 0; button.style.padding = 0; }"
    )
    assert any("Sign" in one or "button" in one for one in targets_too_small(visitor.page)), "Nothing is measured."
    assert small == {place: [] for place in small}


def test_forced_colours_show_buttons_and_focus(welcome: Welcome, running_site: RunningSite) -> None:
    visitor = welcome(forced_colors="active", viewport=PHONE)
    visitor.open(running_site.path_of(PETITION))
    buttons = visitor.page.locator("main .button:visible").all()
    assert len(buttons) > 1
    for button in buttons:
        assert button.evaluate(LOOKS_PRESSABLE)
    for control in ("#sign .button", "#id_email", "#sign summary", ".ref a", ".masthead a"):
        visitor.page.locator(control).first.focus()
        visitor.page.keyboard.press("Shift")
        outline = visitor.page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            " return [style.outlineStyle, parseFloat(style.outlineWidth)]; })()"
        )
        assert outline[0] == "solid"
        assert outline[1] >= 2


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_written_from_the_right_is_mirrored(welcome: Welcome, running_site: RunningSite, width: int) -> None:
    visitor = welcome(viewport={"width": width, "height": 800})
    for slug in PAGES:
        visitor.open(running_site.path_of(slug))
        visitor.page.evaluate("document.documentElement.dir = 'rtl'")
        assert_nothing_sticks_out(visitor.page)
    visitor.open(running_site.path_of(PETITION))
    before = places(visitor)
    visitor.page.evaluate("document.documentElement.dir = 'rtl'")
    after = places(visitor)
    for part, (start, end) in before.items():
        assert after[part] == pytest.approx((width - end, width - start), abs=1), part


def places(visitor: Visitor) -> dict[str, tuple[float, float]]:
    """From where to where, across the screen, some parts of a petition are."""
    parts = (".masthead__name", ".opening__words", ".beside__text", ".beside__action", ".footnotes__list")
    found = {}
    for part in parts:
        box = visitor.page.locator(part).first.bounding_box()
        assert box
        found[part] = (box["x"], box["x"] + box["width"])
    edges = visitor.page.locator(".quote").first.evaluate(
        "quote => { const style = getComputedStyle(quote), width = innerWidth;"
        " return [parseFloat(style.borderLeftWidth), width - parseFloat(style.borderRightWidth)]; }"
    )
    found["the line beside a quotation"] = (edges[0], edges[1])
    return found


@pytest.mark.parametrize("slug", LARGE_TEXT)
def test_text_twice_as_large_on_the_smallest_screen(welcome: Welcome, running_site: RunningSite, slug: str) -> None:
    visitor = welcome(viewport={"width": 320, "height": 640})
    visitor.open(running_site.path_of(slug))
    double_the_text(visitor)
    assert_nothing_sticks_out(visitor.page)


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_nothing_that_sticks_to_the_screen_hides_the_focus(
    welcome: Welcome, running_site: RunningSite, key: str
) -> None:
    visitor = welcome(viewport=PHONE, reduced_motion="reduce")
    with leaving_quickly(running_site, running_site.petition(PETITION)):
        visitor.open(anew(running_site.path_of(PETITION)))
        covered, stops = [], 0
        while stops < MOST_STOPS:
            visitor.page.keyboard.press(key)
            if visitor.page.evaluate("document.activeElement === document.body"):
                break
            stops += 1
            if visitor.page.evaluate(IS_COVERED):
                covered.append(visitor.page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert covered == []
    assert 15 < stops < MOST_STOPS, "The walk did not come round, or hardly began."
