"""A rights sheet on paper, and on a phone without internet for whoever asked for it."""

import re

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite

SLUGS = ("if-the-police-come-to-the-door", "if-you-report-violence")
KEEP, FORGET = "Keep this sheet on this phone", "Take it off this phone"
KEPT = "async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"


def kept(page: Page) -> list[int]:
    """How many stores and how many workers the browser has of this site."""
    found: list[int] = page.evaluate(KEPT)
    return found


def test_a_sheet_is_kept_only_when_asked_and_gone_when_asked(welcome: Welcome, running_site: RunningSite) -> None:
    visitor = welcome()
    page, sheet = visitor.page, running_site.path_of(SLUGS[0])
    page.goto(sheet)
    expect(page.get_by_role("button", name=KEEP)).to_be_visible()
    assert kept(page) == [0, 0]

    page.get_by_role("button", name=KEEP).click()
    expect(page.locator("[data-keep-news]")).to_have_text("This sheet is kept on this phone.")
    visitor.context.set_offline(True)
    [worker] = visitor.context.service_workers
    assert worker.evaluate("fetch('/healthz').then(() => 'came', () => 'did not come')") == "did not come"
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("If the police come to the door")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "19px", "The style sheets are not kept."
    # No other page came with it.
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        visitor.context.new_page().goto(running_site.path_of(SLUGS[1]))

    page.get_by_role("button", name=FORGET).click()
    expect(page.get_by_role("button", name=KEEP)).to_be_focused()
    assert kept(page) == [0, 0]
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    # The browser's, of what did not come.
    assert all("ERR_INTERNET_DISCONNECTED" in complaint for complaint in visitor.complaints)
    visitor.complaints.clear()


def test_without_scripts_nothing_is_offered(welcome: Welcome, running_site: RunningSite) -> None:
    page = welcome(java_script_enabled=False).page
    page.goto(running_site.path_of(SLUGS[0]))

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name=KEEP)).to_be_hidden()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sheet_fits_on_both_sides_of_one_paper(welcome: Welcome, running_site: RunningSite, slug: str) -> None:
    page = welcome().page
    page.goto(running_site.path_of(slug))
    pdf = page.pdf(prefer_css_page_size=True)

    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
