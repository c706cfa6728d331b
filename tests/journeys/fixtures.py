"""Browsers, and people who visit the running site with them."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor

# The first is Chromium without the parts that draw a window, and does the same in a third of the time.
CHROMIUM_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
LAUNCH: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page should ask of another host never leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

Welcome = Callable[..., Visitor]


# Of itself for every journey, so that the site is not started for nothing.
@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """Where this system's Chromium is. Without one the journeys are skipped, or fail where they are required."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        missing = f"No Chromium was found under the names {', '.join(CHROMIUM_NAMES)}."
        if os.environ.get("REQUIRE_JOURNEYS") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return executable


# One browser a module and not one a session: while it runs, its thread has an event loop, and Django refuses to touch
# a database from such a thread. The modules of other tests come in between.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
        yield launched
        launched.close()


@pytest.fixture
def welcome(running_site: RunningSite, browser: Browser) -> Iterator[Welcome]:
    """Call it to get a new visitor with an empty browser profile; arguments as for a Playwright context.

    When the test ends, every visitor must have stayed on this site, without a complaint from the browser.
    """
    visitors: list[Visitor] = []

    def enter(**options: Any) -> Visitor:
        context = browser.new_context(base_url=running_site.origin, locale="en-GB", **options)
        visitors.append(Visitor(context, running_site.origin))
        return visitors[-1]

    yield enter
    for visitor in visitors:
        visitor.context.close()
    for visitor in visitors:
        assert visitor.foreign_requests == []
        assert visitor.complaints == []
        assert visitor.unexpected_failures == []


@pytest.fixture
def visitor(welcome: Welcome) -> Visitor:
    """Somebody who comes for the first time, with scripts."""
    return welcome()


def signed_in(visitor: Visitor, running_site: RunningSite, who: str) -> Visitor:
    """``visitor`` in the workspace, as the ``Organiser`` or the ``Editor`` of the demo."""
    return signed_in_as(visitor, *running_site.sign_in_of(who))


def signed_in_as(visitor: Visitor, address: str, password: str) -> Visitor:
    """``visitor`` in the workspace, with an account of their own."""
    visitor.open("/admin/")
    visitor.page.locator("[name=username]").fill(address)
    visitor.page.locator("[name=password]").fill(password)
    visitor.page.get_by_role("button", name="Sign in").click()
    visitor.page.wait_for_url("**/admin/")
    return visitor
