"""Organisers make another event of one that was: the same words, another date, and nobody registered."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from events.models import EventPage, Registration, Room
from events.services import duplicate_event
from tests.factories.events import EventPageFactory, RoomFactory, make_registration
from tests.petitions.organisers import boss

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def organiser(client):
    client.force_login(boss())
    return client


@pytest.fixture
def page():
    return EventPageFactory(title="Safe to report", capacity=5)


def url(name, page):
    return reverse(f"events_admin:{name}", args=[page.pk])


def test_a_copy_is_another_event_with_the_same_words_and_nobody_registered(page):
    RoomFactory(page=page)
    make_registration(page)
    page.agenda_items.create(title="Welcome", sort_order=0)
    EventPage.objects.filter(pk=page.pk).update(
        sequence=3, rescheduled_at=timezone.now(), recording_url="https://video.example/1", transcript="<p>Hello</p>"
    )
    page.refresh_from_db()
    starts_at = page.starts_at + timedelta(weeks=4)

    copy = duplicate_event(page, title="Safe to report, again", starts_at=starts_at, by=boss())

    copy.refresh_from_db()
    assert (copy.title, copy.starts_at, copy.duration, copy.live) == (
        "Safe to report, again",
        starts_at,
        page.duration,
        False,
    )
    assert copy.uid != page.uid
    assert (copy.sequence, copy.rescheduled_at, copy.recording_url, copy.transcript) == (0, None, "", "")
    assert [item.title for item in copy.agenda_items.all()] == ["Welcome"]
    assert copy.capacity == 5
    assert not Registration.objects.filter(page=copy).exists()
    assert not Room.objects.filter(page=copy).exists()
    assert copy.get_parent() == page.get_parent()


def test_publishing_a_copy_keeps_its_own_calendar_entry(page):
    copy = duplicate_event(page, title="Again", starts_at=page.starts_at + timedelta(weeks=1), by=boss())
    uid = copy.uid

    copy.get_latest_revision().publish()

    copy = EventPage.objects.get(pk=copy.pk)
    assert (copy.live, copy.uid, copy.sequence) == (True, uid, 0)


def test_wagtails_own_copying_makes_another_calendar_entry_too(page):
    assert page.copy(update_attrs={"slug": "another"}).uid != page.uid


def test_a_copy_is_made_over_http_and_leads_to_its_editor(organiser, page):
    typed = {"title": "Again", "starts_at": f"{timezone.localtime() + timedelta(weeks=3):%Y-%m-%d} 19:00"}

    response = organiser.post(url("duplicate", page), typed)

    copy = EventPage.objects.get(title="Again")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert timezone.localtime(copy.starts_at).hour == 19


@pytest.mark.parametrize(
    "starts_at",
    ["2020-01-01 19:00", "soon", "", "2027-10-31 01:30", "2027-03-28 01:30"],
    ids=["past", "no time", "nothing", "comes twice", "never comes"],
)
@time_machine.travel("2026-11-02 12:00:00+00:00", tick=False)
def test_a_copy_starts_at_a_time_that_is_to_come_and_comes_once(organiser, page, starts_at):
    response = organiser.post(url("duplicate", page), {"title": "Again", "starts_at": starts_at})

    assert response.status_code == 422
    assert EventPage.objects.count() == 1


def test_the_form_suggests_the_same_hour_in_a_coming_week(organiser):
    start = timezone.now() - timedelta(days=30)
    past = EventPageFactory(starts_at=start, ends_at=start + timedelta(hours=1))

    form = organiser.get(url("duplicate", past)).context["form"]

    assert form.initial["starts_at"] > timezone.now()
    assert (form.initial["starts_at"] - start) % timedelta(weeks=1) == timedelta()


@time_machine.travel("2026-10-23 12:00:00+00:00", tick=False)
def test_the_suggested_hour_is_that_of_the_clock_on_the_wall(organiser):
    start = datetime(2026, 10, 22, 17, tzinfo=UTC)  # 18:00 in London, where summer time ends on the 25th
    before = EventPageFactory(starts_at=start, ends_at=start + timedelta(hours=1), time_zone="Europe/London")

    form = organiser.get(url("duplicate", before)).context["form"]

    assert form.initial["starts_at"] == datetime(2026, 10, 29, 18, tzinfo=UTC)


@pytest.mark.parametrize("starts_at", ["9999-12-31 23:30", "9999-12-31 12:00"])
def test_a_time_at_the_end_of_all_calendars_is_refused(organiser, starts_at):
    start = timezone.now() + timedelta(days=9)
    page = EventPageFactory(starts_at=start, ends_at=start + timedelta(hours=1), time_zone="Pacific/Auckland")

    assert organiser.post(url("duplicate", page), {"title": "Again", "starts_at": starts_at}).status_code == 422


@pytest.mark.parametrize("year", [1, 9999])
def test_an_event_is_not_set_for_a_year_that_clocks_elsewhere_do_not_have(page, year):
    page.starts_at = datetime(year, 1, 1, tzinfo=UTC) if year == 1 else datetime(year, 12, 31, 22, tzinfo=UTC)
    page.ends_at = page.starts_at + timedelta(hours=1)

    with pytest.raises(ValidationError) as refused:
        page.clean()

    assert set(refused.value.message_dict) == {"starts_at", "ends_at"}
