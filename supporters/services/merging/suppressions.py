"""What a person refused follows them to every address of theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import Max

from supporters.models import Supporter, Suppression
from supporters.suppression import LIFTED_BY_CONSENT, STRENGTH, Reason, suppress

# A bounce says something about a mailbox and nothing about the person: their other addresses still work.
CHOICES: Final = (Reason.ASKED, Reason.COMPLAINED, Reason.BLOCKED)


def reason_of(supporter: Supporter) -> str:
    """Why the address of ``supporter`` must not be written to, or the empty text."""
    reason = Suppression.objects.filter(email_key=bytes(supporter.email_key)).values_list("reason", flat=True).first()
    return reason or ""


def share_refusals(kept: Supporter, lost: Supporter) -> dict[str, tuple[str, str]]:
    """Let the stronger refusal of the two stand for both addresses; reasons before and after, by side."""
    sides = {"kept": kept, "lost": lost}
    before = {side: reason_of(supporter) for side, supporter in sides.items()}
    refusals = [Reason(reason) for reason in before.values() if reason in CHOICES]
    if refusals:
        strongest = max(refusals, key=STRENGTH.index)
        for side, supporter in sides.items():
            if _is_weaker(before[side], strongest):
                suppress(bytes(supporter.email_key), strongest)
    return {side: (before[side], reason_of(supporter)) for side, supporter in sides.items()}


def asked_to_stop_since(records: Sequence[Supporter], since: datetime) -> datetime | None:
    """When one of these addresses last asked us to stop, if that was after ``since``; a merge itself does not count."""
    keys = [bytes(record.email_key) for record in records]
    asked = Suppression.objects.filter(email_key__in=keys, reason__in=LIFTED_BY_CONSENT, created_at__gt=since)
    return asked.aggregate(last=Max("created_at"))["last"]


def take_back_refusal(supporter: Supporter, *, before: str, after: str, since: datetime) -> None:
    """Undo what `share_refusals` did to one side at ``since``, unless it was said again to that very address."""
    row = Suppression.objects.filter(email_key=bytes(supporter.email_key), reason=after, created_at__lte=since)
    if before == after:
        return
    if before:
        row.update(reason=before)
    else:
        row.delete()


def share_refusals_of_merged(kept: Supporter) -> None:
    """Whatever the records still merged into ``kept`` refused goes on standing for it."""
    for record in kept.merged_records.all():
        if (reason := reason_of(record)) in CHOICES and _is_weaker(reason_of(kept), reason):
            suppress(bytes(kept.email_key), reason)


def _is_weaker(reason: str, other: str) -> bool:
    return not reason or STRENGTH.index(Reason(reason)) < STRENGTH.index(Reason(other))
