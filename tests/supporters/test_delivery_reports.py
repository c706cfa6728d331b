"""Reports of a mail provider: late, twice, in any order, about anybody."""

import logging
from datetime import timedelta

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import connection
from django.utils import timezone

from supporters.delivery.reports import read_report
from supporters.identity import email_key
from supporters.models import (
    Delivery,
    DeliveryEvent,
    MailingRecipient,
    Message,
    Purpose,
    SoftBounce,
    Suppression,
)
from supporters.services.reports import forget_reports
from supporters.suppression import paused_keys
from tests.supporters.delivery_reports import ADA, GONE, NOON, agreed, delivery, reason, report, sent_message, standing

pytestmark = pytest.mark.django_db


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
