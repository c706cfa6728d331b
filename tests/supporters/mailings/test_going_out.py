"""How a mailing gets out: in slices, once each, and stopped when asked."""

from contextlib import suppress as suppressing

import pytest
from django.db.models import Q

from supporters.long_jobs import Interrupted
from supporters.mailings import running
from supporters.mailings.mail import MAILING
from supporters.mailings.running import go_on_with_mailings, queue_next, write_down_recipients
from supporters.models import (
    AuditEntry,
    Mailing,
    MailingRecipient,
    MailingState,
    Message,
    MessageState,
)
from supporters.outbox import settle
from supporters.services.mailing import (
    stop_mailing,
)
from tests.supporters.mailings.conftest import got, send_out, start
from tests.supporters.people_who_agreed import crowd

pytestmark = pytest.mark.django_db


def messages():
    return Message.objects.filter(kind=MAILING)


def test_job_interrupted_anywhere_goes_on_where_it_stopped(mailing, sender, sink, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 3)
    crowd(10)
    start(mailing)
    for allowed in range(6):
        left = iter([None] * allowed)

        def check_in(left=left):
            try:
                next(left)
            except StopIteration:
                raise Interrupted from None

        monkeypatch.setattr(running, "check_in", check_in)
        with suppressing(Interrupted):
            go_on_with_mailings(sleep=lambda _: None)
    monkeypatch.setattr(running, "check_in", lambda: None)
    go_on_with_mailings(sleep=lambda _: None)
    while sender.send_due():
        pass

    assert got(sink) == sorted(f"person{n}@example.org" for n in range(10))


def test_recipients_written_down_twice_are_written_down_once(mailing):
    crowd(3)
    start(mailing)
    write_down_recipients(mailing.pk)
    write_down_recipients(mailing.pk)

    assert MailingRecipient.objects.count() == 3


def test_mail_somebody_waits_for_never_stands_behind_a_whole_mailing(mailing, sender, sink, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 5)
    monkeypatch.setattr(running, "MOST_WAITING", 5)
    crowd(20)
    most = 0

    def look_and_send(_):
        nonlocal most
        most = max(most, messages().filter(state=MessageState.QUEUED).count())
        sender.send_due()

    start(mailing)
    go_on_with_mailings(sleep=look_and_send)
    while sender.send_due():
        pass

    assert (len(sink.received), most) == (20, 5)


def test_long_mailing_lets_other_long_jobs_have_their_turn(mailing, monkeypatch):
    crowd(2)
    start(mailing)
    monkeypatch.setattr(running, "SLICE_S", -1.0)

    assert go_on_with_mailings(sleep=lambda _: None) is True


def test_stopping_takes_back_what_has_not_left(mailing, sender, sink, organiser, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 4)
    crowd(10)
    start(mailing)
    write_down_recipients(mailing.pk)
    queue_next(mailing.pk)
    settle(Q(pk=messages().first().pk), MessageState.SENT)

    assert stop_mailing(mailing=mailing, by=organiser) == 9
    go_on_with_mailings(sleep=lambda _: None)
    sender.send_due()

    assert got(sink) == []
    mailing.refresh_from_db()
    assert mailing.state == MailingState.STOPPED
    assert AuditEntry.objects.get(action="stop_mailing").count == 9


def test_mail_in_a_senders_hands_is_not_sent_once_its_mailing_is_stopped(mailing, sender, sink, organiser):
    crowd(1)
    start(mailing)
    go_on_with_mailings(sleep=lambda _: None)
    Mailing.objects.update(state=MailingState.STOPPED)
    sender.send_due()

    assert sink.received == []


def test_nobody_to_write_to_is_an_end_too(mailing, sender):
    send_out(mailing, sender)

    assert (mailing.state, mailing.addressed) == (MailingState.SENT, 0)
