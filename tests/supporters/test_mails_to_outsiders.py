"""Mails that an app builds itself go to somebody who is no supporter, and nothing follows from them for one."""

from collections.abc import Iterator

import pytest
from anymail.signals import EventType
from django.core.mail import EmailMultiAlternatives

from supporters.identity import email_key
from supporters.mails import in_words, mail_builder, mail_writer, render, urgency_of
from supporters.models import Delivery, DeliveryEvent, Message, MessageState, Purpose, SoftBounce, Suppression
from supporters.report_kinds import ReportKind
from tests.supporters.delivery_reports import ADA, GONE, agreed, reason, report, standing
from tests.supporters.mail_kinds import NO_LONGER_NEEDED, note, queued

pytestmark = pytest.mark.django_db

BUILT = "test_built"
TOLD: list[tuple[Message, ReportKind]] = []


def follow(message: Message, kind: ReportKind) -> None:
    TOLD.append((message, kind))


@mail_builder(BUILT, follower=follow, says="A letter")
def built(message: Message) -> EmailMultiAlternatives:
    headers = {"From": '"Ada via us" <updates@example.org>'}
    return EmailMultiAlternatives("Dear office", "Text.\n", from_email="back+1@example.org", headers=headers)


@pytest.fixture(autouse=True)
def told() -> Iterator[list[tuple[Message, ReportKind]]]:
    TOLD.clear()
    yield TOLD
    TOLD.clear()


def test_the_builder_decides_on_everything_but_where_it_goes(sender, sink):
    message = queued(kind=BUILT)

    sender.send_due()

    (received,) = sink.received
    assert (received.sender, received.recipient) == ("back+1@example.org", "ada@example.org")
    assert received.email["From"] == '"Ada via us" <updates@example.org>'
    assert received.email["Message-ID"] == f"<{message.pk.hex}@example.org>"
    assert not {"Auto-Submitted", "List-Unsubscribe", "Sender"} & set(received.email.keys())
    assert in_words(BUILT) == "A letter"


def test_no_suppression_stops_it(sender, sink):
    for why in Suppression.Reason:
        Suppression.objects.all().delete()
        Suppression.objects.create(email_key=email_key(ADA), reason=why)
        queued(kind=BUILT)
        sender.send_due()

    assert len(sink.received) == len(Suppression.Reason)


def test_a_dead_mailbox_is_told_by_the_messages_state_and_suppresses_nobody(sender, sink):
    sink.recipient_code, sink.recipient_text = 550, "5.1.1"
    message = queued(kind=BUILT)

    sender.send_due()

    message.refresh_from_db()
    assert (message.state, message.delivery) == (MessageState.FAILED, Delivery.BOUNCED)
    assert reason() is None


@pytest.mark.parametrize(
    ("event", "about", "kind"),
    [
        (EventType.BOUNCED, {"mta_response": GONE}, ReportKind.DEAD),
        (EventType.BOUNCED, {"esp_event": {"Type": "SoftBounce"}}, ReportKind.SOFT_BOUNCED),
        (EventType.COMPLAINED, {}, ReportKind.COMPLAINED),
        (EventType.UNSUBSCRIBED, {}, ReportKind.UNSUBSCRIBED),
        (EventType.DELIVERED, {}, ReportKind.DELIVERED),
    ],
)
def test_its_app_is_told_of_reports_once_and_nothing_follows_for_a_supporter(sender, sink, told, event, about, kind):
    supporter = agreed(Purpose.UPDATES)
    message = queued(kind=BUILT)
    sender.send_due()

    for _ in range(2):
        report(event, event_id="e1", message_id=f"<{message.pk.hex}@example.org>", **about)

    assert told == [(message, kind)]
    assert (reason(), SoftBounce.objects.count(), DeliveryEvent.objects.count()) == (None, 0, 1)
    assert standing(supporter)["updates"] == "given"


def test_one_kind_has_one_author():
    with pytest.raises(ValueError, match="Two writers"):
        mail_builder(NO_LONGER_NEEDED, follower=follow)(built)
    with pytest.raises(ValueError, match="Two writers"):
        mail_writer(BUILT)(note)
    assert urgency_of(BUILT).outsiders
    assert not urgency_of(NO_LONGER_NEEDED).outsiders
    assert render(queued(kind=NO_LONGER_NEEDED)) is None
