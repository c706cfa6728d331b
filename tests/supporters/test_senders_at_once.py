"""Several senders on one outbox."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import Q
from django.db.models.functions import Now

from supporters.delivery import Sender
from supporters.delivery.claims import CAPPED_MAILS, release
from supporters.mails import render
from supporters.models import Message, MessageState
from supporters.outbox import settle
from tests.supporters.mail_kinds import queued

pytestmark = pytest.mark.django_db(transaction=True)


class WithoutLock(Sender):
    """The control: sends whatever it claimed, without looking again whether it is still its own."""

    def _decide(self, claim):
        return render(Message.objects.get(pk=claim.id))


class WithoutCapLock(Sender):
    """The control: counts the mails of a mailbox without keeping others from counting at the same time."""

    def _decide(self, claim):
        message = Message.objects.get(pk=claim.id)
        if Message.objects.filter(released_at__isnull=False).count() >= CAPPED_MAILS:
            settle(Q(pk=claim.id), MessageState.CANCELLED)
            return None
        time.sleep(0.05)
        release(message, lease=timedelta(minutes=1))
        return render(message)


def send_with(kind, sink, *, senders=3, **options):
    """Let some senders of the class ``kind`` loose on the outbox until nothing is waiting."""
    together = threading.Barrier(senders)
    errors = []

    def run():
        sender = kind(connect=sink.connect, **options)
        try:
            together.wait()
            while is_anything_waiting():
                sender.send_due()
                time.sleep(0.01)
        except Exception as error:  # noqa: BLE001  (told to the thread that asserts)
            errors.append(error)
        finally:
            sender.hang_up()
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def is_anything_waiting():
    """Whether some message is neither settled nor postponed, in whoever's hands it is."""
    return Message.objects.filter(state=MessageState.QUEUED, next_attempt_at__lte=Now()).exists()


def fill_outbox(number):
    for n in range(number):
        queued(f"person{n}@example.org")


def test_each_message_is_sent_once_by_whichever_sender(sink):
    fill_outbox(90)
    send_with(Sender, sink, batch=7)

    assert len(sink.received) == 90
    assert len(set(sink.message_ids)) == 90
    assert not Message.objects.exclude(state=MessageState.SENT).exists()


def test_each_message_is_sent_once_even_when_leases_run_out_before_its_turn(sink):
    fill_outbox(40)
    sink.delay = 0.02
    send_with(Sender, sink, batch=40, lease=timedelta(milliseconds=300))

    assert len(set(sink.message_ids)) == 40
    assert len(sink.received) == 40


def test_control_without_the_second_look_the_same_message_is_sent_twice(sink):
    fill_outbox(40)
    sink.delay = 0.02
    send_with(WithoutLock, sink, batch=40, lease=timedelta(milliseconds=300))

    assert len(sink.received) > len(set(sink.message_ids))


def test_one_mailbox_gets_five_capped_mails_whoever_sends_them(sink):
    for n in range(20):
        queued(f"ada+{n}@example.org", is_capped=True)
    send_with(Sender, sink, senders=4, batch=1)

    assert len(sink.received) == CAPPED_MAILS
    assert Message.objects.filter(state=MessageState.QUEUED).count() == 20 - CAPPED_MAILS


def test_control_without_the_lock_on_the_mailbox_it_gets_more(sink):
    for n in range(12):
        queued(f"ada+{n}@example.org", is_capped=True)
    send_with(WithoutCapLock, sink, senders=4, batch=1)

    assert len(sink.received) > CAPPED_MAILS
