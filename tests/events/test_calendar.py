"""Calendar files: what is in them, what never is, and that an entry stays the same entry."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from events.calendar import event_ics, feed_ics
from events.models import EventPage, EventStatus
from home.public_address import public_address
from tests.events.ics import entries
from tests.factories.events import EventPageFactory, RoomFactory

pytestmark = pytest.mark.django_db

STAMP = datetime(2026, 3, 1, 12, 0, 7, 5, tzinfo=UTC)
# Clocks go forward in the night to the first, back in the night to the second.
CLOCK_CHANGES = [date(2026, 3, 29), date(2026, 10, 25)]
FAR_ZONES = ["America/New_York", "Asia/Kolkata", "Pacific/Auckland"]


def event(**values):
    return EventPageFactory(title="Stop the raids", slug="stop-the-raids", **values)


def one(file):
    _calendar, (entry,) = entries(file)
    return entry


def test_the_file_says_when_and_no_more():
    page = event(
        starts_at=datetime(2026, 5, 12, 18, tzinfo=UTC),
        ends_at=datetime(2026, 5, 12, 19, 30, tzinfo=UTC),
        discreet_title="Tuesday's call; ours, yours",
    )
    calendar, (entry,) = entries(event_ics(page, stamp=STAMP))

    assert calendar == {"VERSION": "2.0", "PRODID": "-//Parasol//Events//EN", "METHOD": "PUBLISH"}
    assert (entry["DTSTART"], entry["DTEND"]) == ("20260512T180000Z", "20260512T193000Z")
    assert (entry["DTSTAMP"], entry["SEQUENCE"], entry["STATUS"]) == ("20260301T120007Z", "0", "CONFIRMED")
    assert entry["UID"] == f"{page.uid}@127.0.0.1"
    assert entry["SUMMARY"] == "Tuesday's call; ours, yours"
    assert entry["CLASS"] == "PRIVATE"
    assert entry["ORGANIZER"] == "mailto:updates@example.org"
    assert entry["URL"] == f"{settings.PUBLIC_ORIGIN}/events/manage/"
    assert not {"ATTENDEE", "VALARM"} & set(entry)


def test_no_file_names_the_event_or_its_room(client):
    page = event(summary="Raids and what they do.")
    RoomFactory(page=page, address="https://rooms.example/lantern-7421")
    file = client.get(reverse("events:calendar", args=[page.pk])).content.decode()

    assert "Your event" in file
    for word in ("raids", "rooms.example", "lantern"):
        assert word not in file.lower()


def test_nothing_typed_can_add_a_line():
    page = event(discreet_title="Call\r\nATTENDEE:mailto:x@example.org")

    assert "ATTENDEE" not in one(event_ics(page, stamp=STAMP))


def test_a_long_title_in_any_script_is_folded_whole():
    title = "Ανοιχτή συζήτηση για την ασφάλεια 👩‍🏫 " * 2

    assert one(event_ics(event(discreet_title=title[:80]), stamp=STAMP))["SUMMARY"] == title[:80]


@pytest.mark.parametrize("night", CLOCK_CHANGES)
@pytest.mark.parametrize("zone", ["Europe/London", *FAR_ZONES])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_around_clock_changes_file_and_page_agree(client, night, zone, days):
    start = datetime.combine(night + timedelta(days=days), time(10), tzinfo=ZoneInfo(zone))
    page = event(starts_at=start, ends_at=start + timedelta(hours=1), time_zone=zone)
    entry = one(event_ics(page, stamp=STAMP))

    written = datetime.strptime(entry["DTSTART"], "%Y%m%dT%H%M%S%z")
    assert written == start
    assert written.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "10:00"
    shown = client.get(page.url).content.decode()
    assert '<span class="number">10:00</span>' in shown
    assert f'datetime="{start.isoformat()}"' in shown


def test_moving_raises_the_sequence_and_keeps_the_entry(client):
    page = event()
    url = reverse("events:calendar", args=[page.pk])
    before = one(client.get(url).content)
    page.starts_at += timedelta(days=1)
    page.ends_at += timedelta(days=1)
    page.save()
    after = one(client.get(url).content)

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert after["DTSTAMP"] >= before["DTSTAMP"]
    assert after["DTSTART"] != before["DTSTART"]


def test_cancelling_is_said_in_the_header_and_the_file(client):
    page = event()
    page.status = EventStatus.CANCELLED
    page.save()
    response = client.get(reverse("events:calendar", args=[page.pk]))
    calendar, (entry,) = entries(response.content)

    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=CANCEL"
    assert calendar["METHOD"] == "CANCEL"
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", "1")


def test_the_feed_has_every_public_event_under_its_title_and_no_room(client):
    page = event()
    RoomFactory(page=page, address="https://rooms.example/lantern-7421")
    over = EventPageFactory(starts_at=timezone.now() - timedelta(days=3), ends_at=timezone.now() - timedelta(days=2))
    draft = EventPageFactory(live=False)
    off = EventPageFactory(status=EventStatus.CANCELLED)
    response = client.get(reverse("events:ics_feed"))
    calendar, found = entries(response.content)

    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert calendar["METHOD"] == "PUBLISH"
    titles = {entry["SUMMARY"]: entry for entry in found}
    assert set(titles) == {page.title, over.title, off.title}
    assert draft.title not in titles
    assert titles[off.title]["STATUS"] == "CANCELLED"
    assert titles[page.title]["URL"] == public_address(page)
    assert b"rooms.example" not in response.content


def test_the_feed_stays_the_same_to_the_byte_until_an_event_changes():
    event(first_published_at=STAMP, last_published_at=STAMP)
    first, again = (feed_ics(EventPage.objects.all(), name="Events") for _ in range(2))

    assert first == again


def test_news_of_events_is_rss_without_rooms_and_survives_any_title(client):
    page = EventPageFactory(title="Bread & <roses>", summary="What we want: “both”.")
    RoomFactory(page=page, address="https://rooms.example/lantern-7421")
    response = client.get(reverse("events:rss_feed"))
    text = response.content.decode()

    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert "<title>Bread &amp; &lt;roses&gt;</title>" in text
    assert public_address(page) in text
    assert page.uid.urn in text
    assert "rooms.example" not in text


def test_a_line_break_of_a_slide_in_a_title_breaks_no_feed(client):
    EventPageFactory(title="Bread and\x0broses", summary="What we\x0c want.")

    news, calendar = client.get(reverse("events:rss_feed")), client.get(reverse("events:ics_feed"))

    assert b"<title>Bread and roses</title>" in news.content
    assert b"SUMMARY:Bread and roses" in calendar.content


def read_by_icalendar(file):
    calendar = Calendar.from_ical(file)
    assert [component.errors for component in calendar.walk()] == [[]] * len(calendar.walk())
    return {str(entry["UID"]): (entry.start, str(entry["SUMMARY"]), entry["SEQUENCE"]) for entry in calendar.events}


def read_by_ical(file):
    calendar = IcsCalendarStream.calendar_from_ics(file.decode())
    return {entry.uid: (entry.dtstart, entry.summary, entry.sequence) for entry in calendar.events}


@pytest.mark.parametrize("read", [read_by_icalendar, read_by_ical])
def test_two_libraries_that_know_nothing_of_each_other_read_the_same(client, read):
    """A warning of either is an error here, as in every test."""
    page = event(discreet_title="Tuesday's call; ours, “yours” — \\ and 👩‍🏫", most_seats=2)
    off = EventPageFactory(title="Called off, sadly", status=EventStatus.CANCELLED)
    uid, off_uid = (f"{one_of.uid}@127.0.0.1" for one_of in (page, off))

    assert read(event_ics(page, stamp=STAMP)) == {uid: (page.starts_at, page.discreet_title, 0)}
    assert read(event_ics(off, method="CANCEL", stamp=STAMP)) == {off_uid: (off.starts_at, "Your event", 0)}
    assert read(client.get(reverse("events:ics_feed")).content) == {
        uid: (page.starts_at, page.title, 0),
        off_uid: (off.starts_at, off.title, 0),
    }
