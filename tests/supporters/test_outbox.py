"""What goes into the outbox, what comes out as a mail, and what is forgotten."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from supporters import mails
from supporters.mails import UnknownKind, mail_writer
from supporters.models import Message, MessageState
from supporters.outbox import cancel_messages, forget_settled_messages, give_up_on_overdue, queue_message
from tests.supporters.mail_kinds import NOTE, let_time_pass, note, queued

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Refused(Exception):
    pass


def render(message):
    email = mails.render(message)
    assert email is not None
    return email


def test_message_leaves_only_if_its_transaction_commits():
    def queue_and_fail():
        with transaction.atomic():
            queued()
            raise Refused

    with pytest.raises(Refused):
        queue_and_fail()

    assert not Message.objects.exists()


def test_recipient_that_is_no_address_is_refused():
    with pytest.raises(ValueError, match="e-mail address"):
        queue_message(kind=NOTE, subject_id=queued().subject_id, recipient="nobody")


def test_cancelling_wipes_what_waits_and_nothing_else():
    message, other = queued(), queued("bell@example.org")

    assert cancel_messages(subject_id=message.subject_id) == 1

    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.state, message.recipient) == (MessageState.CANCELLED, "")
    assert (other.state, other.recipient) == (MessageState.QUEUED, "bell@example.org")


def test_database_refuses_a_settled_message_that_keeps_its_address():
    message = queued()
    with pytest.raises(IntegrityError, match="wiped_once_settled"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, settled_at=Now())


def test_mail_has_text_and_html_and_says_that_a_machine_sent_it():
    email = render(queued("ada@example.org"))

    assert email.to == ["ada@example.org"]
    assert email.extra_headers["Auto-Submitted"] == "auto-generated"
    (html, mime_type), *_ = email.alternatives
    assert mime_type == "text/html"
    assert '<html lang="en" dir="ltr">' in html
    assert email.subject
    assert "\n" not in email.subject


def test_message_id_is_the_same_every_time_and_differs_between_messages():
    message, other = queued(), queued()

    first, again = (render(message).extra_headers["Message-ID"] for _ in range(2))
    assert first == again != render(other).extra_headers["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", first)


def test_nothing_in_a_mail_is_fetched_from_anywhere():
    html = render(queued()).alternatives[0][0]

    assert not re.search(r"<(img|link|script|iframe|video|audio|object)\b|url\(|@import|\bsrc=", html)


def test_two_writers_of_one_kind_are_refused():
    with pytest.raises(ValueError, match="Two writers"):
        mail_writer(NOTE)(lambda message: None)
    assert mail_writer(NOTE)(note) is note


def test_kind_that_nobody_writes_says_so():
    with pytest.raises(UnknownKind):
        mails.render(queued(kind="test_kind_nobody_writes"))


def test_message_that_never_had_its_turn_is_given_up_after_three_days():
    message = queued()
    let_time_pass(72 * HOUR - timedelta(minutes=1))
    assert give_up_on_overdue() == 0
    let_time_pass(timedelta(minutes=2))

    assert give_up_on_overdue() == 1
    message.refresh_from_db()
    assert (message.state, message.recipient) == (MessageState.FAILED, "")


def test_message_postponed_by_the_daily_cap_is_not_given_up():
    message = queued(is_capped=True)
    let_time_pass(90 * HOUR)
    Message.objects.filter(pk=message.pk).update(next_attempt_at=Message.objects.get().created_at + 91 * HOUR)

    assert give_up_on_overdue() == 0


def test_no_address_waits_longer_than_four_days():
    message = queued(is_capped=True)
    let_time_pass(97 * HOUR)
    Message.objects.filter(pk=message.pk).update(next_attempt_at=Message.objects.get().created_at + 100 * HOUR)

    assert give_up_on_overdue() == 1


def test_mailbox_hash_goes_after_a_day_and_the_row_after_a_week():
    settled, waiting = queued(), queued()
    cancel_messages(subject_id=settled.subject_id)

    let_time_pass(DAY)
    forget_settled_messages()
    settled.refresh_from_db()
    assert settled.mailbox_key is not None

    let_time_pass(2 * HOUR)
    forget_settled_messages()
    settled.refresh_from_db()
    assert settled.mailbox_key is None

    let_time_pass(6 * DAY)
    assert forget_settled_messages() == 1
    waiting.refresh_from_db()
    assert waiting.mailbox_key is not None
