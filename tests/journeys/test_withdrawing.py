"""Whoever signed can take it back, with the link that stands in every mail."""

from playwright.sync_api import expect

from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor, new_address


def test_a_signature_taken_back_leaves_the_total(visitor: Visitor, running_site: RunningSite) -> None:
    petition = running_site.path_of("safety-is-not-violence")
    address = new_address()
    visitor.open(petition)
    before = visitor.count()
    visitor.sign(petition, address)
    visitor.open_mail(address)
    visitor.follow_mail_link()
    visitor.press("Confirm my signature")
    visitor.open(petition)
    visitor.sees_count(before + 1)

    visitor.open_mail(address)
    visitor.follow_mail_link(-1)
    expect(visitor.heading()).to_have_text("Take your signature back")
    visitor.press("Take my signature back")
    expect(visitor.heading()).to_have_text("Your signature is taken back")
    assert visitor.has_no_cookie()

    visitor.open(petition)
    visitor.sees_count(before)


def test_the_link_to_confirm_is_dead_once_the_signature_is_taken_back(
    visitor: Visitor, running_site: RunningSite
) -> None:
    address = new_address()
    visitor.sign(running_site.path_of("safety-is-not-violence"), address)
    visitor.open_mail(address)
    visitor.follow_mail_link(-1)
    visitor.press("Take my signature back")

    visitor.expected_failures = {404}
    visitor.open_mail(address)
    visitor.follow_mail_link()
    expect(visitor.heading()).to_have_text("This link does not work")
