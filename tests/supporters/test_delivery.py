"""What one sender does with the outbox, against a mail server that may misbehave."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from supporters.delivery.claims import claim_due
from supporters.identity import email_key
from supporters.models import Delivery, Message, MessageState, Suppression
from supporters.outbox import LONGEST_IN_OUTBOX, cancel_messages
from tests.supporters.mail_kinds import BROKEN, NO_LONGER_NEEDED, let_time_pass, queued

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def state_of(message):
    return Message.objects.get(pk=message.pk).state


def test_due_message_is_sent_marked_and_wiped(sender, sink):
    message = queued("ada@example.org")

    assert sender.send_due() == 1

    assert [received.recipient for received in sink.received] == ["ada@example.org"]
    message.refresh_from_db()
    assert (message.state, message.recipient, message.body) == (MessageState.SENT, "", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient, body FROM supporters_message")
        assert cursor.fetchall() == [(None, None)]


def test_sent_message_is_not_sent_again(sender, sink):
    queued()
    sender.send_due()
    let_time_pass(timedelta(days=1))

    assert sender.send_due() == 0
    assert len(sink.received) == 1


def test_oldest_message_goes_first(sender, sink):
    for number in range(5):
        let_time_pass(MINUTE)
        queued(f"person{number}@example.org")

    sender.send_due()

    assert [received.recipient for received in sink.received] == [f"person{n}@example.org" for n in range(5)]


def test_many_mails_go_over_one_connection(sender, sink):
    for number in range(20):
        queued(f"person{number}@example.org")

    sender.send_due()

    assert (len(sink.received), sink.connections) == (20, 1)


def test_server_that_closes_after_each_mail_costs_no_attempt(sender, sink):
    sink.mails_per_connection = 1
    messages = [queued(f"person{number}@example.org") for number in range(4)]

    sender.send_due()

    assert len(sink.received) == 4
    assert {state_of(message) for message in messages} == {MessageState.SENT}


def test_suppressed_address_gets_nothing(sender, sink):
    message = queued("ADA@example.org")
    Suppression.objects.create(email_key=email_key("ada@example.org"), reason=Suppression.Reason.ASKED)

    sender.send_due()

    assert sink.received == []
    assert state_of(message) == MessageState.SUPPRESSED


def test_mail_that_is_no_longer_needed_is_cancelled(sender, sink):
    message = queued(kind=NO_LONGER_NEEDED)

    sender.send_due()

    assert (sink.received, state_of(message)) == ([], MessageState.CANCELLED)


def test_message_cancelled_after_the_claim_is_not_sent(sender, sink):
    message = queued()
    (claim,) = claim_due(limit=1, lease=MINUTE)
    cancel_messages(subject_id=message.subject_id)

    sender._dial()
    sender._deal_with(claim)

    assert sink.received == []


@pytest.mark.parametrize("kind", [BROKEN, "test_kind_nobody_writes"])
def test_mail_that_cannot_be_written_does_not_hold_up_the_others(sender, sink, kind):
    stuck = queued(kind=kind)
    fine = queued("fine@example.org")

    sender.send_due()

    assert [received.recipient for received in sink.received] == ["fine@example.org"]
    assert (state_of(stuck), state_of(fine)) == (MessageState.QUEUED, MessageState.SENT)


def test_address_refused_for_good_fails_at_once(sender, sink):
    sink.recipient_code = 550
    message = queued()

    sender.send_due()

    message.refresh_from_db()
    assert (message.state, message.recipient) == (MessageState.FAILED, "")


def test_mailbox_that_does_not_exist_is_never_written_to_again(sender, sink):
    sink.recipient_code, sink.recipient_text = 550, "5.1.1 no such user"
    message = queued()

    sender.send_due()

    message.refresh_from_db()
    assert (message.state, message.delivery, message.recipient) == (MessageState.FAILED, Delivery.BOUNCED, "")
    assert Suppression.objects.get().reason == Suppression.Reason.BOUNCED
    assert bytes(Suppression.objects.get().email_key) == email_key("ada@example.org")


@pytest.mark.parametrize(
    "text", ["", "5.7.1 your network 192.5.1.1 is listed", "no such user", "5.2.2 mailbox full", "5.1.8 bad sender"]
)
def test_refusal_that_does_not_blame_the_address_suppresses_nobody(sender, sink, text):
    sink.recipient_code, sink.recipient_text = 550, text
    message = queued()

    sender.send_due()

    assert state_of(message) == MessageState.FAILED
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(("switch", "code"), [("recipient_code", 450), ("data_code", 451), ("data_code", 554)])
def test_other_refusals_are_tried_again_a_minute_later(sender, sink, switch, code):
    setattr(sink, switch, code)
    message = queued()
    sender.send_due()

    message.refresh_from_db()
    wait = message.next_attempt_at - timezone.now()
    assert timedelta(seconds=40) < wait < timedelta(seconds=80)
    assert (message.state, message.leased_until) == (MessageState.QUEUED, None)

    setattr(sink, switch, 250)
    let_time_pass(2 * MINUTE)
    sender.send_due()
    assert state_of(message) == MessageState.SENT


def test_waits_grow_until_the_message_is_given_up_after_three_days(sender, sink, caplog):
    sink.data_code = 451
    message = queued()
    age, waits = timedelta(), []
    while state_of(message) == MessageState.QUEUED:
        sender.send_due()
        message.refresh_from_db()
        if message.state == MessageState.QUEUED:
            waits.append(message.next_attempt_at - timezone.now())
            let_time_pass(waits[-1] + timedelta(seconds=1))
            age += waits[-1]

    assert waits[:6] == sorted(waits[:6]), "from a minute to a day; then daily"
    assert LONGEST_IN_OUTBOX - MINUTE < age < LONGEST_IN_OUTBOX + HOUR
    assert Message.objects.get(pk=message.pk).recipient == ""
    assert [record.levelname for record in caplog.records].count("ERROR") == 1


def test_outage_of_a_day_loses_nothing_and_costs_no_attempt(sender, sink):
    messages = [queued(f"person{number}@example.org") for number in range(60)]
    sink.close()
    for _ in range(24):
        with pytest.raises(OSError, match="refused"):
            sender.send_due()
        let_time_pass(HOUR)
    sink.open()

    while sender.send_due():
        pass

    assert {state_of(message) for message in messages} == {MessageState.SENT}
    assert sorted({received.recipient for received in sink.received}) == sorted(
        f"person{number}@example.org" for number in range(60)
    )
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_server_that_goes_away_in_the_middle_of_a_batch_is_waited_for(sender, sink):
    for number in range(3):
        queued(f"person{number}@example.org")
    sink.drop_after_data = 1
    sink.mails_per_connection = 1
    sender.send_due()
    let_time_pass(2 * MINUTE)
    sender.send_due()

    assert len(set(sink.message_ids)) == 3
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()


def test_second_copy_after_a_lost_answer_carries_the_same_message_id(sender, sink):
    sink.drop_after_data = 1
    queued()
    sender.send_due()
    let_time_pass(2 * MINUTE)
    sender.send_due()

    assert len(sink.received) == 2
    assert len(set(sink.message_ids)) == 1


def test_server_that_hangs_is_given_up_for_now(sender, sink):
    message = queued()
    sink.hang.set()
    sender.send_due()
    assert state_of(message) == MessageState.QUEUED

    sink.hang.clear()
    let_time_pass(2 * MINUTE)
    sender.send_due()
    assert state_of(message) == MessageState.SENT


def test_message_of_a_dead_sender_is_sent_when_its_lease_is_over(sender, sink):
    queued()
    claim_due(limit=50, lease=MINUTE)

    assert sender.send_due() == 0, "somebody may still be sending it"
    let_time_pass(MINUTE)
    assert sender.send_due() == 1
    assert len(sink.received) == 1


def test_sender_whose_lease_ran_out_leaves_the_message_to_its_new_holder(sender, sink):
    queued()
    (old,) = claim_due(limit=1, lease=MINUTE)
    let_time_pass(MINUTE)
    (new,) = claim_due(limit=1, lease=MINUTE)

    sender._dial()
    sender._deal_with(old)
    assert sink.received == []
    sender._deal_with(new)
    assert len(sink.received) == 1


@pytest.mark.parametrize(
    ("switch", "value"),
    [("recipient_code", 550), ("recipient_code", 450), ("data_code", 554), ("drop_after_data", 9)],
)
def test_no_log_line_holds_an_address(sender, sink, caplog, switch, value):
    caplog.set_level(logging.DEBUG)
    setattr(sink, switch, value)
    queued("canary@example.org")
    queued("canary@example.org", kind=BROKEN)

    sender.send_due()

    assert caplog.records
    for record in caplog.records:
        assert "canary" not in record.getMessage()
        assert record.exc_info is None
