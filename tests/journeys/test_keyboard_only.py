"""The whole way without a mouse: Tab, Enter, Space and the arrow keys."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor, new_address

MOST_STOPS: Final = 150

# Whether the focused element is on the screen and looks different from when it is not focused.
SHOWS_FOCUS: Final = """element => {
    const look = () => {
        const style = getComputedStyle(element);
        return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor,
            style.backgroundColor, style.textDecorationLine, style.clipPath, style.transform, style.top].join("|");
    };
    const focused = look();
    const box = element.getBoundingClientRect();
    const isOnScreen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
        && box.right > 0 && box.left < innerWidth;
    element.blur();
    const changed = look() !== focused;
    element.focus({preventScroll: true});
    return isOnScreen && changed;
}"""


def test_signing_and_confirming_by_keyboard(visitor: Visitor, running_site: RunningSite) -> None:
    address = new_address()
    page = visitor.page
    page.emulate_media(reduced_motion="reduce")
    visitor.open("/")
    tab_to(visitor, page.get_by_role("link", name="Let sex workers work together").first)
    press(visitor, "Enter")
    expect(visitor.heading()).to_have_text("Let sex workers work together")
    before = visitor.count()
    petition = page.url

    tab_to(visitor, page.get_by_role("link", name="Skip to signing"))
    press(visitor, "Enter")
    type_into(visitor, "Your name", "Ada Example")
    type_into(visitor, "Your e-mail address", address)
    tab_to(visitor, page.get_by_label("Where you live"))
    type_into(visitor, "Postcode", "M1 1AE")
    type_into(visitor, "Why you are signing", "I would want to be believed.")
    tab_to(visitor, page.get_by_label("How to show you beside your comment"))
    press(visitor, "ArrowDown")
    expect(page.get_by_label("How to show you beside your comment")).to_have_value("first_name")
    tab_to(visitor, page.locator("[name=updates]"))
    press(visitor, "Space")
    expect(page.locator("[name=updates]")).to_be_checked()
    tab_to(visitor, page.get_by_role("button", name="Sign", exact=True))
    press(visitor, "Enter")
    expect(visitor.heading()).to_have_text("Check your inbox")

    visitor.open_mail(address)
    tab_to(visitor, page.locator(".mailbox__text a").first)
    press(visitor, "Enter")
    tab_to(visitor, page.get_by_role("button", name="Confirm my signature"))
    press(visitor, "Space")
    expect(visitor.heading()).to_have_text(re.compile("^Thank you"))

    visitor.open(petition)
    visitor.sees_count(before + 1)


def test_registering_and_joining_the_list_by_keyboard(visitor: Visitor, running_site: RunningSite) -> None:
    address, page = new_address(), visitor.page
    visitor.open(running_site.path_of("before-you-call"))
    tab_to(visitor, page.get_by_role("link", name="Skip to registering"))
    press(visitor, "Enter")
    type_into(visitor, "Your e-mail address", address)
    tab_to(visitor, page.get_by_label("Captions"))
    press(visitor, "Space")
    expect(page.get_by_label("Captions")).to_be_checked()
    tab_to(visitor, page.locator("#register button[type=submit]"))
    press(visitor, "Enter")
    expect(visitor.heading()).to_have_text("Check your inbox")
    visitor.open_mail(address)
    tab_to(visitor, page.locator(".mailbox__text a").last)
    press(visitor, "Enter")
    tab_to(visitor, page.get_by_role("button", name="Cancel my registration"))
    press(visitor, "Enter")
    expect(visitor.heading()).to_be_visible()
    assert not running_site.query("SELECT 1 FROM events_registration WHERE place = 'unconfirmed'")


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(visitor: Visitor) -> None:
    visitor.open("/")
    press(visitor, "Tab")
    expect(visitor.page.get_by_role("link", name="Skip to the text")).to_be_focused()
    assert focus_shows(visitor)
    press(visitor, "Enter")
    expect(visitor.page.locator("#main")).to_be_focused()
    press(visitor, "Tab")
    inside = visitor.page.locator(":focus").evaluate("element => element.closest('main') !== null")
    assert inside


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_every_stop_of_a_petition_shows_where_one_is(visitor: Visitor, running_site: RunningSite, key: str) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.open(running_site.path_of("carry-out-the-2016-report"))
    hidden: list[Any] = []
    stops = 0
    while stops < MOST_STOPS:
        press(visitor, key)
        focused = visitor.page.locator(":focus")
        if not focused.count():
            break
        stops += 1
        if not focus_shows(visitor):
            hidden.append(focused.evaluate("element => element.outerHTML"))
    assert hidden == []
    assert 15 < stops < MOST_STOPS, "The walk did not come round, or hardly began."


def test_the_promise_opens_and_closes_by_keyboard(visitor: Visitor, running_site: RunningSite) -> None:
    visitor.open(running_site.path_of("report-without-fear"))
    tab_to(visitor, visitor.page.locator("summary"))
    press(visitor, "Enter")
    expect(visitor.page.locator("details.promise")).to_have_attribute("open", "")
    press(visitor, "Space")
    expect(visitor.page.locator("details.promise")).not_to_have_attribute("open", "")


def tab_to(visitor: Visitor, target: Locator) -> None:
    """Press Tab until ``target`` is focused, and see that it shows."""
    for _ in range(MOST_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            assert focus_shows(visitor)
            return
        press(visitor, "Tab")
    raise AssertionError(f"Tab never reached {target}.")


def type_into(visitor: Visitor, label: str, text: str) -> None:
    tab_to(visitor, visitor.page.get_by_label(label))
    visitor.page.keyboard.type(text)


def press(visitor: Visitor, key: str) -> None:
    visitor.page.keyboard.press(key)


def focus_shows(visitor: Visitor) -> bool:
    return bool(visitor.page.locator(":focus").evaluate(SHOWS_FOCUS))
