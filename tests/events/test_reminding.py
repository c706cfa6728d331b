"""Mails by the clock: each once, late ones not at all, and right when the clocks change."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from events.mail_kinds import REMINDER_MAIL, THANKS_MAIL
from events.models import EventPage, EventStatus, Place, Registration, Reminder, ReminderKind
from events.reminding import RULES, due_at, is_too_late, remind
from events.services import cancel_registration
from events.telling import tell_of_changes
from supporters.delivery import Sender
from supporters.models import Message
from tests.at_once import at_once
from tests.factories.events import EventPageFactory, make_registration

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 5, 12, 17, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def event(start=START, **values):
    return EventPageFactory(starts_at=start, ends_at=start + HOUR, capacity=None, **values)


def somebody(page, *, before, name="ada", **values):
    """Confirmed so long ``before`` the start."""
    registration = make_registration(page, email=f"{name}@example.org", mailed_sequence=0, **values)
    Registration.objects.filter(pk=registration.pk).update(confirmed_at=page.starts_at - before)
    return registration


def walk(page, begin, end, *, step=MINUTE, stopped=()):
    """What is queued for whom, in a round every ``step``; none while the worker is stopped."""
    queued = {}
    now = page.starts_at - begin
    while now <= page.starts_at + end:
        before = set(Message.objects.values_list("pk", flat=True))
        if not any(since <= now < until for since, until in stopped):
            remind(now=now)
        for message in Message.objects.exclude(pk__in=before):
            kind = "thanks" if message.kind == THANKS_MAIL else kind_of(message)
            queued.setdefault(message.subject_id, []).append((kind, now - page.starts_at))
        now += step
    return queued


def kind_of(message):
    return ReminderKind(message.body.split('"')[3]).value


def test_thanks_are_said_once_although_the_end_is_put_right_afterwards():
    page = event()
    registration = somebody(page, before=20 * DAY)
    remind(now=page.ends_at + DAY)
    later = EventPage.objects.get(pk=page.pk)
    later.ends_at += HOUR
    later.save()

    remind(now=later.ends_at + 2 * DAY)

    assert Message.objects.filter(kind=THANKS_MAIL, subject_id=registration.pk).count() == 1


def test_through_a_week_with_the_worker_stopped_for_three_hours():
    page = event()
    early = somebody(page, before=20 * DAY, name="early")
    at_two_days = somebody(page, before=2 * DAY, name="two")
    # Registered an hour before "tomorrow" would be said.
    in_the_last_hour = somebody(page, before=25 * HOUR, name="late")
    # Stopped over the hour before the start, and until after it.
    stopped = [(START - 2 * HOUR, START + HOUR)]

    queued = walk(page, 8 * DAY, 2 * DAY, step=HOUR, stopped=stopped)

    assert queued == {
        early.pk: [("week", -7 * DAY), ("day", -DAY), ("thanks", DAY + HOUR)],
        at_two_days.pk: [("day", -DAY), ("thanks", DAY + HOUR)],
        in_the_last_hour.pk: [("thanks", DAY + HOUR)],
    }
    skipped = Counter(Reminder.objects.filter(registration=early, was_skipped=True).values_list("kind", flat=True))
    assert skipped == {"hour": 1, "now": 1}


def test_to_the_minute_and_once():
    page = event()
    one = somebody(page, before=2 * DAY)
    queued = walk(page, 61 * MINUTE, 15 * MINUTE)
    assert queued == {one.pk: [("hour", -HOUR), ("now", -10 * MINUTE)]}
    assert walk(page, 61 * MINUTE, 15 * MINUTE) == {}


@pytest.mark.parametrize("kind", list(RULES))
def test_a_mail_that_is_late_by_more_than_its_grace_is_passed_over(kind):
    page = event()
    somebody(page, before=30 * DAY)
    late = due_at(page, kind) + RULES[kind].grace + MINUTE
    assert is_too_late(page, kind, late)
    remind(now=late)
    assert Reminder.objects.get(kind=kind).was_skipped


def test_twenty_four_hours_before_is_elapsed_time_when_the_clocks_go_forward():
    page = event(datetime(2026, 3, 29, 10, tzinfo=LONDON))
    due = due_at(page, ReminderKind.DAY).astimezone(LONDON)
    assert (due.day, due.hour) == (28, 9)
    page = event(datetime(2026, 10, 25, 10, tzinfo=LONDON))
    assert due_at(page, ReminderKind.DAY).astimezone(LONDON).hour == 11


@pytest.mark.parametrize("place", [Place.WAITING, Place.OFFERED, Place.LAPSED, Place.CANCELLED, Place.UNCONFIRMED])
def test_only_those_with_a_seat_are_reminded(place):
    page = event()
    make_registration(page, place=place)
    assert remind(now=START - DAY) == 0


def test_whoever_wants_none_gets_none():
    page = event()
    somebody(page, before=9 * DAY, wants_reminders=False)
    assert walk(page, 8 * DAY, 2 * DAY, step=12 * HOUR) == {}


def test_a_cancelled_event_reminds_nobody_and_one_that_moved_anew(time_machine):
    page = event(timezone.now().replace(microsecond=0) + 10 * DAY)
    one = somebody(page, before=20 * DAY)
    remind(now=page.starts_at - 7 * DAY)
    page = EventPage.objects.get()
    page.starts_at, page.ends_at = page.starts_at + DAY, page.ends_at + DAY
    page.save()
    remind(now=page.starts_at - 7 * DAY)
    assert [row.sequence for row in Reminder.objects.filter(registration=one, kind="week").order_by("pk")] == [0, 1]
    # The first was of a time that is none any more.
    time_machine.move_to(page.starts_at - 7 * DAY)
    assert len(sent()) == 1
    EventPage.objects.update(status=EventStatus.CANCELLED)
    assert remind(now=page.starts_at - DAY) == 0


def sent():
    Sender().send_due()
    mails, mail.outbox = list(mail.outbox), []
    return mails


def methods_of(to):
    """What the headers of its calendar parts say."""
    parts = [part for part in to.message().walk() if part.get_content_type() == "text/calendar"]
    return [part.get_param("method") for part in parts]


def moved(page, by=DAY):
    page = EventPage.objects.get(pk=page.pk)
    page.starts_at, page.ends_at, page.status = page.starts_at + by, page.ends_at + by, EventStatus.MOVED
    page.save()
    return page


def test_everybody_hears_of_a_change_once_with_the_old_time_beside_the_new_and_the_entry():
    page = event(timezone.now().replace(microsecond=0) + 10 * DAY)
    for name, place in (("a", Place.SEATED), ("b", Place.WAITING), ("c", Place.CANCELLED), ("d", Place.LAPSED)):
        make_registration(page, email=f"{name}@example.org", place=place, mailed_sequence=0)
    page = moved(page)

    assert tell_of_changes() == 2
    assert tell_of_changes() == 0

    mails = sent()
    assert {to.to[0] for to in mails} == {"a@example.org", "b@example.org"}
    for to in mails:
        assert page.local_start.strftime("%H:%M") in to.body
        assert f"{page.previous_starts_at.astimezone(page.zone):%-d %B %Y}" in to.body
        assert f"{page.local_start:%-d %B %Y}" in to.body
        assert page.title not in to.subject + to.body
        [calendar] = [part for part, kind in to.alternatives if kind.startswith("text/calendar")]
        assert "SEQUENCE:1" in calendar
        assert methods_of(to) == ["PUBLISH"]


def test_a_cancellation_takes_the_entry_out_of_calendars():
    page = event(timezone.now().replace(microsecond=0) + 10 * DAY)
    make_registration(page, mailed_sequence=0)
    page = EventPage.objects.get()
    page.status, page.status_note = EventStatus.CANCELLED, "A speaker is ill."
    page.save()
    tell_of_changes()

    [to] = sent()

    assert methods_of(to) == ["CANCEL"]
    [calendar] = [part for part, kind in to.alternatives if kind.startswith("text/calendar")]
    assert "METHOD:CANCEL" in calendar
    assert "STATUS:CANCELLED" in calendar
    assert "SEQUENCE:1" in calendar


def test_a_reminder_that_waited_too_long_in_the_outbox_does_not_leave(time_machine):
    page = event(timezone.now().replace(microsecond=0) + 2 * DAY)
    somebody(page, before=3 * DAY)
    assert remind(now=page.starts_at - DAY) == 1
    time_machine.move_to(page.starts_at - HOUR)
    assert sent() == []


@pytest.mark.parametrize("kind", [*(f"reminder_{kind.value}" for kind in list(RULES)[:4]), "thanks"])
def test_no_mail_names_the_event_or_the_person(kind, time_machine):
    page = event(timezone.now().replace(microsecond=0) + 10 * DAY, title="Sex workers and the law")
    one = somebody(page, before=20 * DAY)
    which = ReminderKind(kind.removeprefix("reminder_"))
    remind(now=due_at(page, which))
    time_machine.move_to(due_at(page, which))
    [to] = sent()
    whole = to.message().as_string()
    assert "Your event" in to.subject
    for word in ("Sex workers", "Guest 4821", str(one.pk)):
        assert word not in whole
    assert cancel_registration(one.pk)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_and_tell_everybody_once():
    page = event(timezone.now().replace(microsecond=0) + 10 * DAY)
    for number in range(20):
        somebody(page, before=20 * DAY, name=f"p{number}")
    now = page.starts_at - 7 * DAY
    assert sum(at_once(6, lambda _: remind(now=now))) == 20
    moved(page, by=HOUR)
    assert sum(at_once(6, lambda _: tell_of_changes())) == 20
    assert Message.objects.filter(kind=REMINDER_MAIL).count() == 20
