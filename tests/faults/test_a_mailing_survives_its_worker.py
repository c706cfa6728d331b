"""A worker that is killed in the middle of a mailing leaves the rest to the next one."""

import signal
from collections import Counter

import pytest

from home.models import User
from supporters.models import Mailing, MailingState, Message, MessageState
from supporters.services.mailing import save_mailing, start_mailing
from tests.supporters.people_who_agreed import crowd
from tests.supporters.real_worker import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 450  # several batches, and more than wait in the outbox at once
SENDERS = 2


def test_killed_twice_nobody_gets_two_and_nobody_none(start, sink):
    crowd(PEOPLE)
    boss = User.objects.create_superuser("boss@example.org", "a long password for tests")
    mailing = save_mailing(mailing=Mailing(subject="This week", body="News."), by=boss)
    start_mailing(mailing=mailing, by=boss, count=PEOPLE)
    for reached in (PEOPLE // 4, PEOPLE // 2):
        sink.take(reached)
        worker = start()
        wait_until(sink.hanging.is_set)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    sink.take(1_000_000)
    start()
    wait_until(
        lambda: (
            Mailing.objects.get().state == MailingState.SENT
            and not Message.objects.filter(state=MessageState.QUEUED).exists()
        )
    )

    copies = Counter(received.recipient for received in sink.received)
    mails = {(received.recipient, str(received.email["Message-ID"])) for received in sink.received}
    assert set(copies) == {f"person{n}@example.org" for n in range(PEOPLE)}
    assert len(mails) == PEOPLE, "one message each"
    # Each killed sender had one mail in hand; the second copy is the same mail by its Message-ID.
    assert sum(copies.values()) - PEOPLE <= 2 * SENDERS
