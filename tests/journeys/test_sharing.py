"""Copying and the device's own sharing are there with scripts, and only where the device can."""

from playwright.sync_api import expect

from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite

DEVICE_CAN_SHARE = "navigator.share = async (what) => { window.shared = what; }"
SLUG = "decriminalise-for-safety"


def test_one_press_copies_or_shares_the_bare_address(welcome: Welcome, running_site: RunningSite) -> None:
    visitor = welcome(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.page
    page.add_init_script(DEVICE_CAN_SHARE)
    visitor.open(f"{running_site.path_of(SLUG)}?utm_source=somebody")
    address = f"{visitor.origin}{running_site.path_of(SLUG)}"

    visitor.press("Copy the link")
    expect(page.locator("[data-share-news]")).to_have_text("The link is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == address
    visitor.press("Share from this device")
    assert page.evaluate("window.shared.url") == address


def test_without_scripts_no_button_promises_what_it_cannot_do(welcome: Welcome, running_site: RunningSite) -> None:
    visitor = welcome(java_script_enabled=False)
    visitor.open(running_site.path_of(SLUG))

    expect(visitor.page.get_by_role("link", name="Send it by e-mail")).to_be_visible()
    expect(visitor.page.locator(".share button")).to_have_count(2)
    for button in visitor.page.locator(".share button").all():
        expect(button).to_be_hidden()
