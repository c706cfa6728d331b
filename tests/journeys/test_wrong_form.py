"""A form with mistakes comes back as the page itself, with everything that was typed."""

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor

WRONG = {"name": "Ada Example", "postcode": "NOT A CODE", "comment": "I know somebody this happened to."}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_mistakes_are_named_and_nothing_typed_is_lost(
    welcome: Welcome, running_site: RunningSite, scripts: bool
) -> None:
    visitor = welcome(java_script_enabled=scripts)
    send_wrong_form(visitor, running_site)
    page = visitor.page

    assert [response.status for response in visitor.responses if response.request.method == "POST"] == [422]
    assert page.title().startswith("Error: ")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Your e-mail address")).to_have_value("ada@nowhere")
    expect(page.get_by_label("Your name")).to_have_value(WRONG["name"])
    expect(page.get_by_label("Postcode")).to_have_value(WRONG["postcode"])
    expect(page.get_by_label("Why you are signing")).to_have_value(WRONG["comment"])
    expect(page.get_by_label("How to show you beside your comment")).to_have_value("initials")
    expect(page.locator("[name=updates]")).to_be_checked()
    assert visitor.has_no_cookie()


def test_each_mistake_leads_to_its_field_and_stands_beside_it(visitor: Visitor, running_site: RunningSite) -> None:
    send_wrong_form(visitor, running_site)
    links = visitor.page.locator(".error-summary a")
    expect(links).to_have_count(2)
    for link in links.all():
        message = link.inner_text()
        link.press("Enter")
        field = visitor.page.locator(":focus")
        expect(field).to_have_attribute("aria-invalid", "true")
        described_by = (field.get_attribute("aria-describedby") or "").split()
        beside = [visitor.page.locator(f'[id="{name}"]').inner_text() for name in described_by]
        assert any(message in text for text in beside)


def test_the_mended_form_goes_through(visitor: Visitor, running_site: RunningSite) -> None:
    send_wrong_form(visitor, running_site)
    visitor.page.get_by_label("Your e-mail address").fill("ada.mended@example.org")
    visitor.page.get_by_label("Postcode").fill("M1 1AE")
    visitor.press("Sign")
    expect(visitor.heading()).to_have_text("Check your inbox")


def send_wrong_form(visitor: Visitor, running_site: RunningSite) -> None:
    """Two mistakes: the address and the postcode."""
    visitor.expected_failures = {422}
    visitor.open(running_site.path_of("carry-out-the-2016-report"))
    visitor.fill_in("ada@nowhere", **WRONG)
    visitor.page.get_by_label("How to show you beside your comment").select_option("initials")
    visitor.page.locator("[name=updates]").check()
    visitor.press("Sign")
