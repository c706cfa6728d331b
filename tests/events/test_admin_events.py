"""Events in the workspace: the list, the figures of one, another date for the same, and calling one off."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.template import engines
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from events.mail_kinds import CANCELLED_MAIL
from events.models import EventPage, EventStatus, EventTotals, Place, Registration, Room
from events.overview import registrations_by_day, standing_of
from events.services import cancel_event, duplicate_event
from events.telling import tell_of_changes
from supporters.models import AuditEntry, Message
from tests.factories.events import EventPageFactory, RoomFactory, make_registration
from tests.petitions.organisers import boss, colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

WHY = "The speaker is ill."


@pytest.fixture
def organiser(client):
    client.force_login(boss())
    return client


@pytest.fixture
def page():
    return EventPageFactory(title="Safe to report", capacity=5)


def url(name, page):
    return reverse(f"events_admin:{name}", args=[page.pk])


def test_the_list_counts_seats_and_not_registrations(organiser, page, django_assert_max_num_queries):
    make_registration(page, seats=3)
    make_registration(page, email="bo@example.org", place=Place.WAITING)
    organiser.get(reverse("events_admin:index"))

    # So many for one event; further events add none.
    with django_assert_max_num_queries(25):
        text = " ".join(organiser.get(reverse("events_admin:index")).content.decode().split())

    assert "<td>3 of 5</td> <td>1</td> <td>0</td>" in text


def test_a_hundred_events_take_no_more_queries_than_one(organiser, page, django_assert_max_num_queries):
    parent = page.get_parent().specific
    for number in range(5):
        make_registration(EventPageFactory(parent=parent), email=f"p{number}@example.org")
    organiser.get(reverse("events_admin:index"))

    with django_assert_max_num_queries(25):
        organiser.get(reverse("events_admin:index"))


def test_the_figures_of_an_event_say_how_many_came_and_never_who(organiser, page):
    for number in range(4):
        make_registration(page, name="Quill", email=f"p{number}@example.org")
    EventTotals.objects.create(page=page, seated=4, came=3, peak=2, counted_at=timezone.now())

    text = " ".join(organiser.get(url("show", page)).content.decode().split())

    assert "3 registrations joined, 75% of those with a seat." in text
    assert "At most 2 were there at once." in text
    assert "Quill" not in text


@pytest.mark.parametrize(("seated", "came", "percent"), [(0, 0, None), (0, 2, None), (3, 1, 33), (2, 3, 100)])
def test_the_share_of_those_who_came_is_never_beyond_all(page, seated, came, percent):
    for number in range(seated):
        make_registration(page, email=f"p{number}@example.org")
    EventTotals.objects.create(page=page, came=came, counted_at=timezone.now())

    assert standing_of(page).showed_up_percent == percent


def test_registrations_are_counted_by_the_days_of_the_events_own_calendar():
    page = EventPageFactory(time_zone="Pacific/Auckland")
    # Past midnight in Auckland from 11:00 UTC on, while daylight saving lasts.
    first, second = datetime(2026, 1, 10, 10, 30, tzinfo=UTC), datetime(2026, 1, 10, 11, 30, tzinfo=UTC)
    make_registration(page, email="a@example.org", confirmed_at=first)
    make_registration(page, email="b@example.org", confirmed_at=second)
    make_registration(page, place=Place.CANCELLED, confirmed_at=second)
    make_registration(page, email="c@example.org", place=Place.UNCONFIRMED)

    days = [(day.day.day, day.confirmed, day.cancelled, day.so_far) for day in registrations_by_day(page)]

    assert days == [(10, 1, 0, 1), (11, 2, 1, 3)]


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


def call_off(client, page, **typed):
    return client.post(url("call_off", page), {"note": WHY, "sure": "on", **typed}, follow=True)


def test_everybody_is_told_once_that_it_is_called_off(organiser, page):
    for place in Place.values:
        make_registration(page, place=place, email=f"{place}@example.org", mailed_sequence=0)

    shown = call_off(organiser, page).content.decode()
    told = [tell_of_changes(), tell_of_changes()]

    page.refresh_from_db()
    assert "The event is called off" in shown
    assert (page.status, page.status_note, page.sequence, page.live) == (EventStatus.CANCELLED, WHY, 1, True)
    assert told == [3, 0]
    mailed = {str(message.recipient) for message in Message.objects.filter(kind=CANCELLED_MAIL)}
    assert mailed == {f"{place}@example.org" for place in ("seated", "waiting", "offered")}
    assert list(AuditEntry.objects.values_list("action", "subject")) == [("cancel_event", "Safe to report")]


def test_nothing_is_called_off_without_a_reason_and_a_tick(organiser, page):
    answers = [
        organiser.post(url("call_off", page), typed).status_code
        for typed in ({"note": "", "sure": "on"}, {"note": WHY}, {"note": "x" * 301, "sure": "on"})
    ]

    page.refresh_from_db()
    assert answers == [422, 422, 422]
    assert page.status == EventStatus.SCHEDULED


def test_an_event_is_called_off_once(organiser, page):
    call_off(organiser, page)
    shown = call_off(organiser, page, note="Another reason.").content.decode()

    page.refresh_from_db()
    assert "Nothing was changed" in shown
    assert (page.status_note, page.sequence) == (WHY, 1)


def test_what_an_editor_has_not_published_stays_so_and_is_called_off_too(page):
    page.summary = "Not for anybody to read yet."
    page.save_revision()

    cancel_event(page.pk, by=boss(), note=WHY)

    page = EventPage.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    assert page.summary == "An hour about safety and the law."
    assert page.has_unpublished_changes
    assert (draft.summary, draft.status) == ("Not for anybody to read yet.", EventStatus.CANCELLED)


def test_what_is_over_or_not_published_cannot_be_called_off():
    start = timezone.now() - timedelta(hours=3)
    over, draft = EventPageFactory(starts_at=start, ends_at=start + timedelta(hours=1)), EventPageFactory(live=False)

    assert [cancel_event(one.pk, by=boss_of(one), note=WHY) for one in (over, draft)] == [False, False]
    assert not AuditEntry.objects.exists()


def boss_of(page):
    return colleague("change_registration", email=f"{page.pk}@example.org")


@pytest.mark.parametrize("name", ["call_off", "duplicate"])
def test_pages_are_changed_by_those_who_may_change_pages(client, page, name):
    user = colleague("view_registration", "change_registration")
    client.force_login(user)

    refused = client.get(url(name, page)).status_code
    for codename in ("add_page", "change_page", "publish_page"):
        user.groups.add(group_with(codename))
    seen = client.get(url(name, page)).status_code

    assert (refused, seen) == (302, 200)


def group_with(codename):
    group = Group.objects.create(name=f"May {codename}")
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    return group


def test_an_event_with_registrations_is_not_deleted(organiser, page):
    make_registration(page)

    shown = organiser.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True).content.decode()

    assert "People have registered" in shown
    assert EventPage.objects.filter(pk=page.pk).exists()


def test_the_first_page_says_what_comes_next_and_what_is_missing(organiser, page):
    make_registration(page, seats=2)
    RoomFactory(page=EventPageFactory(title="With a room"), trouble_at=timezone.now())

    text = " ".join(organiser.get(reverse("wagtailadmin_home")).content.decode().split())

    assert "<td>2 of 5</td>" in text
    assert "“Safe to report” has no room yet" in text
    assert "The room of “With a room” could not be opened" in text
    assert "“With a room” has no room yet" not in text


def test_the_first_page_shows_no_events_to_those_who_do_not_see_to_them(client, page):
    client.force_login(colleague("add_segment"))

    assert "Safe to report" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_an_events_page_leads_to_its_registrations(organiser, page, monkeypatch):
    # Wagtail's editor relies on Django's own way with missing variables.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")

    assert url("show", page) in organiser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert (
        url("show", page)
        in organiser.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    )
