"""What follows from a mail provider's report: a message is marked, an address is left alone, a consent ends."""

import hashlib
import logging
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from anymail.signals import AnymailTrackingEvent, tracking
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from supporters.delivery.reports import Report, read_report
from supporters.identity import email_key
from supporters.mails import follower_of
from supporters.models import (
    ConsentRecord,
    CurrentConsent,
    Delivery,
    DeliveryEvent,
    MailingRecipient,
    Message,
    SoftBounce,
    Supporter,
)
from supporters.report_kinds import ReportKind
from supporters.retention import retention_rule
from supporters.services.consent import change_consent
from supporters.suppression import Reason, suppress

logger = logging.getLogger("parasol.delivery")

# A delivery only ever gets worse: reports come late, twice, and in any order.
SEVERITY: Final = (Delivery.UNKNOWN, Delivery.DELIVERED, Delivery.BOUNCED, Delivery.COMPLAINED)
DELIVERY: Final = {
    ReportKind.DELIVERED: Delivery.DELIVERED,
    ReportKind.REFUSED: Delivery.BOUNCED,
    ReportKind.DEAD: Delivery.BOUNCED,
    ReportKind.UNSUBSCRIBED: Delivery.DELIVERED,
    ReportKind.COMPLAINED: Delivery.COMPLAINED,
}
SUPPRESSED_FOR: Final = {
    ReportKind.DEAD: Reason.BOUNCED,
    ReportKind.UNSUBSCRIBED: Reason.ASKED,
    ReportKind.COMPLAINED: Reason.COMPLAINED,
}
WITHDRAWN_BY: Final = {
    ReportKind.UNSUBSCRIBED: "unsubscribed at the mail provider",
    ReportKind.COMPLAINED: "marked as spam",
}
FOR_NOW: Final = (ReportKind.DEFERRED, ReportKind.SOFT_BOUNCED, ReportKind.REFUSED)
# A provider tries again for days, not for weeks; a soft bounce counts for two weeks.
KEEP_REPORTS: Final = timedelta(days=30)


def connect() -> None:
    """Have every report that django-anymail takes in come here."""
    tracking.connect(_receive, dispatch_uid="supporters.reports")


def _receive(event: AnymailTrackingEvent, esp_name: str, **_about: Any) -> None:
    report = read_report(event, provider=esp_name)
    if report is not None:
        take_report(report)


@transaction.atomic
def take_report(report: Report) -> bool:
    """Act on one report, once however often it arrives and whatever arrived before it; False for a second copy.

    All or nothing: if anything fails here the provider is told so, and sends the report again.
    """
    # Of two copies at once the second waits here for the first, and then finds it.
    _, is_new = DeliveryEvent.objects.get_or_create(event_key=report.key, defaults={"kind": report.kind})
    if not is_new:
        return False
    message = _message_of(report)
    if message is not None and report.kind in DELIVERY:
        _mark(message, report)
    follower = follower_of(message.kind) if message is not None else None
    if message is not None and follower is not None:
        # Whoever it went to is no supporter, and nothing follows from it for one of the same address.
        follower(message, report.kind)
        return True
    key = _key_of(report, message)
    if key is None:
        logger.warning("A report (%s) names no address and no mail that is known here.", report.kind)
        return True
    if report.kind in FOR_NOW:
        _count_soft_bounce(key, report, message)
    # The person before the suppression, as whoever unsubscribes locks them: a mail program does both at once.
    if report.kind in WITHDRAWN_BY:
        _withdraw_everything(key, method=WITHDRAWN_BY[report.kind])
    if report.kind in SUPPRESSED_FOR:
        suppress(key, SUPPRESSED_FOR[report.kind])
    return True


def _message_of(report: Report) -> Message | None:
    """The message, locked, that ``report`` is about: by its own key, else by what the provider calls it."""
    ways = [Q(pk=report.message_id)] if report.message_id else []
    ways += [Q(provider_id=report.provider_id)] if report.provider_id else []
    for way in ways:
        message = Message.objects.select_for_update().filter(way).order_by("created_at").first()
        if message is not None:
            return message
    return None


def _mark(message: Message, report: Report) -> None:
    new = DELIVERY[report.kind]
    was_worse = SEVERITY.index(Delivery(message.delivery)) - SEVERITY.index(new)
    # Of two reports that say the same, when it first happened.
    is_earlier = message.delivery_at is None or report.happened_at < message.delivery_at
    if was_worse < 0 or (was_worse == 0 and is_earlier):
        Message.objects.filter(pk=message.pk).update(delivery=new, delivery_at=report.happened_at)


def _key_of(report: Report, message: Message | None) -> bytes | None:
    """The e-mail key of whom ``report`` is about; None when nothing in it leads to anybody."""
    try:
        return email_key(report.recipient)
    except ValueError:
        return _mailing_key(message.subject_id) if message is not None else None


def _mailing_key(subject_id: UUID) -> bytes | None:
    """A message that was sent no longer knows its address; the person a mailing went to is known all the same."""
    recipient = MailingRecipient.objects.filter(pk=subject_id).select_related("supporter").first()
    return bytes(recipient.supporter.email_key) if recipient else None


def _count_soft_bounce(key: bytes, report: Report, message: Message | None) -> None:
    known_by = str(message.pk) if message else report.provider_id or report.key.hex()
    bounce, is_new = SoftBounce.objects.select_for_update().get_or_create(
        email_key=key,
        mail_key=hashlib.sha256(known_by.encode()).digest(),
        defaults={"happened_at": report.happened_at},
    )
    if not is_new and report.happened_at > bounce.happened_at:
        SoftBounce.objects.filter(pk=bounce.pk).update(happened_at=report.happened_at)


def _withdraw_everything(key: bytes, *, method: str) -> None:
    """End every consent of the person at this address, for them: it is as good as their own word."""
    supporter = Supporter.objects.filter(email_key=key).first()
    if supporter is None:
        return
    given = CurrentConsent.objects.filter(
        supporter_id=supporter.merged_into_id or supporter.pk, choice=ConsentRecord.Choice.GIVEN
    )
    for purpose in list(given.values_list("purpose", flat=True)):
        change_consent(supporter=supporter, purpose=purpose, choice=ConsentRecord.Choice.WITHDRAWN, method=method)


@retention_rule(
    "supporters.delivery_reports",
    what=gettext_noop("What mail providers report about our mails"),
    fields=("supporters.SoftBounce.email_key", "supporters.DeliveryEvent.event_key"),
    until=gettext_noop("30 days after a mail provider reported something"),
)
def forget_reports() -> int:
    """Forget which reports were dealt with and which mails were not taken for now; how many rows."""
    events, _ = DeliveryEvent.objects.filter(received_at__lt=Now() - KEEP_REPORTS).delete()
    bounces, _ = SoftBounce.objects.filter(happened_at__lt=Now() - KEEP_REPORTS).delete()
    return events + bounces
