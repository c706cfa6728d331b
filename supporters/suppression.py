"""Addresses that must not be written to."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now

from supporters.identity import email_key
from supporters.models import SoftBounce, Suppression

Reason = Suppression.Reason
# The stronger one stays when an address is suppressed twice: it stops more, and is harder to lift.
STRENGTH: Final = (Reason.ASKED, Reason.COMPLAINED, Reason.BOUNCED, Reason.BLOCKED)
# Nobody lifts these but the person's own new act; a bounce or a block is lifted by an organiser.
LIFTED_BY_CONSENT: Final = (Reason.ASKED, Reason.COMPLAINED)
# A mailbox that is full, or a server that is away, so many times in so long, is left alone for a while.
SOFT_BOUNCES: Final = 3
SOFT_BOUNCE_WINDOW: Final = timedelta(days=14)


def suppress(key: bytes, reason: str) -> None:
    """Stop mail to the address that ``key`` is the e-mail key of; a stronger reason that is there already stays.

    What is said again counts from now, under whichever reason: neither taking back a merge or an import, nor
    a box that was ticked before, must lift it.
    """
    row, is_new = Suppression.objects.get_or_create(email_key=key, defaults={"reason": reason})
    if is_new:
        return
    stronger = max(Reason(reason), Reason(row.reason), key=STRENGTH.index)
    Suppression.objects.filter(pk=row.pk).update(reason=stronger, created_at=Now())


def reason_for(address: str) -> str:
    """Why ``address`` must not be written to; empty when it may. Raises ValueError when it is no address."""
    return Suppression.objects.filter(email_key=email_key(address)).values_list("reason", flat=True).first() or ""


def stops(reason: str, *, is_requested: bool, after_complaint: bool = False) -> bool:
    """Whether ``reason`` stops a mail. One the person's own act asks for is ``is_requested``, such as a confirmation.

    Somebody who asked us to stop writing can still sign something new, and see or erase what we hold; for that
    last, a mail with ``after_complaint``, a complaint is no bar either.
    """
    passes = {Reason.ASKED: is_requested, Reason.COMPLAINED: is_requested and after_complaint}
    return bool(reason) and not passes.get(Reason(reason), False)


def lift_by_consent(key: bytes, *, asked_at: datetime | None = None) -> None:
    """The person agreed, with their own hands: what their earlier no stopped may go on.

    ``asked_at`` is when they ticked the box, if that was not just now: a no said since then stands.
    """
    said_before = Q(created_at__lte=asked_at) if asked_at else Q()
    Suppression.objects.filter(said_before, email_key=key, reason__in=LIFTED_BY_CONSENT).delete()


def paused_keys() -> QuerySet[Any, Any]:
    """E-mail keys that get no mailing for now: of their mails of late too many were not taken.

    Ends by itself; what a person's own act asks for is sent all the same.
    """
    lately = SoftBounce.objects.filter(happened_at__gt=Now() - SOFT_BOUNCE_WINDOW)
    return (
        lately.values("email_key")
        .annotate(mails=Count("pk"))
        .filter(mails__gte=SOFT_BOUNCES)
        .values_list("email_key", flat=True)
    )
