"""Somebody sees, corrects, takes away and erases what is held about them, and asks nobody for it."""

import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import violations_in_every_look
from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.test_reflow import assert_nothing_sticks_out
from tests.journeys.visitor import MAIL_WITHIN_S, Visitor, new_address

PETITION = "carry-out-the-2016-report"


def sign_and_confirm(visitor: Visitor, running_site: RunningSite, address: str) -> None:
    visitor.open(running_site.path_of(PETITION))
    visitor.fill_in(address, name="Ada Example", comment="It happened to a neighbour.")
    tick = visitor.page.locator("#id_updates")
    if tick.count():
        tick.check()
    visitor.press("Sign")
    visitor.open_mail(address)
    visitor.follow_mail_link()
    visitor.press("Confirm my signature")


def ask_for_link(visitor: Visitor, address: str) -> None:
    """By the link in the footer, as far as the mail with the link in it."""
    visitor.open("/")
    visitor.follow("What we hold about you")
    expect(visitor.heading()).to_have_text("What we hold about you")
    visitor.page.get_by_label("Your e-mail address").fill(address)
    visitor.press("Send me the link")
    expect(visitor.heading()).to_have_text("Look at your inbox")
    assert address not in visitor.page.url
    assert visitor.has_no_cookie()
    deadline = time.monotonic() + MAIL_WITHIN_S
    letter = visitor.page.locator(".mailbox__list li", has_text=f"to {address},").filter(has_text="Your link")
    visitor.open("/dev/mailbox/")
    while not letter.count() and time.monotonic() < deadline:
        visitor.page.wait_for_timeout(300)
        visitor.page.reload()
    letter.first.get_by_role("link").click()


def says(visitor: Visitor, words: str) -> None:
    expect(visitor.page.get_by_role("status")).to_contain_text(words)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_everything_is_seen_changed_taken_away_and_erased(
    welcome: Welcome, running_site: RunningSite, scripts: bool
) -> None:
    visitor = welcome(java_script_enabled=scripts)
    address = new_address()
    sign_and_confirm(visitor, running_site, address)

    ask_for_link(visitor, address)
    link = str(visitor.page.locator(".mailbox__text a").first.get_attribute("href"))
    visitor.follow_mail_link()
    expect(visitor.page).to_have_url(f"{visitor.origin}/privacy/yours/")
    main = visitor.page.locator("main")
    for held in (address, "Ada Example", "M1 1AE", "It happened to a neighbour."):
        expect(main).to_contain_text(held)

    with visitor.page.expect_download() as download:
        visitor.press("Download my data")
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        assert json.loads(archive.read("data.json"))["address"] == address

    visitor.page.get_by_text("Correct your details").click()
    visitor.page.get_by_label("Your name").fill("Ada Lovelace")
    visitor.page.get_by_label("Telephone").fill("07700 900123")
    visitor.press("Save my details")
    says(visitor, "Your details are changed.")
    expect(main).to_contain_text("Ada Lovelace")
    visitor.press("Unsubscribe from everything")
    says(visitor, "You are unsubscribed from everything")

    visitor.expected_failures = {422}
    visitor.press("Erase everything about me")
    expect(visitor.page.locator(".error-summary")).to_contain_text("Nothing has been erased.")
    visitor.page.get_by_label("Yes, erase everything about me.").check()
    visitor.press("Erase everything about me")
    expect(visitor.heading()).to_have_text("It is erased")
    assert visitor.has_no_cookie()

    visitor.expected_failures.add(404)
    visitor.open(link)
    expect(visitor.heading()).to_have_text("This link does not work")


def test_page_works_by_paste_where_cookies_are_refused(visitor: Visitor, running_site: RunningSite) -> None:
    address = new_address()
    sign_and_confirm(visitor, running_site, address)
    ask_for_link(visitor, address)
    link = str(visitor.page.locator(".mailbox__text a").first.get_attribute("href"))

    visitor.open("/privacy/yours/")
    expect(visitor.heading()).to_have_text("Open the link from your mail")
    visitor.page.get_by_label("Link from the mail").fill(link)
    visitor.press("Open this link")
    expect(visitor.heading()).to_have_text("What we hold about you")
    visitor.page.get_by_role("button", name="Take this back").first.click()
    says(visitor, "It is taken back.")
    visitor.press("Never write to me again")
    says(visitor, "no mail of any kind goes to this address again")
    assert visitor.has_no_cookie()


def test_no_page_of_it_has_a_violation(visitor: Visitor, running_site: RunningSite) -> None:
    address = new_address()
    sign_and_confirm(visitor, running_site, address)
    found = {}
    visitor.expected_failures = {422, 404}
    visitor.open("/privacy/")
    found["ask"] = violations_in_every_look(visitor.page)
    visitor.press("Send me the link")
    expect(visitor.page.locator(".error-summary")).to_be_visible()
    found["mistake"] = violations_in_every_look(visitor.page)
    visitor.open("/privacy/sent/")
    found["sent"] = violations_in_every_look(visitor.page)
    ask_for_link(visitor, address)
    found["mail"] = violations_in_every_look(visitor.page)
    visitor.follow_mail_link()
    expect(visitor.page.get_by_role("button", name="Download my data")).to_be_visible()
    found["yours"] = violations_in_every_look(visitor.page)
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    assert_nothing_sticks_out(visitor.page)
    visitor.press("Unsubscribe from everything")
    says(visitor, "unsubscribed")
    visitor.page.get_by_text("Correct your details").click()
    found["changed"] = violations_in_every_look(visitor.page)
    visitor.page.get_by_label("Postcode").fill("nowhere")
    visitor.press("Save my details")
    expect(visitor.page.locator(".error-summary")).to_be_visible()
    found["correction with a mistake"] = violations_in_every_look(visitor.page)
    visitor.open("/privacy/erased/")
    found["erased"] = violations_in_every_look(visitor.page)

    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_address_nobody_knows_gets_no_mail_and_the_same_page(visitor: Visitor, running_site: RunningSite) -> None:
    visitor.open("/privacy/")
    visitor.page.get_by_label("Your e-mail address").fill(new_address())
    visitor.press("Send me the link")
    expect(visitor.heading()).to_have_text("Look at your inbox")
    deadline = time.monotonic() + MAIL_WITHIN_S
    cancelled = "SELECT count(*) FROM supporters_message WHERE kind = 'privacy_link' AND state = 'cancelled'"
    while running_site.query(cancelled) == [(0,)] and time.monotonic() < deadline:
        time.sleep(0.3)
    [(number,)] = running_site.query(cancelled)
    assert number >= 1
