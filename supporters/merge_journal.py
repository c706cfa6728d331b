"""What a merge moved and changed, kept for as long as it can be taken back."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from supporters.models import Merge, Supporter
from supporters.retention import retention_rule

UNDO_FOR: Final = timedelta(days=30)
"""From then on a merge is final, and nothing is left of what the lost record said."""

DETAILS: Final = ("name", "phone", "postcode", "country", "constituency_code", "language")
TIMES: Final = ("last_act_at", "last_contacted_at")


@dataclass(kw_only=True)
class Journal:
    """One merge, item by item. Ids are texts; ``suppressions`` are pairs of reasons, before and after, by side."""

    kept_before: dict[str, str | None] = field(default_factory=dict)
    kept_after: dict[str, str | None] = field(default_factory=dict)
    lost_before: dict[str, str | None] = field(default_factory=dict)
    actions: dict[str, list[str]] = field(default_factory=dict)
    consents: list[int] = field(default_factory=list)
    added_consents: list[int] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    merged_records: list[str] = field(default_factory=list)
    suppressions: dict[str, tuple[str, str]] = field(default_factory=dict)

    def dump(self) -> str:
        """The text that `read_journal` reads."""
        return json.dumps(asdict(self))


def read_journal(merge: Merge) -> Journal:
    """What ``merge`` did; raises ValueError once that is forgotten."""
    if not merge.journal:
        raise ValueError("Nothing is left of what this merge did.")
    return Journal(**json.loads(merge.journal))


def written_details(supporter: Supporter, *, with_address: bool = False) -> dict[str, str | None]:
    """What ``supporter`` says, as a journal keeps it; ``with_address`` also what only the lost record gives up."""
    fields = (*DETAILS, "email", "source") if with_address else DETAILS
    details: dict[str, str | None] = {name: getattr(supporter, name) for name in fields}
    for name in TIMES:
        moment: datetime | None = getattr(supporter, name)
        details[name] = moment.isoformat() if moment else None
    return details


def read_moment(text: str | None) -> datetime | None:
    """A time as `written_details` writes it."""
    return datetime.fromisoformat(text) if text else None


def can_be_undone(merge: Merge) -> bool:
    """Whether there is still time, and anything to go by."""
    return merge.undone_at is None and bool(merge.journal) and merge.created_at > timezone.now() - UNDO_FOR


@retention_rule(
    "supporters.merge_journals",
    what=_("What was moved when two records of one person were made one"),
    fields=("supporters.Merge.journal",),
    until=_("30 days after two records were made one"),
)
def forget_merge_journals() -> int:
    """Wipe what merges of long ago moved: from now on they are final."""
    wiped: dict[str, Any] = {"journal": None}
    return Merge.objects.filter(created_at__lte=timezone.now() - UNDO_FOR, journal__isnull=False).update(**wiped)
