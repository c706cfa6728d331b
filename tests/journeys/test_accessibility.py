"""axe-core finds nothing on any page of the public's way, whatever the screen and the colours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import violations, violations_in_every_look
from tests.journeys.running_site import RunningSite
from tests.journeys.staging import altered, anew
from tests.journeys.visitor import Visitor, new_address

SLUGS = {
    "home": "safe-to-report",
    "campaign": "decriminalise-for-safety",
    "petition": "carry-out-the-2016-report",
    "count-only petition": "report-without-fear",
    "petition that was won": "drop-the-fines-in-harrowmere",
    "about": "about",
    "privacy": "/your-privacy/",
    "help and rights": "help-and-rights",
    "contact": "contact",
}


@pytest.mark.parametrize("slug", SLUGS.values(), ids=SLUGS)
def test_a_page_has_no_violation(visitor: Visitor, running_site: RunningSite, slug: str) -> None:
    visitor.open(slug if slug.startswith("/") else running_site.path_of(slug))
    expect(visitor.heading()).to_be_visible()
    assert violations_in_every_look(visitor.page) == {}


@pytest.fixture
def ended_petition(running_site: RunningSite, request: pytest.FixtureRequest) -> Iterator[str]:
    """The path of a petition that is, for the length of a test, in the state the test names."""
    petition = running_site.petition("drop-the-fines-in-harrowmere")
    with altered(running_site, "petitions_petitionpage", petition, state=request.param):
        yield anew(running_site.path_of("drop-the-fines-in-harrowmere"))


@pytest.mark.parametrize(
    ("ended_petition", "notice"),
    [("closed", "Closed"), ("handed_in", "Handed in"), ("not_won", "Not won, this time")],
    indirect=["ended_petition"],
)
def test_a_petition_that_ended_has_no_violation(visitor: Visitor, ended_petition: str, notice: str) -> None:
    visitor.open(ended_petition)
    expect(visitor.page.locator("#state-title")).to_have_text(notice)
    assert violations_in_every_look(visitor.page) == {}


@pytest.mark.parametrize("slug", ["carry-out-the-2016-report", "report-without-fear"])
def test_a_petition_with_mistakes_in_its_form_has_no_violation(
    visitor: Visitor, running_site: RunningSite, slug: str
) -> None:
    visitor.expected_failures = {422}
    visitor.open(running_site.path_of(slug))
    visitor.press("Sign")
    expect(visitor.page.locator(".error-summary")).to_be_visible()
    assert violations_in_every_look(visitor.page) == {}


def test_the_steps_of_signing_have_no_violation(visitor: Visitor, running_site: RunningSite) -> None:
    address = new_address()
    visitor.sign(running_site.path_of("carry-out-the-2016-report"), address, comment="It happened to a neighbour.")
    found = {"check your inbox": violations_in_every_look(visitor.page)}
    visitor.open_mail(address)
    visitor.follow_mail_link()
    expect(visitor.page.get_by_role("button", name="Confirm my signature")).to_be_visible()
    found["confirm"] = violations_in_every_look(visitor.page)
    visitor.press("Confirm my signature")
    expect(visitor.page.locator("[data-count]")).to_be_visible()
    found["thank you"] = violations_in_every_look(visitor.page)
    visitor.open_mail(address)
    found["mail"] = violations_in_every_look(visitor.page)
    visitor.follow_mail_link(-1)
    expect(visitor.page.get_by_role("button", name="Take my signature back")).to_be_visible()
    found["withdraw"] = violations_in_every_look(visitor.page)
    visitor.press("Take my signature back")
    expect(visitor.heading()).to_have_text("Your signature is taken back")
    found["withdrawn"] = violations_in_every_look(visitor.page)
    assert {step: wrong for step, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "path",
    ["/no-such-page/", "/links/", f"/links/{'x' * 43}/", "/dev/mailbox/"],
    ids=["page not found", "no link", "link gone", "mailbox"],
)
def test_a_page_on_the_margin_has_no_violation(visitor: Visitor, path: str) -> None:
    visitor.expected_failures = {404}
    visitor.open(path)
    expect(visitor.heading()).to_be_visible()
    assert violations_in_every_look(visitor.page) == {}


def test_asking_for_the_mail_again_with_a_mistake_has_no_violation(visitor: Visitor, running_site: RunningSite) -> None:
    visitor.expected_failures = {422}
    visitor.open(f"/petitions/{running_site.petition('report-without-fear')}/check-your-email/")
    visitor.press("Send it again")
    expect(visitor.page.locator(".error-summary")).to_be_focused()
    assert violations_in_every_look(visitor.page) == {}


def test_axe_would_notice_a_field_without_a_label_and_pale_text(visitor: Visitor, running_site: RunningSite) -> None:
    visitor.open(running_site.path_of("carry-out-the-2016-report"))
    visitor.page.locator("label[for=id_email]").evaluate("label => label.remove()")
    visitor.page.locator("h1").evaluate("heading => { heading.style.color = 'rgb(200 190 180)' }")
    rules = {violation.split(" at ")[0] for violation in violations(visitor.page)}
    assert {"label", "color-contrast"} <= rules
