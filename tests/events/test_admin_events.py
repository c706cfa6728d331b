"""Events in the workspace: the list, the figures of one, another date for the same, and calling one off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.template import engines
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from events.mail_kinds import CANCELLED_MAIL
from events.models import EventPage, EventStatus, EventTotals, Place
from events.overview import registrations_by_day, standing_of
from events.services import cancel_event
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
