"""What a mail provider reports about a mail after it was handed over, in our own words.

django-anymail has read the report and checked that it is the provider's own; here it becomes a Report,
from which nothing personal goes any further. What it leads to is supporters.services.reports.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.http import QueryDict
from django.utils import timezone

from supporters.delivery.mail_errors import DEAD, enhanced_code
from supporters.mails import MESSAGE_IN_REPORTS
from supporters.report_kinds import ReportKind

OUR_MESSAGE_ID: Final = re.compile(r"<?([0-9a-f]{32})@")
# What providers call a refusal that may not last, and anymail a bounce: Postmark, Brevo, MailerSend, SparkPost.
SAID_FOR_NOW: Final = frozenset(
    {("Type", "SoftBounce"), ("event", "soft_bounce"), ("type", "activity.soft_bounced")}
    | {("bounce_class", number) for number in ("20", "21", "22", "23", "24", "40", "70")}
)


@dataclass(frozen=True)
class Report:
    """One report. ``key`` tells it from every other; the ways to find its message and its person may be empty."""

    kind: ReportKind
    key: bytes
    happened_at: datetime
    message_id: UUID | None = None
    provider_id: str = ""
    recipient: str = field(default="", repr=False)


def read_report(event: AnymailTrackingEvent, *, provider: str) -> Report | None:
    """``event`` in our words; None for what we neither ask for nor keep, such as that a mail was opened."""
    kind = _kind(event)
    if kind is None:
        return None
    provider_id = str(event.message_id or "")
    return Report(
        kind=kind,
        key=_key(event, provider),
        happened_at=min(event.timestamp or timezone.now(), timezone.now()),
        message_id=_message_id(event, provider_id),
        provider_id=provider_id,
        recipient=event.recipient or "",
    )


def _kind(event: AnymailTrackingEvent) -> ReportKind | None:
    plain = {
        EventType.DELIVERED: ReportKind.DELIVERED,
        EventType.DEFERRED: ReportKind.DEFERRED,
        EventType.UNSUBSCRIBED: ReportKind.UNSUBSCRIBED,
        EventType.COMPLAINED: ReportKind.COMPLAINED,
    }
    if event.event_type in {EventType.BOUNCED, EventType.FAILED, EventType.REJECTED}:
        return _refusal(event)
    return plain.get(event.event_type)


def _refusal(event: AnymailTrackingEvent) -> ReportKind:
    """Why a mail was refused for good. The server's own code is believed before the provider's summary of it."""
    if event.event_type == EventType.REJECTED:
        # The provider did not even try, because of what an earlier mail met with.
        if event.reject_reason == RejectReason.SPAM:
            return ReportKind.COMPLAINED
        if event.reject_reason == RejectReason.UNSUBSCRIBED:
            return ReportKind.UNSUBSCRIBED
    code = enhanced_code(event.mta_response or "") or enhanced_code(event.description or "")
    if code:
        return ReportKind.DEAD if code in DEAD else ReportKind.REFUSED
    if any(said in SAID_FOR_NOW for said in _all_said(event.esp_event)):
        return ReportKind.SOFT_BOUNCED
    is_dead = event.reject_reason in {RejectReason.INVALID, RejectReason.BOUNCED}
    return ReportKind.DEAD if is_dead else ReportKind.REFUSED


def _all_said(raw: Any) -> Iterator[tuple[str, str]]:
    """Every name and its plain value in a raw report, however deep."""
    for name, value in raw.items() if isinstance(raw, dict) else ():
        yield name, str(value)
        yield from _all_said(value)


def _message_id(event: AnymailTrackingEvent, provider_id: str) -> UUID | None:
    """The key of our message: what we gave the provider to hand back, else out of our own Message-ID."""
    try:
        return UUID((event.metadata or {})[MESSAGE_IN_REPORTS])
    except (KeyError, ValueError, TypeError, AttributeError):
        match = OUR_MESSAGE_ID.match(provider_id)
        return UUID(match.group(1)) if match else None


def _key(event: AnymailTrackingEvent, provider: str) -> bytes:
    """SHA-256 of the report's own id, or of all it says when the provider gives it none."""
    if event.event_id:
        # Some providers number mails rather than reports.
        known_by = f"{event.event_id}|{event.event_type}"
    else:
        raw: Any = event.esp_event
        known_by = json.dumps(dict(raw.lists()) if isinstance(raw, QueryDict) else raw, sort_keys=True, default=str)
    # JSON may carry half a character, which is no text: a report that always failed would come again for days.
    return hashlib.sha256(f"{provider}|{known_by}".encode(errors="surrogatepass")).digest()
