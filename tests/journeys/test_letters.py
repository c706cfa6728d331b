"""Somebody writes to their MP: through the site, and from their own mail."""

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from campaign_site.demo.parliament import WRITE_HERE
from tests.journeys.axe import violations_in_every_look
from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor, new_address

SENT_FOR_YOU, OWN_MAIL_ONLY = "ask-your-mp", "write-about-the-2016-report"
MEMBER = "Adwoa Lightbody"
OWN_WORDS = "The woman who cuts my hair was robbed in March and told nobody."
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def find_member(visitor: Visitor, path: str, postcode: str = WRITE_HERE) -> None:
    visitor.open(path)
    visitor.page.get_by_label("Your postcode").fill(postcode)
    visitor.press("Find my MP")


def write(visitor: Visitor, address: str, subject: str = "") -> None:
    """Fill in the whole form, up to the look at the letter."""
    page = visitor.page
    page.get_by_label("A question for the Home Secretary").check()
    page.get_by_label("Or say it in your own words").fill(subject)
    letter = page.get_by_role("textbox", name="Your letter")
    letter.fill(letter.input_value().replace("I am writing", f"{OWN_WORDS} I am writing", 1))
    page.get_by_label("Your full name").fill("Ada Example")
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_label("Your postal address").fill("1 Ropewalk\nLantern Hill")
    visitor.press("See it as the office will")
    expect(visitor.heading()).to_have_text("Your letter, as the office will get it")


@with_and_without_scripts
def test_a_letter_goes_through_us_to_the_office_and_nobody_else(
    welcome: Welcome, running_site: RunningSite, scripts: bool
) -> None:
    visitor, address = welcome(java_script_enabled=scripts), new_address()
    subject = f"About {address.partition('@')[0]}"
    find_member(visitor, running_site.path_of(SENT_FOR_YOU))
    expect(visitor.heading()).to_have_text(MEMBER)
    write(visitor, address, subject)
    for shown in (OWN_WORDS, "Ada Example", address, "1 Ropewalk", subject):
        expect(visitor.page.get_by_role("article")).to_contain_text(shown)
    expect(visitor.page.get_by_role("heading", name="How much of it is yours")).to_be_visible()

    visitor.press("Change something")
    expect(visitor.page.get_by_role("textbox", name="Your letter")).to_contain_text(OWN_WORDS)
    visitor.press("See it as the office will")
    visitor.press("Send me the mail to confirm it")
    expect(visitor.heading()).to_have_text("Check your inbox")
    visitor.open_mail(address)
    visitor.follow_mail_link()
    expect(visitor.page.get_by_text(OWN_WORDS)).to_be_visible()
    visitor.press("Confirm my letter")
    expect(visitor.heading()).to_have_text("Thank you. Your letter is in line")
    assert visitor.has_no_cookie()

    visitor.open_mail_about(subject)
    mail = visitor.page.get_by_role("article")
    for shown in (OWN_WORDS, address, "1 Ropewalk", MEMBER):
        expect(mail).to_contain_text(shown)
    [(sent_to_members,)] = running_site.query("SELECT count(*) FROM supporters_message WHERE kind = 'letter_to_member'")
    assert sent_to_members


@with_and_without_scripts
def test_a_letter_from_ones_own_mail_leaves_nothing_but_one_more(
    welcome: Welcome, running_site: RunningSite, scripts: bool
) -> None:
    visitor = welcome(java_script_enabled=scripts)
    find_member(visitor, running_site.path_of(OWN_MAIL_ONLY))
    expect(visitor.page.get_by_label("Your full name")).to_be_hidden()
    link = visitor.page.get_by_role("link", name="Open it in my mail")
    if scripts:
        visitor.page.get_by_role("textbox", name="Your letter").fill(OWN_WORDS)
        expect(link).to_have_attribute("href", re.compile(re.escape(quote(OWN_WORDS)) + "$"))
    address = urlsplit(str(link.get_attribute("href")))
    assert address.path == "adwoa.lightbody.mp@commons.example"
    [body] = parse_qs(address.query)["body"]
    assert body == OWN_WORDS if scripts else body.startswith(f"Dear {MEMBER}")

    before = counted(running_site)
    visitor.press("I have sent it: count my letter")
    expect(visitor.heading()).to_have_text("Thank you")
    assert counted(running_site) == before + 1
    assert visitor.has_no_cookie()


def counted(running_site: RunningSite) -> int:
    [(number,)] = running_site.query("SELECT count(*) FROM mp_contacts_selfsentletter")
    return int(number)


def test_the_letter_is_printed_with_what_is_typed_and_nothing_is_kept(
    visitor: Visitor, running_site: RunningSite
) -> None:
    find_member(visitor, running_site.path_of(OWN_MAIL_ONLY))
    page = visitor.page
    page.get_by_role("textbox", name="Your letter").fill(OWN_WORDS)
    page.get_by_text("Print it and post it").click()
    visitor.press("Show it for printing")
    expect(page.get_by_text(OWN_WORDS)).to_be_visible()
    expect(page.get_by_text("House of Commons")).to_be_visible()


def test_whom_one_should_not_write_to_is_said_with_what_helps_instead(
    visitor: Visitor, running_site: RunningSite
) -> None:
    find_member(visitor, running_site.path_of(SENT_FOR_YOU), "ZA4 1AA")
    expect(visitor.page.get_by_role("heading", name="Please do not write to this MP about it")).to_be_visible()


def test_an_unknown_postcode_leads_to_the_list(visitor: Visitor, running_site: RunningSite) -> None:
    visitor.expected_failures = {422}
    find_member(visitor, running_site.path_of(SENT_FOR_YOU), "ZA99 9ZZ")
    expect(visitor.page.locator(".error-summary")).to_be_visible()
    visitor.follow("Or choose your constituency from a list")
    visitor.page.get_by_label("Your constituency").select_option("X00000031")
    visitor.press("Go on with this one")
    expect(visitor.heading()).to_have_text("Ezra Winterbourne")


def test_the_steps_of_writing_have_no_violation(visitor: Visitor, running_site: RunningSite) -> None:
    found = {}
    visitor.open(running_site.path_of(SENT_FOR_YOU))
    found["the page"] = violations_in_every_look(visitor.page)
    visitor.open(running_site.path_of("where-parliament-stands"))
    found["where Parliament stands"] = violations_in_every_look(visitor.page)
    find_member(visitor, running_site.path_of(SENT_FOR_YOU))
    expect(visitor.page.get_by_label("Your full name")).to_be_visible()
    found["the form"] = violations_in_every_look(visitor.page)
    write(visitor, new_address())
    found["the letter"] = violations_in_every_look(visitor.page)
    assert found == {step: {} for step in found}
