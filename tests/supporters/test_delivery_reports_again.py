"""Reports that come twice, late, or not at all end where the worst of them would."""

from datetime import timedelta

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, tracking
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporters.models import (
    Delivery,
    DeliveryEvent,
    Message,
    Purpose,
    Suppression,
)
from supporters.report_kinds import ReportKind
from tests.supporters.delivery_reports import ADA, GONE, NOON, agreed, delivery, reason, report, sent_message, standing

pytestmark = pytest.mark.django_db


def test_second_copy_of_a_report_does_nothing():
    message = sent_message()
    report(EventType.DELIVERED, event_id="e1")
    Message.objects.update(delivery="", delivery_at=None)
    report(EventType.DELIVERED, event_id="e1")

    assert delivery(message) == Delivery.UNKNOWN
    assert DeliveryEvent.objects.count() == 1


def test_reports_without_a_number_are_told_apart_by_all_they_say():
    first = {"event": "delivered", "ts": 1, "email": ADA}
    for raw in (first, dict(reversed(first.items())), {**first, "ts": 2}):
        event = AnymailTrackingEvent(
            event_type=EventType.DELIVERED, event_id=None, timestamp=NOON, esp_event=raw, recipient=ADA
        )
        tracking.send(sender=object, event=event, esp_name="Brevo")

    assert DeliveryEvent.objects.count() == 2


def test_failure_in_the_middle_leaves_nothing_so_that_the_report_can_come_again():
    with connection.cursor() as cursor:
        # The database refuses the last of what a complaint does.
        cursor.execute("ALTER TABLE supporters_consentrecord ADD CONSTRAINT refuse CHECK (choice <> 'withdrawn')")
    message = sent_message()
    agreed(Purpose.UPDATES)
    with pytest.raises(IntegrityError, match="refuse"), transaction.atomic():
        report(EventType.COMPLAINED, event_id="e1")

    assert not DeliveryEvent.objects.exists()
    assert (delivery(message), reason()) == (Delivery.UNKNOWN, None)


# How bad each report is for the message, the address and the consent: what must be left when all is done.
WORST = {
    ReportKind.DELIVERED: (1, 0, False),
    ReportKind.DEFERRED: (0, 0, False),
    ReportKind.SOFT_BOUNCED: (0, 0, False),
    ReportKind.REFUSED: (2, 0, False),
    ReportKind.UNSUBSCRIBED: (1, 1, True),
    ReportKind.COMPLAINED: (3, 2, True),
    ReportKind.DEAD: (2, 3, False),
}


AS_EVENT = {
    ReportKind.DELIVERED: (EventType.DELIVERED, {}),
    ReportKind.DEFERRED: (EventType.DEFERRED, {}),
    ReportKind.SOFT_BOUNCED: (EventType.BOUNCED, {"esp_event": {"Type": "SoftBounce"}}),
    ReportKind.REFUSED: (EventType.BOUNCED, {"mta_response": "552 5.3.4 too big"}),
    ReportKind.UNSUBSCRIBED: (EventType.UNSUBSCRIBED, {}),
    ReportKind.COMPLAINED: (EventType.COMPLAINED, {}),
    ReportKind.DEAD: (EventType.BOUNCED, {"mta_response": GONE}),
}


DELIVERIES = ["", "delivered", "bounced", "complained"]


REASONS = [None, "asked", "complained", "bounced"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    history=st.lists(st.tuples(st.sampled_from(list(ReportKind)), st.integers(0, 500)), min_size=1, max_size=8),
    data=st.data(),
)
def test_any_order_copies_and_losses_end_where_the_worst_that_arrived_would(db, history, data):
    Message.objects.all().delete()
    Suppression.objects.all().delete()
    DeliveryEvent.objects.all().delete()
    supporter = agreed(Purpose.UPDATES)
    message = sent_message()
    numbered = list(enumerate(history))
    arriving = data.draw(st.lists(st.sampled_from(numbered), min_size=1, max_size=16), label="arriving")
    for number, (kind, minutes) in arriving:
        event, about = AS_EVENT[kind]
        report(event, event_id=f"e{number}", at=NOON + timedelta(minutes=minutes), **about)

    came = {kind for _, (kind, _) in arriving}
    assert delivery(message) == DELIVERIES[max(WORST[kind][0] for kind in came)]
    assert reason() == REASONS[max(WORST[kind][1] for kind in came)]
    is_over = any(WORST[kind][2] for kind in came)
    assert standing(supporter)["updates"] == ("withdrawn" if is_over else "given")
    if message.delivery:
        said_so = [minutes for _, (kind, minutes) in arriving if DELIVERIES[WORST[kind][0]] == message.delivery]
        assert message.delivery_at == NOON + timedelta(minutes=min(said_so))


def test_report_whose_own_id_is_no_text_is_taken_once():
    for _ in range(2):
        report(EventType.COMPLAINED, event_id="half a character: \ud800")

    assert reason() == Suppression.Reason.COMPLAINED
    assert DeliveryEvent.objects.count() == 1
