"""Addresses that must not be written to."""

from typing import Final

from django.db.models.functions import Now

from supporters.identity import email_key
from supporters.models import Suppression

Reason = Suppression.Reason
# The stronger one stays when an address is suppressed twice: it stops more, and is harder to lift.
STRENGTH: Final = (Reason.ASKED, Reason.COMPLAINED, Reason.BOUNCED, Reason.BLOCKED)
# Nobody lifts these but the person's own new act; a bounce or a block is lifted by an organiser.
LIFTED_BY_CONSENT: Final = (Reason.ASKED, Reason.COMPLAINED)


def suppress(key: bytes, reason: str) -> None:
    """Stop mail to the address that ``key`` is the e-mail key of; a stronger reason that is there already stays.

    What is said again counts from now: taking back a merge must not lift it.
    """
    row, is_new = Suppression.objects.get_or_create(email_key=key, defaults={"reason": reason})
    if is_new:
        return
    said, stands = STRENGTH.index(Reason(reason)), STRENGTH.index(Reason(row.reason))
    if said > stands:
        Suppression.objects.filter(pk=row.pk).update(reason=reason)
    elif said == stands:
        Suppression.objects.filter(pk=row.pk).update(created_at=Now())


def reason_for(address: str) -> str:
    """Why ``address`` must not be written to; empty when it may. Raises ValueError when it is no address."""
    return Suppression.objects.filter(email_key=email_key(address)).values_list("reason", flat=True).first() or ""


def stops(reason: str, *, is_requested: bool) -> bool:
    """Whether ``reason`` stops a mail. One the person's own act asks for is ``is_requested``, such as a confirmation.

    Somebody who asked us to stop writing can still sign something new, and see or erase what we hold.
    """
    return bool(reason) and not (is_requested and reason == Reason.ASKED)


def lift_by_consent(key: bytes) -> None:
    """The person has just agreed again, with their own hands: what their earlier no stopped may go on."""
    Suppression.objects.filter(email_key=key, reason__in=LIFTED_BY_CONSENT).delete()
