"""Everything that is known to have happened between a person and us, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from supporters.action_kinds import action_kinds
from supporters.models import ActionState, ConsentRecord, ImportChange, MailingRecipient, Merge, Purpose, Supporter


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, in words that hold nothing personal.

    ``kind`` is the name of a kind of action, or ``consent``, ``mailing``, ``merge``, ``import`` or ``arrival``;
    ``detail`` says how it stands or how it was done.
    """

    at: datetime
    kind: str
    what: str
    where: str = ""
    detail: str = ""
    page_id: int | None = None


def timeline_of(supporter: Supporter) -> list[TimelineEntry]:
    """What ``supporter`` did, answered and was sent, and what organisers did to their record.

    Records merged into theirs are part of it. One query for each kind of thing, however much there is.
    """
    records = [supporter.pk, *supporter.merged_records.values_list("pk", flat=True)]
    entries = [
        TimelineEntry(at=supporter.created_at, kind="arrival", what="First came", detail=supporter.source),
        *_actions(supporter),
        *_consents(supporter),
        *_mailings(records),
        *_merges(records),
        *_imports(records),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _actions(supporter: Supporter) -> Iterator[TimelineEntry]:
    for kind in action_kinds():
        actions = kind.model._base_manager.filter(supporter=supporter).select_related(kind.page_field)
        for action in actions:
            page = getattr(action, kind.page_field)
            yield TimelineEntry(
                at=action.created_at,
                kind=kind.name,
                what=kind.label,
                where=page.title,
                detail=str(ActionState(action.state).label),
                page_id=page.pk,
            )


def _consents(supporter: Supporter) -> Iterator[TimelineEntry]:
    for record in supporter.consents.select_related("text", "page"):
        verb = "Said yes to" if record.choice == ConsentRecord.Choice.GIVEN else "Said no to"
        yield TimelineEntry(
            at=record.asked_at,
            kind="consent",
            what=f"{verb}: {Purpose(record.text.purpose).label}",
            where=record.page.title if record.page else "",
            detail=record.method,
            page_id=record.page_id if record.page else None,
        )


def _mailings(records: list) -> Iterator[TimelineEntry]:
    for recipient in MailingRecipient.objects.filter(supporter__in=records).select_related("mailing"):
        yield TimelineEntry(
            at=recipient.created_at, kind="mailing", what="Was sent a mailing", where=recipient.mailing.subject
        )


def _merges(records: list) -> Iterator[TimelineEntry]:
    for merge in (
        Merge.objects.filter(Q(kept__in=records) | Q(lost__in=records)).select_related("merged_by").defer("journal")
    ):
        by = f"by {merge.merged_by}" if merge.merged_by else ""
        yield TimelineEntry(at=merge.created_at, kind="merge", what="Two records were made one", detail=by)
        if merge.undone_at:
            yield TimelineEntry(at=merge.undone_at, kind="merge", what="The two were taken apart again")


def _imports(records: list) -> Iterator[TimelineEntry]:
    changes = ImportChange.objects.filter(supporter__in=records).select_related("job").defer("before", "after")
    for change in changes:
        yield TimelineEntry(
            at=change.job.applied_at or change.job.created_at,
            kind="import",
            what="Came with an import" if change.is_new else "Was brought up to date by an import",
            where=change.job.purpose,
            detail=change.job.get_state_display(),
        )
