"""Calendar files (RFC 5545, RFC 5546): what is put into a phone or a shared calendar, where anybody may read it.

No file holds the address of a room, a private link, or a word about who takes part. The file of one event names it no
more than its mails do; only the feed, which is of public events and nothing else, gives them their titles.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Final, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from events.models import EventPage
from home.plain_lines import plain_line

Method = Literal["PUBLISH", "CANCEL"]

CONTENT_TYPE: Final = "text/calendar; charset=utf-8; method={method}"
PRODUCT: Final = "-//Parasol//Events//EN"


def event_ics(page: EventPage, *, method: Method = "PUBLISH", stamp: datetime) -> bytes:
    """The file of one event, to keep or to mail; the same entry every time, by its UID and SEQUENCE.

    ``stamp`` is the time at which it is sent, which programs go by when two files have the same SEQUENCE. Mail it, and
    answer with it, under the same method as it holds: `CONTENT_TYPE`.
    """
    calendar = _calendar(method)
    entry = _entry(page, stamp=stamp, is_cancelled=method == "CANCEL" or page.is_cancelled)
    entry.add("summary", plain_line(page.mailed_title))
    entry.add("description", _("The way in is on the page behind the link in your mail."))
    # Not the event's own address: that names what it is about.
    entry.add("url", settings.PUBLIC_ORIGIN + reverse("events:manage"))
    entry.add("class", "PRIVATE")
    calendar.add_component(entry)
    return calendar.to_ical()


def feed_ics(pages: Iterable[EventPage], *, name: str) -> bytes:
    """The public events in one calendar to subscribe to. Its bytes change only when an event does."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for page in pages:
        entry = _entry(page, stamp=changed_at(page), is_cancelled=page.is_cancelled)
        entry.add("summary", plain_line(page.title))
        entry.add("description", plain_line(page.summary))
        entry.add("url", page.public_url)
        calendar.add_component(entry)
    return calendar.to_ical()


def method_of(page: EventPage) -> Method:
    """Whether a file taken now announces the event or calls it off."""
    return "CANCEL" if page.is_cancelled else "PUBLISH"


def changed_at(page: EventPage) -> datetime:
    """When what is known of the event last changed."""
    times = [page.first_published_at, page.last_published_at, page.rescheduled_at]
    return max((time for time in times if time), default=page.starts_at)


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", method)
    return calendar


def _entry(page: EventPage, *, stamp: datetime, is_cancelled: bool) -> Event:
    """In UTC throughout: there is one date, so no clock change can move or double it."""
    entry = Event()
    entry.add("uid", f"{page.uid}@{urlsplit(settings.PUBLIC_ORIGIN).hostname}")
    entry.add("sequence", page.sequence)
    entry.add("dtstamp", _utc(stamp))
    entry.add("last-modified", _utc(changed_at(page)))
    entry.add("dtstart", _utc(page.starts_at))
    entry.add("dtend", _utc(page.ends_at))
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    entry.add("location", _("Online"))
    # Programs compare it with the mail's sender. A bare address: a name in it makes the entry invalid.
    entry.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    return entry


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
