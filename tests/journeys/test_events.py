"""Two people want the last seat of a webinar; the second gets it, and is let in when the door opens."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from tests.journeys.axe import violations_in_every_look
from tests.journeys.fixtures import Welcome
from tests.journeys.running_site import RunningSite
from tests.journeys.visitor import Visitor, new_address

WEBINAR, OVER = "before-you-call", "who-is-believed"
ROOM = "https://rooms.example.org/safe-to-report"

Move = Callable[[timedelta], None]


@pytest.fixture
def move(running_site: RunningSite) -> Iterator[Move]:
    """Call it to let the webinar begin so long from now; it is put back when the test ends."""
    [(page, starts, ends)] = running_site.query(
        "SELECT page_ptr_id, starts_at, ends_at FROM events_eventpage JOIN wagtailcore_page ON page_ptr_id = id "
        "WHERE slug = %s",
        WEBINAR,
    )

    def set_to(start: datetime, end: datetime) -> None:
        running_site.query(
            "UPDATE events_eventpage SET starts_at = %s, ends_at = %s WHERE page_ptr_id = %s", start, end, page
        )

    yield lambda later: set_to(timezone.now() + later, timezone.now() + later + (ends - starts))
    set_to(starts, ends)


def register(visitor: Visitor, path: str, address: str) -> None:
    """Register under the neutral name, up to the page that says thank you."""
    visitor.open(path)
    visitor.page.get_by_label("Your e-mail address").fill(address)
    visitor.page.get_by_role("button", name=re.compile("^(Register|Join the waiting list)$")).click()
    expect(visitor.heading()).to_have_text("Check your inbox")
    visitor.open_mail(address)
    visitor.follow_mail_link()
    visitor.press("Confirm my registration")
    expect(visitor.heading()).to_have_text("You are on your way in")


def manage(visitor: Visitor, address: str, mail: str) -> None:
    """Open one's own page by the last link of the mail whose subject ends like that."""
    visitor.open_mail_about(f"{mail} to {address},")
    visitor.follow_mail_link(-1)
    expect(visitor.page.locator(".kicker")).to_have_text("Your registration")


def calendar_of(visitor: Visitor, tmp_path: Path) -> Calendar:
    with visitor.page.expect_download() as downloaded:
        visitor.press("Download the calendar file")
    downloaded.value.save_as(tmp_path / "event.ics")
    return Calendar.from_ical((tmp_path / "event.ics").read_bytes())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_last_seat_goes_on_to_whoever_waits(
    welcome: Welcome, running_site: RunningSite, move: Move, tmp_path: Path, scripts: bool
) -> None:
    path = running_site.path_of(WEBINAR)
    ada, bell, cleo = (welcome(java_script_enabled=scripts, accept_downloads=True) for _ in range(3))
    adas, bells, cleos = new_address(), new_address(), new_address()
    register(ada, path, adas)
    register(bell, path, bells)
    register(cleo, path, cleos)

    manage(bell, bells, "you are on the waiting list")
    expect(bell.page.get_by_text("You are on the waiting list, at number 1.")).to_be_visible()
    manage(ada, adas, "you have a place")
    ada.press("Cancel my registration")
    # Days before the start whoever is next simply has the seat; on the day itself it is offered to them.
    manage(bell, bells, "you have a place")
    expect(bell.page.get_by_text("You have a seat.")).to_be_visible()
    move(timedelta(hours=5))
    bell.press("Cancel my registration")
    cleo.open_mail_about(f"a seat is free for you to {cleos},")
    cleo.follow_mail_link()
    cleo.press("Take the seat")

    manage(cleo, cleos, "you have a place")
    expect(cleo.page.get_by_text("The door opens at")).to_be_visible()
    expect(cleo.page.get_by_role("button", name="Join now")).to_be_hidden()
    [entry] = calendar_of(cleo, tmp_path).walk("VEVENT")
    assert entry["SUMMARY"] == "Evening call"
    assert ROOM not in cleo.page.content()

    move(timedelta(minutes=5))
    manage(cleo, cleos, "you have a place")
    cleo.press("Join now")
    expect(cleo.heading()).to_have_text("The door is open")
    expect(cleo.page.get_by_role("link", name="Go into the room")).to_have_attribute("href", ROOM)
    manage(cleo, cleos, "you have a place")
    cleo.press("Cancel my registration")
    assert cleo.context.cookies() == []


def test_nothing_about_a_webinar_has_a_violation(visitor: Visitor, running_site: RunningSite, move: Move) -> None:
    found, address = {}, new_address()
    visitor.expected_failures = {422}
    for name, slug in (("it is over", OVER), ("it is to come", WEBINAR)):
        visitor.open(running_site.path_of(slug))
        found[name] = violations_in_every_look(visitor.page)
    visitor.press("Register")
    expect(visitor.page.locator(".error-summary")).to_be_visible()
    found["a mistake in the form"] = violations_in_every_look(visitor.page)
    register(visitor, running_site.path_of(WEBINAR), address)
    found["thank you"] = violations_in_every_look(visitor.page)
    move(timedelta(minutes=5))
    manage(visitor, address, "you have a place")
    found["one's own page"] = violations_in_every_look(visitor.page)
    visitor.press("Join now")
    found["the door"] = violations_in_every_look(visitor.page)
    manage(visitor, address, "you have a place")
    visitor.press("Cancel my registration")
    found["cancelled"] = violations_in_every_look(visitor.page)
    assert found == {step: {} for step in found}
