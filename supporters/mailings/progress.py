"""How far a mailing has come, in numbers and never in names."""

from dataclasses import dataclass

from django.db.models import Count, Q

from supporters.mailings.mail import MAILING
from supporters.models import Delivery, Mailing, Message, MessageState


@dataclass(frozen=True)
class Progress:
    """Of ``addressed`` people: how many are still to have their turn, and what became of the mails of the others.

    What became of them is known for a week; then the outbox forgets.
    """

    addressed: int
    still_to_come: int
    waiting: int
    sent: int
    not_sent: int
    bounced: int
    complained: int


def progress_of(mailing: Mailing) -> Progress:
    """Two queries, whatever the size."""
    mails = Message.objects.filter(kind=MAILING, subject_id__in=mailing.recipients.values("pk")).aggregate(
        waiting=Count("pk", filter=Q(state=MessageState.QUEUED)),
        sent=Count("pk", filter=Q(state=MessageState.SENT)),
        not_sent=Count("pk", filter=~Q(state__in=[MessageState.QUEUED, MessageState.SENT])),
        bounced=Count("pk", filter=Q(delivery=Delivery.BOUNCED)),
        complained=Count("pk", filter=Q(delivery=Delivery.COMPLAINED)),
    )
    still_to_come = mailing.recipients.filter(queued_at__isnull=True).count()
    return Progress(addressed=mailing.addressed, still_to_come=still_to_come, **mails)
