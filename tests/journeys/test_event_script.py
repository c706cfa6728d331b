"""What a script adds to an event's page: the time where the reader is, and their zone in the form."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

ORIGIN = "http://127.0.0.1"
SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "event-time.js"
# Seven in the evening in London, on the last Saturday before the clocks go forward, and on the Sunday after.
WINTER, SUMMER = "2026-03-28T19:00:00+00:00", "2026-03-29T19:00:00+01:00"

Reader = Callable[..., Page]


def event(start: str, end: str = "") -> str:
    end = end or start.replace("T19", "T20")
    return f"""<!doctype html><html lang="en"><title>An event</title>
<p data-own-time data-start="{start}" data-end="{end}" data-words="Where you are:" hidden></p>
<input data-own-zone-field type="hidden"><script type="module" src="/event-time.js"></script></html>"""


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """Call it for the page of an event as somebody in ``zone`` sees it; no server runs."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def read(zone: str, html: str, locale: str = "en-GB") -> Page:
        context = browser.new_context(timezone_id=zone, locale=locale)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))

        def answer(route: Route) -> None:
            if route.request.url.endswith(".js"):
                route.fulfill(path=SCRIPT, content_type="text/javascript")
            else:
                route.fulfill(body=html, content_type="text/html; charset=utf-8")

        page.route("**/*", answer)
        page.goto(f"{ORIGIN}/event")
        return page

    yield read
    for context in contexts:
        context.close()
    assert errors == []


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("America/New_York", "Saturday 28 March at 15:00 – 16:00", "Sunday 29 March at 14:00 – 15:00"),
        ("Asia/Kolkata", "Sunday 29 March at 00:30 – 01:30", "Sunday 29 March at 23:30 – Monday 30 March at 00:30"),
        ("Pacific/Auckland", "Sunday 29 March at 08:00 – 09:00", "Monday 30 March at 07:00 – 08:00"),
    ],
)
def test_far_away_the_time_is_the_readers_own(reader: Reader, zone: str, winter: str, summer: str) -> None:
    for start, shown in ((WINTER, winter), (SUMMER, summer)):
        line = reader(zone, event(start)).locator("[data-own-time]")
        expect(line).to_be_visible()
        expect(line).to_contain_text(f"Where you are: {shown} (")


def test_where_both_clocks_show_the_same_nothing_is_added(reader: Reader) -> None:
    for zone in ("Europe/London", "Europe/Lisbon"):
        expect(reader(zone, event(SUMMER)).locator("[data-own-time]")).to_be_hidden()


def test_the_form_takes_the_zone_along(reader: Reader) -> None:
    page = reader("America/New_York", event(WINTER))

    expect(page.locator("[data-own-zone-field]")).to_have_value("America/New_York")


def test_a_reader_of_another_language_gets_the_pages(reader: Reader) -> None:
    line = reader("America/New_York", event(WINTER), locale="de-DE").locator("[data-own-time]")

    expect(line).to_contain_text("Saturday")
