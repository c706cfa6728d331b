"""What scripts add to writing a letter: the measure, the link, copying, and a list that narrows."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect

from mp_contacts.mailto import mailto_link
from mp_contacts.own_words import own_percent

ORIGIN = "http://127.0.0.1"
STATIC = Path(settings.BASE_DIR) / "static"
DRAFT = "I am writing about how the law treats people who report violence. Please raise it with the Home Secretary."
LETTER = f"""<!doctype html><html lang="en"><title>A letter</title><form data-letter>
<template data-letter-draft>{DRAFT}</template>
<label><input type="radio" name="subject" value="Safety" checked>Safety</label>
<label><input type="radio" name="subject" value="Law &amp; order">Law</label>
<textarea aria-label="Your letter" data-letter-body>Dear Jo,\n\n{DRAFT}</textarea>
<meter data-letter-meter min="0" max="100" hidden></meter>
<p role="status" data-letter-meter-text data-own="% of it is yours." data-nudge="A sentence of your own helps."></p>
<p data-letter-long hidden>Long</p><p><span data-letter-count></span></p>
<a data-letter-mailto data-to="jo@parliament.example" href="#">Open</a>
<button type="button" data-letter-copy data-copied="Copied" hidden>Copy</button><p role="status" data-letter-news></p>
</form><script type="module" src="/static/js/letter.js"></script></html>"""
SEATS = """<!doctype html><html lang="en"><title>Seats</title><form data-choose-seat>
<div data-seat-filter hidden><label>Find <input type="search"></label>
<p role="status" data-seat-news data-one="One." data-many="% fit." data-none="None."></p></div>
<select aria-label="Seat"><option value="">Choose</option>
<optgroup label="Wales"><option value="1">Ynys Môn – Jo Example</option><option value="2">Lantern – Di Other</option>
</optgroup><optgroup label="London"><option value="3">Harrow Lantern – vacant</option></optgroup></select>
</form><script type="module" src="/static/js/choose-seat.js"></script></html>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose scripts come from the project's folder; no server runs."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"), content_type="text/javascript")
        else:
            route.fulfill(body=SEATS if path == "/seats" else LETTER, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    yield page
    context.close()
    assert errors == []


def test_the_measure_follows_what_is_typed_and_nudges_once_unchanged(page: Page) -> None:
    page.goto(f"{ORIGIN}/letter")
    meter = page.locator("meter")

    expect(meter).to_be_visible()
    expect(meter).to_have_js_property("value", 0)
    page.get_by_label("Your letter").fill("My neighbour was turned away.")
    expect(meter).to_have_js_property("value", 100)
    expect(page.locator("[data-letter-meter-text]")).to_have_text("100% of it is yours.")
    page.get_by_label("Your letter").fill(DRAFT)
    expect(page.locator("[data-letter-meter-text]")).to_have_text("A sentence of your own helps.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        DRAFT,
        f"Dear Jo Example,\n\n{DRAFT}\n\nYours sincerely,\nAda Example",
        f"My neighbour was turned away. {DRAFT}",
        f"{DRAFT[:60]} and what I’ve seen {DRAFT[60:]}",
        "Annwyl Jo,\n\nRwy’n byw yma. the law treats people",
        f"{DRAFT}\nKind regards\n" + "and one more thing that I have to say " * 6,
        "Dearest of all laws, please raise it",
    ],
)
def test_the_script_measures_as_the_server_does(page: Page, text: str) -> None:
    page.goto(f"{ORIGIN}/letter")
    measured = page.evaluate(
        "([text, draft]) => import('/static/js/letter.js').then((script) => script.ownPercent(text, draft))",
        [text, DRAFT],
    )

    assert measured == own_percent(text, DRAFT)


def test_the_link_carries_what_is_typed(page: Page) -> None:
    page.goto(f"{ORIGIN}/letter")
    page.get_by_label("Law").check()
    page.get_by_label("Your letter").fill("One & two?\nThree ✓")
    link = page.get_by_role("link", name="Open")

    expected = mailto_link(to="jo@parliament.example", subject="Law & order", body="One & two?\nThree ✓")
    expect(link).to_have_attribute("href", expected)
    assert parse_qs(urlsplit(expected).query)["body"] == ["One & two?\r\nThree ✓"]
    expect(page.locator("[data-letter-long]")).to_be_hidden()
    expect(page.locator("[data-letter-count]")).to_have_text("18")
    page.get_by_label("Your letter").fill("x" * 2_000)
    expect(page.locator("[data-letter-long]")).to_be_visible()


def test_copying_takes_the_letter_and_says_so(page: Page) -> None:
    page.goto(f"{ORIGIN}/letter")
    page.get_by_label("Your letter").fill("My own words.")
    page.get_by_role("button", name="Copy").click()

    expect(page.locator("[data-letter-news]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "My own words."


def test_the_list_narrows_by_seat_and_member_without_accents(page: Page) -> None:
    page.goto(f"{ORIGIN}/seats")
    find, seat, news = page.get_by_label("Find"), page.get_by_label("Seat"), page.locator("[data-seat-news]")

    find.fill("mon")
    expect(news).to_have_text("One.")
    expect(seat).to_have_value("1")
    find.fill("LANTERN")
    expect(news).to_have_text("2 fit.")
    expect(seat.locator("option")).to_have_count(3)
    find.fill("nowhere")
    expect(news).to_have_text("None.")
    expect(seat).to_have_value("")
    find.fill("")
    expect(seat.locator("option")).to_have_count(4)
    expect(seat.locator("optgroup")).to_have_count(2)


def test_by_keyboard_one_goes_from_the_search_into_the_list(page: Page) -> None:
    page.goto(f"{ORIGIN}/seats")
    page.get_by_label("Find").fill("lantern")
    page.get_by_label("Find").press("ArrowDown")

    expect(page.get_by_label("Seat")).to_be_focused()
