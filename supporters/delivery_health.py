"""How well mail is delivered, in numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Count, Min, Q
from django.utils import timezone

from supporters.models import Delivery, Message, MessageState, Suppression, WorkerHeartbeat
from supporters.suppression import paused_keys

# Gmail and Yahoo refuse mail above the second figure, and ask senders to stay below the first.
# https://support.google.com/a/answer/81126
COMPLAINTS_CARE: Final = 0.001
COMPLAINTS_LIMIT: Final = 0.003
# Amazon reviews a sender above the first and pauses one above the second; others are alike.
BOUNCES_CARE: Final = 0.05
BOUNCES_LIMIT: Final = 0.10
# Of a handful of mails, one is a quarter; that says nothing.
FEWEST: Final = 100


class Level(StrEnum):
    """Whether a rate is one to worry about."""

    FINE = "fine"
    CARE = "care"
    TOO_HIGH = "too_high"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Rate:
    """A share of the mails sent."""

    number: int
    of: int
    care: float
    limit: float

    @property
    def share(self) -> float:
        return self.number / self.of if self.of else 0.0

    @property
    def level(self) -> Level:
        if self.of < FEWEST:
            return Level.TOO_FEW
        if self.share >= self.limit:
            return Level.TOO_HIGH
        return Level.CARE if self.share >= self.care else Level.FINE

    @property
    def in_words(self) -> str:
        return f"{self.share:.2%}"


@dataclass(frozen=True)
class Window:
    """What became of the mails that left, or failed to, within some time."""

    label: str
    sent: int
    failed: int
    suppressed: int
    delivered: int
    bounced: int
    complained: int

    @property
    def bounces(self) -> Rate:
        return Rate(self.bounced, self.sent + self.failed, BOUNCES_CARE, BOUNCES_LIMIT)

    @property
    def complaints(self) -> Rate:
        return Rate(self.complained, self.sent, COMPLAINTS_CARE, COMPLAINTS_LIMIT)


@dataclass(frozen=True)
class Health:
    """Everything the page shows."""

    windows: list[Window]
    waiting: int
    oldest_at: datetime | None
    suppressions: list[tuple[str, int]]
    paused: int
    worker_at: datetime | None


WINDOWS: Final = {"day": ("Last 24 hours", timedelta(days=1)), "week": ("Last 7 days", timedelta(days=7))}


def delivery_health() -> Health:
    """Five queries, none of which looks at anybody."""
    now = timezone.now()
    figures = Message.objects.filter(settled_at__gt=now - WINDOWS["week"][1]).aggregate(
        **{
            f"{name}_{what}": Count("pk", filter=Q(settled_at__gt=now - length) & which)
            for name, (_, length) in WINDOWS.items()
            for what, which in _counted().items()
        }
    )
    queued = Message.objects.filter(state=MessageState.QUEUED).aggregate(number=Count("pk"), oldest=Min("created_at"))
    by_reason = dict(Suppression.objects.order_by().values_list("reason").annotate(number=Count("pk")))
    return Health(
        windows=[
            Window(label=label, **{what: figures[f"{name}_{what}"] for what in _counted()})
            for name, (label, _) in WINDOWS.items()
        ],
        waiting=queued["number"],
        oldest_at=queued["oldest"],
        suppressions=[(str(reason.label), by_reason.get(reason, 0)) for reason in Suppression.Reason],
        paused=paused_keys().count(),
        worker_at=WorkerHeartbeat.objects.filter(name="mail").values_list("beat_at", flat=True).first(),
    )


def _counted() -> dict[str, Q]:
    return {
        "sent": Q(state=MessageState.SENT),
        "failed": Q(state=MessageState.FAILED),
        "suppressed": Q(state=MessageState.SUPPRESSED),
        "delivered": Q(delivery=Delivery.DELIVERED),
        "bounced": Q(delivery=Delivery.BOUNCED),
        "complained": Q(delivery=Delivery.COMPLAINED),
    }
