"""A form that anybody can fill in must not become a way to flood somebody's mailbox."""

from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporters.delivery import Sender
from supporters.delivery.claims import CAPPED_MAILS
from supporters.models import Message, MessageState
from supporters.outbox import CAP_WINDOW
from tests.supporters.mail_kinds import NO_LONGER_NEEDED, let_time_pass, queued

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class Outgoing(BaseEmailBackend):
    """A mail connection that remembers what it was given."""

    def __init__(self):
        super().__init__()
        self.sent = []

    def open(self):
        return True

    def close(self):
        pass

    def send_messages(self, emails):
        self.sent += emails
        return len(emails)


@pytest.fixture
def outgoing():
    return Outgoing()


@pytest.fixture
def sender(outgoing):
    return Sender(connect=lambda: outgoing)


def send_all(sender):
    while sender.send_due():
        pass


def test_sixth_capped_mail_waits_until_the_first_is_a_day_old(sender, outgoing):
    for _ in range(CAPPED_MAILS):
        queued(is_capped=True)
        send_all(sender)
        let_time_pass(HOUR)
    sixth = queued(is_capped=True)
    send_all(sender)

    assert len(outgoing.sent) == CAPPED_MAILS
    sixth.refresh_from_db()
    first_leaves_window = timezone.now() - CAPPED_MAILS * HOUR + CAP_WINDOW
    assert abs(sixth.next_attempt_at - first_leaves_window) < timedelta(minutes=1)


def test_postponed_mail_is_sent_when_there_is_room_again(sender, outgoing):
    for _ in range(3 * CAPPED_MAILS):
        queued(is_capped=True)
    for day in range(3):
        send_all(sender)
        assert len(outgoing.sent) == (day + 1) * CAPPED_MAILS
        let_time_pass(CAP_WINDOW + timedelta(seconds=1))

    assert not Message.objects.filter(state=MessageState.QUEUED).exists()


def test_aliases_of_a_mailbox_share_its_cap(sender, outgoing):
    for alias in (
        "ada@gmail.com",
        "a.da@gmail.com",
        "ADA@googlemail.com",
        "ada+x@gmail.com",
        "a.d.a@gmail.com",
        "ada+y@gmail.com",
    ):
        queued(alias, is_capped=True)
    send_all(sender)

    assert len(outgoing.sent) == CAPPED_MAILS


def test_another_mailbox_is_not_held_up(sender, outgoing):
    for _ in range(CAPPED_MAILS + 3):
        queued("ada@example.org", is_capped=True)
    queued("bell@example.org", is_capped=True)
    send_all(sender)

    assert [email.to for email in outgoing.sent].count(["bell@example.org"]) == 1


def test_mail_that_no_stranger_can_cause_is_not_capped(sender, outgoing):
    for _ in range(2 * CAPPED_MAILS):
        queued()
    send_all(sender)

    assert len(outgoing.sent) == 2 * CAPPED_MAILS


def test_cancelled_mail_takes_no_place(sender, outgoing):
    for _ in range(CAPPED_MAILS):
        queued(kind=NO_LONGER_NEEDED, is_capped=True)
    send_all(sender)
    queued(is_capped=True)
    send_all(sender)

    assert len(outgoing.sent) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), max_size=12))
def test_no_mailbox_ever_gets_more_than_five_within_a_day(steps):
    """Each step queues some mails, sends what is due, and lets some hours pass."""
    Message.objects.all().delete()
    outgoing = Outgoing()
    sender = Sender(connect=lambda: outgoing)
    now, sent_at = 0, []
    for mails, hours in steps:
        for _ in range(mails):
            queued(is_capped=True)
        before = len(outgoing.sent)
        send_all(sender)
        sent_at += [now] * (len(outgoing.sent) - before)
        let_time_pass(hours * HOUR)
        now += hours

    for start in sent_at:
        assert sum(start <= moment < start + 24 for moment in sent_at) <= CAPPED_MAILS
