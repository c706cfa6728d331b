"""Reports of a mail provider: late, twice, in any order, about anybody."""

import logging
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporters.delivery.reports import ReportKind, read_report
from supporters.identity import email_key
from supporters.models import (
    ConsentRecord,
    ConsentText,
    CurrentConsent,
    Delivery,
    DeliveryEvent,
    MailingRecipient,
    Message,
    MessageState,
    Purpose,
    SoftBounce,
    Suppression,
)
from supporters.outbox import settle
from supporters.services import record_consent, remember_supporter
from supporters.services.reports import forget_reports
from supporters.suppression import paused_keys
from tests.supporters.mail_kinds import queued

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GONE = "550 5.1.1 no such user here"


def sent_message(provider_id="p1"):
    message = queued(ADA)
    settle(Q(pk=message.pk), MessageState.SENT, provider_id=provider_id)
    return message


def report(kind, *, event_id=None, at=NOON, message_id="p1", recipient=ADA, **about):
    event = AnymailTrackingEvent(
        event_type=kind,
        event_id=event_id or uuid4().hex,
        timestamp=at,
        message_id=message_id,
        recipient=recipient,
        **about,
    )
    tracking.send(sender=object, event=event, esp_name="Postal")


def reason(address=ADA):
    return Suppression.objects.filter(email_key=email_key(address)).values_list("reason", flat=True).first()


def agreed(*purposes):
    supporter = remember_supporter(address=ADA, name="Ada")
    for purpose in purposes:
        text = ConsentText.objects.create(purpose=purpose, wording="Yes.", controller="Example Campaign")
        record_consent(
            supporter=supporter,
            text=text,
            choice=ConsentRecord.Choice.GIVEN,
            method="web form",
            page_id=None,
            asked_at=timezone.now(),
        )
    return supporter


def standing(supporter):
    return dict(CurrentConsent.objects.filter(supporter=supporter).values_list("purpose", "choice"))


def delivery(message):
    message.refresh_from_db()
    return message.delivery


def test_delivered_mail_is_marked_with_the_time_it_was_taken():
    message = sent_message()
    report(EventType.DELIVERED)

    assert (delivery(message), message.delivery_at, reason()) == (Delivery.DELIVERED, NOON, None)


@pytest.mark.parametrize("event", [EventType.BOUNCED, EventType.FAILED])
def test_mailbox_that_does_not_exist_is_never_written_to_again(event):
    message = sent_message()
    report(event, mta_response=GONE)

    assert (delivery(message), reason()) == (Delivery.BOUNCED, "bounced")


def test_code_of_the_server_is_believed_before_the_providers_summary():
    message = sent_message()
    report(
        EventType.BOUNCED,
        reject_reason=RejectReason.BOUNCED,
        mta_response="550 5.7.1 192.0.2.1 is listed at 5.1.1.9 for spam",
    )

    assert (delivery(message), reason()) == (Delivery.BOUNCED, None)


@pytest.mark.parametrize(
    ("reject_reason", "expected"),
    [
        (RejectReason.INVALID, "bounced"),
        (RejectReason.BOUNCED, "bounced"),
        (RejectReason.BLOCKED, None),
        (RejectReason.TIMED_OUT, None),
        (RejectReason.OTHER, None),
        (None, None),
    ],
)
def test_bounce_without_a_code_suppresses_only_when_the_provider_blames_the_address(reject_reason, expected):
    sent_message()
    report(EventType.BOUNCED, reject_reason=reject_reason, mta_response=None)

    assert reason() == expected


@pytest.mark.parametrize(
    "raw",
    [
        {"Type": "SoftBounce"},
        {"event": "soft_bounce"},
        {"type": "activity.soft_bounced", "data": {}},
        {"msys": {"message_event": {"bounce_class": "22"}}},
    ],
)
def test_bounce_that_may_not_last_suppresses_nobody_whatever_it_is_called(raw):
    message = sent_message()
    report(EventType.BOUNCED, reject_reason=RejectReason.BOUNCED, esp_event=raw)

    assert (delivery(message), reason(), SoftBounce.objects.count()) == (Delivery.UNKNOWN, None, 1)


def test_complaint_suppresses_and_ends_every_consent():
    supporter = agreed(*Purpose.values)
    message = sent_message()
    report(EventType.COMPLAINED)

    assert (delivery(message), reason()) == (Delivery.COMPLAINED, "complained")
    assert set(standing(supporter).values()) == {"withdrawn"}
    assert set(supporter.consents.filter(choice="withdrawn").values_list("method", flat=True)) == {"marked as spam"}


def test_unsubscribing_at_the_provider_is_as_good_as_here():
    supporter = agreed(Purpose.UPDATES)
    report(EventType.UNSUBSCRIBED)

    assert (standing(supporter), reason()) == ({"updates": "withdrawn"}, "asked")


@pytest.mark.parametrize("event", [EventType.OPENED, EventType.CLICKED, EventType.QUEUED, EventType.SENT, "unknown"])
def test_what_we_did_not_ask_for_is_not_even_remembered(event):
    message = sent_message()
    report(event)

    assert delivery(message) == Delivery.UNKNOWN
    assert not DeliveryEvent.objects.exists()


def test_message_nobody_knows_any_more_still_suppresses():
    report(EventType.BOUNCED, message_id="long-gone", mta_response=GONE)

    assert reason() == "bounced"


def test_report_that_leads_to_nobody_is_taken_and_changes_nothing():
    report(EventType.COMPLAINED, message_id="long-gone", recipient=None)

    assert DeliveryEvent.objects.count() == 1
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("way", ["metadata", "provider_id", "message_id"])
def test_message_is_found_every_way_there_is(way):
    message = sent_message(provider_id="p7")
    named = {
        "metadata": {"metadata": {"message": str(message.pk)}, "message_id": "another"},
        "provider_id": {"message_id": "p7"},
        "message_id": {"message_id": f"<{message.pk.hex}@example.org>"},
    }[way]
    report(EventType.DELIVERED, **named)

    assert delivery(message) == Delivery.DELIVERED


@pytest.mark.parametrize("metadata", [None, {}, {"message": "x"}, {"message": 7}, {"message": None}])
def test_metadata_that_is_not_ours_is_passed_over(metadata):
    message = sent_message()
    report(EventType.DELIVERED, metadata=metadata)

    assert delivery(message) == Delivery.DELIVERED


def test_person_of_a_mailing_is_found_when_the_report_names_no_address():
    from supporters.models import Mailing

    supporter = agreed(Purpose.UPDATES)
    mailing = Mailing.objects.create(subject="News", body="News.")
    recipient = MailingRecipient.objects.create(mailing=mailing, supporter=supporter)
    message = sent_message()
    Message.objects.filter(pk=message.pk).update(subject_id=recipient.pk)
    report(EventType.COMPLAINED, recipient="")

    assert reason() == "complained"


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


def test_three_mails_not_taken_within_two_weeks_are_a_pause_and_no_more():
    for number in range(3):
        assert not paused_keys().exists()
        # However often delivery of one mail was tried, it is one mail.
        for _ in range(4):
            report(EventType.DEFERRED, message_id=f"p{number}", at=timezone.now() - timedelta(days=number * 6))

    assert [bytes(key) for key in paused_keys()] == [email_key(ADA)]
    assert reason() is None
    SoftBounce.objects.filter(happened_at__lt=timezone.now() - timedelta(days=11)).update(
        happened_at=timezone.now() - timedelta(days=15)
    )
    assert not paused_keys().exists()


def test_reports_are_forgotten_after_thirty_days():
    report(EventType.DEFERRED, message_id="old", at=timezone.now() - timedelta(days=31))
    report(EventType.DEFERRED, message_id="new", at=timezone.now() - timedelta(days=29))
    old = DeliveryEvent.objects.first()
    DeliveryEvent.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=31))

    assert forget_reports() == 2
    assert (DeliveryEvent.objects.count(), SoftBounce.objects.count()) == (1, 1)


def test_nothing_personal_is_stored_or_logged(caplog):
    caplog.set_level(logging.DEBUG)
    sent_message()
    canary = "canary.person@example.org"
    for kind in (EventType.COMPLAINED, EventType.BOUNCED, EventType.DEFERRED, EventType.DELIVERED):
        report(kind, recipient=canary, description=f"{canary} refused", mta_response=f"<{canary}> 5.1.1")
    report(EventType.BOUNCED, recipient="not an address canary")

    assert "canary" not in caplog.text
    with connection.cursor() as cursor:
        for table in ("deliveryevent", "softbounce", "message", "suppression", "consentrecord"):
            cursor.execute(f"SELECT t::text FROM supporters_{table} t")  # noqa: S608
            assert not [row for (row,) in cursor.fetchall() if "canary" in row or canary.encode().hex() in row]
    event = AnymailTrackingEvent(event_type=EventType.DELIVERED, event_id="e", recipient=canary)
    assert "canary" not in repr(read_report(event, provider="Postal"))


def test_report_from_the_future_is_dated_now():
    message = sent_message()
    report(EventType.DELIVERED, at=timezone.now() + timedelta(days=400))

    assert delivery(message) == Delivery.DELIVERED
    assert message.delivery_at <= timezone.now()


# How bad each report is for the message, the address and the consent: what must be left when all is done.
WORST = {
    ReportKind.DELIVERED: (1, 0, False),
    ReportKind.DEFERRED: (0, 0, False),
    ReportKind.REFUSED: (2, 0, False),
    ReportKind.UNSUBSCRIBED: (1, 1, True),
    ReportKind.COMPLAINED: (3, 2, True),
    ReportKind.DEAD: (2, 3, False),
}
AS_EVENT = {
    ReportKind.DELIVERED: (EventType.DELIVERED, {}),
    ReportKind.DEFERRED: (EventType.DEFERRED, {}),
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
    supporter = agreed_once()
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


def agreed_once():
    """Ada, agreeing anew after whatever the example before left behind."""
    supporter = remember_supporter(address=ADA, name="Ada")
    text, _ = ConsentText.objects.get_or_create(purpose=Purpose.UPDATES, wording="Yes.", controller="Example Campaign")
    record_consent(
        supporter=supporter,
        text=text,
        choice=ConsentRecord.Choice.GIVEN,
        method="web form",
        page_id=None,
        asked_at=timezone.now(),
    )
    return supporter


def test_report_whose_own_id_is_no_text_is_taken_once():
    for _ in range(2):
        report(EventType.COMPLAINED, event_id="half a character: \ud800")

    assert reason() == Suppression.Reason.COMPLAINED
    assert DeliveryEvent.objects.count() == 1
