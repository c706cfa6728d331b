"""What a mail provider's report comes to, in our own words."""

from enum import StrEnum


class ReportKind(StrEnum):
    """What a report comes to for us."""

    DELIVERED = "delivered"
    DEFERRED = "deferred"
    """For now; the provider goes on trying."""
    SOFT_BOUNCED = "soft_bounced"
    """For now; and the provider has given up, for example at a full mailbox."""
    REFUSED = "refused"
    """For good, but for a reason that is not the address itself, such as the size of the mail or our name."""
    DEAD = "dead"
    UNSUBSCRIBED = "unsubscribed"
    COMPLAINED = "complained"
