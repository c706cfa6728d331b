"""A stranger comes to the site and leaves with a counted signature."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor, new_address

CONTACTABLE = "Let sex workers work together"
COUNT_ONLY = "Report violence without fear of arrest"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("petition", [CONTACTABLE, COUNT_ONLY], ids=["contactable", "count only"])
def test_a_new_visitor_signs_and_is_counted_without_a_cookie(welcome: Welcome, petition: str, scripts: bool) -> None:
    visitor = welcome(java_script_enabled=scripts)
    address = new_address()

    visitor.open("/")
    assert visitor.has_no_cookie()
    visitor.follow(petition)
    expect(visitor.heading()).to_have_text(petition)
    before = visitor.count()
    at = visitor.page.url
    visitor.fill_in(address)
    assert visitor.has_no_cookie()

    visitor.press("Sign")
    expect(visitor.heading()).to_have_text("Check your inbox")
    assert visitor.has_no_cookie()
    assert address not in visitor.page.url

    visitor.open_mail(address)
    assert visitor.has_no_cookie()
    visitor.follow_mail_link()
    expect(visitor.heading()).to_have_text("Confirm your signature")
    assert visitor.page.url == f"{visitor.origin}/links/"
    visitor.press("Confirm my signature")
    expect(visitor.heading()).to_have_text(re.compile("^Thank you"))
    assert visitor.has_no_cookie()

    visitor.open(at)
    visitor.sees_count(before + 1)
    assert visitor.has_no_cookie()
    assert_no_public_page_sent_a_cookie(visitor)


def test_the_html_mail_leads_to_the_same_button(visitor: Visitor, running_site: RunningSite) -> None:
    address = new_address()
    visitor.sign(running_site.path_of("carry-out-the-2016-report"), address)
    visitor.open_mail(address)
    visitor.page.frame_locator("iframe").get_by_role("link").first.click()
    expect(visitor.heading()).to_have_text("Confirm your signature")


def test_looking_at_the_link_again_and_again_confirms_nothing(welcome: Welcome, running_site: RunningSite) -> None:
    visitor = welcome()
    address = new_address()
    visitor.sign(running_site.path_of("report-without-fear"), address)
    visitor.open_mail(address)
    link = visitor.page.locator(".mailbox__text a").first.get_attribute("href")
    confirmed = "SELECT count(*) FROM petitions_signature WHERE state = 'confirmed'"
    before = running_site.query(confirmed)

    for _ in range(3):
        other = welcome()
        other.page.goto(str(link))
        expect(other.page.get_by_role("button", name="Confirm my signature")).to_be_visible()
    # Long enough for a script or a refresh of the page to press the button by itself.
    other.page.wait_for_timeout(2000)

    assert running_site.query(confirmed) == before


def test_a_page_that_stays_open_follows_the_count(welcome: Welcome, running_site: RunningSite) -> None:
    petition = running_site.path_of("report-without-fear")
    reader, signer = welcome(), welcome()
    reader.page.clock.install()
    reader.open(petition)
    before = reader.count()
    address = new_address()
    signer.sign(petition, address)
    signer.open_mail(address)
    signer.follow_mail_link()
    signer.press("Confirm my signature")
    signer.open(petition)
    signer.sees_count(before + 1)
    assert reader.count() == before
    # The page asks every fifteen seconds.
    reader.page.clock.run_for(16_000)
    expect(reader.page.locator("[data-count]")).to_have_text(f"{before + 1:,}")


def assert_no_public_page_sent_a_cookie(visitor: Visitor) -> None:
    """Only the page that a mail's link leads to may set one, and its button takes it away again."""
    senders = {response.url for response in visitor.responses if response.header_value("set-cookie")}
    assert all(url.startswith(f"{visitor.origin}/links/") for url in senders)
