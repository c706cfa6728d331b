"""Leaving at once: by the button, by Shift three times, by the plain link."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import violations_in_every_look
from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.staging import anew, leaving_quickly

SLUG = "report-without-fear"


@pytest.fixture(scope="module")
def way_out(running_site: RunningSite) -> Iterator[str]:
    """The petition has the button, for this module only; it leads to a page of this site, so that nothing leaves it."""
    with leaving_quickly(running_site, running_site.petition(SLUG)) as destination:
        yield destination


def arrive(page: Page, site: RunningSite) -> None:
    page.goto(anew(site.path_of(SLUG)))
    expect(page).to_have_title("Information")


def test_the_button_replaces_the_page(welcome: Welcome, running_site: RunningSite, way_out: str) -> None:
    page = welcome().page
    page.goto("/")
    arrive(page, running_site)
    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url(way_out)
    page.go_back()

    expect(page).to_have_url(f"{running_site.origin}/")


def test_shift_three_times_leaves_and_capital_letters_do_not(
    welcome: Welcome, running_site: RunningSite, way_out: str
) -> None:
    page = welcome().page
    arrive(page, running_site)
    news = page.locator("[data-leave-news]")
    page.locator("input[name=email]").focus()
    for letter in "ADA":
        page.keyboard.press(f"Shift+{letter}")
    expect(news).to_have_text("")
    page.keyboard.press("Shift")
    expect(news).to_have_text("Shift: press it 2 more times to leave.")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")

    page.wait_for_url(way_out)


def test_the_plain_link_works_and_is_always_in_view(welcome: Welcome, running_site: RunningSite, way_out: str) -> None:
    page = welcome(java_script_enabled=False, viewport={"width": 320, "height": 640}).page
    arrive(page, running_site)
    # Behind the two links that skip the menu.
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Leave quickly")).to_be_focused()
    page.mouse.wheel(0, 3000)
    expect(page.get_by_role("link", name="Leave quickly")).to_be_in_viewport()
    page.get_by_role("link", name="Leave quickly").click()

    page.wait_for_url(way_out)


def test_it_is_accessible(welcome: Welcome, running_site: RunningSite, way_out: str) -> None:
    page = welcome().page
    arrive(page, running_site)

    assert violations_in_every_look(page) == {}
