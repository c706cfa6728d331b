"""A worker that is killed while letters leave loses none, and no office gets one that differs from another twice."""

import signal
from collections import Counter

import pytest
from django.conf import settings

from mp_contacts.delivery.return_address import token_in
from mp_contacts.mail_kinds import SENT_MAIL
from mp_contacts.models import Letter, LetterStage
from mp_contacts.tasks import move_soon
from supporters.models import Message, MessageState
from tests.factories.mp_contacts import LetterPageFactory, MemberFactory, make_letter
from tests.supporters.real_worker import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LETTERS, MEMBERS = 240, 40  # more than are handed over in one transaction
SENDERS = 2


def write_letters():
    page = LetterPageFactory()
    members = [MemberFactory() for _ in range(MEMBERS)]
    for number in range(LETTERS):
        make_letter(page, members[number % MEMBERS], email=f"writer{number}@example.org")


def moved_until(condition):
    """Have the worker look after letters again and again, as it does when people go on confirming."""

    def is_so():
        move_soon()
        return condition()

    wait_until(is_so)


def test_killed_twice_every_letter_leaves_once_and_every_writer_is_told(start, sink):
    write_letters()
    told = Message.objects.filter(kind=SENT_MAIL)
    sent = Letter.objects.filter(stage=LetterStage.SENT)
    # Once while letters are sent, and once between what is known to have left and what is not yet. The mail server
    # takes no more than that, so that there is something left to lose however fast the worker is.
    for most, point in (
        (LETTERS // 4, sink.hanging.is_set),
        (LETTERS * 3 // 4, lambda: told.count() >= LETTERS // 4 and sink.hanging.is_set()),
    ):
        sink.take(most)
        worker = start()
        moved_until(point)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert sent.count() < LETTERS
    sink.take(1_000_000)
    start()
    moved_until(
        lambda: sent.count() == LETTERS and not Message.objects.filter(state=MessageState.QUEUED).exists(),
    )

    letters = [received for received in sink.received if received.recipient == settings.LETTERS_REFLECT_TO]
    notes = [received for received in sink.received if received not in letters]
    tokens = set(Letter.objects.values_list("return_token", flat=True))
    assert {token_in(received.sender) for received in letters} == tokens
    assert {received.recipient for received in notes} == {f"writer{number}@example.org" for number in range(LETTERS)}
    # One message each. A killed sender had one mail in hand; a second copy is the same mail by its Message-ID.
    copies = Counter(str(received.email["Message-ID"]) for received in sink.received)
    assert len(tokens) == LETTERS
    assert len(copies) == 2 * LETTERS
    assert copies.total() - len(copies) <= 2 * SENDERS
    assert set(Letter.objects.values_list("tries", flat=True)) == {1}
