"""Somebody finds a petition in English, reads it in Romanian, and signs. No script, and no cookie that remembers it."""

import re
from typing import Final

from django.utils.translation import gettext, override
from playwright.sync_api import expect

from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import new_address


def in_romanian(english: str) -> str:
    with override("ro"):
        return gettext(english)


ROMANIAN: Final = "Română"


def test_a_petition_is_signed_in_romanian_without_scripts(welcome: Welcome, running_site: RunningSite) -> None:
    visitor, address = welcome(java_script_enabled=False), new_address()
    visitor.open(running_site.path_of("report-without-fear"))
    before = visitor.count()

    visitor.follow(ROMANIAN)
    expect(visitor.heading()).to_have_text("Reclamă violența fără teamă de arestare")
    assert visitor.count() == before
    visitor.page.get_by_label(in_romanian("Your e-mail address")).fill(address)
    visitor.press(in_romanian("Sign"))
    expect(visitor.heading()).to_have_text(in_romanian("Check your inbox"))
    visitor.open_mail(address)
    expect(visitor.page.get_by_text(in_romanian("Please confirm your address")).first).to_be_visible()
    visitor.follow_mail_link()
    visitor.press(in_romanian("Confirm my signature"))
    expect(visitor.heading()).to_have_text(re.compile("Mulțumim"))

    # The same step in English, and its one total.
    visitor.follow("English")
    expect(visitor.heading()).to_have_text("Thank you. You are counted, and not listed")
    visitor.open(running_site.path_of("report-without-fear"))
    visitor.sees_count(before + 1)
    assert visitor.has_no_cookie()
