"""Taking a merge back: two people after all."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from supporters.action_kinds import ActionKind, action_kinds
from supporters.audit import record_audit
from supporters.merge_journal import TIMES, Journal, can_be_undone, read_journal, read_moment
from supporters.models import Action, ConsentRecord, ConsentText, CurrentConsent, MailingRecipient, Merge, Supporter
from supporters.services.merging.suppressions import (
    asked_to_stop_since,
    share_refusals,
    share_refusals_of_merged,
    take_back_refusal,
)
from supporters.services.merging.uniting import MERGED, MergeRefused, lock_pair
from supporters.services.people import write_details

Choice = ConsentRecord.Choice

PARTED = "merge undone"
"""The method of a consent record that undoing added: a no said while two records were one, which stands for both."""


class UndoRefused(Exception):
    """This merge cannot be taken back; the text says why, for the organiser."""


@transaction.atomic
def undo_merge(*, merge: Merge, by: AbstractBaseUser) -> None:
    """Take ``merge`` back within 30 days: exactly what was moved and is still there goes back.

    What the lost address has done since goes with it, and the consents that came with that. A no said while
    the records were one stands for both of them. Details return to what they were, but for those changed
    since. Raises UndoRefused.
    """
    try:
        lost, kept = lock_pair(merge.lost, merge.kept)
    except MergeRefused as refusal:
        raise UndoRefused(str(refusal)) from None
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if not can_be_undone(merge):
        raise UndoRefused("This merge was undone already, or is final after 30 days.")
    if kept.merged_into_id is not None:
        raise UndoRefused("The record has since been merged into another one. Undo that merge first.")
    journal = read_journal(merge)
    refusals = _refusals_since(kept, merge.created_at)
    asked_to_stop_at = asked_to_stop_since([kept, lost], merge.created_at)
    _restore_lost(lost, journal)
    acted = _move_back(kept, lost, journal)
    _part_ledgers(kept, lost, journal, acted=acted, since=merge.created_at)
    _let_refusals_stand(lost, refusals, by=by)
    if asked_to_stop_at:
        _end_every_yes([kept, lost], asked_to_stop_at, by=by)
    if refusals or asked_to_stop_at:
        share_refusals(kept, lost)
    else:
        for side, supporter in (("kept", kept), ("lost", lost)):
            before, after = journal.suppressions[side]
            take_back_refusal(supporter, before=before, after=after, since=merge.created_at)
    Supporter.objects.filter(pk__in=journal.merged_records, merged_into=kept).update(merged_into=lost)
    share_refusals_of_merged(kept)
    share_refusals_of_merged(lost)
    _restore_kept(kept, journal)
    merge.undone_at, merge.journal = timezone.now(), ""
    merge.save()
    record_audit(actor=by, action="undo_merge", subject=f"{lost} out of {kept}", count=2)


def _refusals_since(kept: Supporter, since: datetime) -> dict[str, ConsentRecord]:
    """The last no for each purpose that was said after the merge, by the person or to an organiser."""
    records = (
        kept.consents.filter(created_at__gte=since, choice=Choice.WITHDRAWN)
        .exclude(method=MERGED)
        .select_related("text")
        .order_by("asked_at", "pk")
    )
    return {record.text.purpose: record for record in records}


def _restore_lost(lost: Supporter, journal: Journal) -> None:
    before = journal.lost_before
    write_details(
        lost,
        address=before["email"],
        name=before["name"],
        phone=before["phone"],
        postcode=before["postcode"],
        country=before["country"],
    )
    lost.constituency_code = before["constituency_code"] or ""
    lost.source, lost.language = before["source"] or "", before["language"] or lost.language
    lost.last_act_at = read_moment(before["last_act_at"]) or lost.last_act_at
    lost.last_contacted_at = read_moment(before["last_contacted_at"])
    lost.merged_into = None
    lost.save()


def _move_back(kept: Supporter, lost: Supporter, journal: Journal) -> list[tuple[ActionKind, Action]]:
    """Give back what was moved and what the lost address did since; the latter."""
    since = []
    for kind in action_kinds():
        rows = kind.model._base_manager.filter(supporter=kept)
        moved = journal.actions.get(kind.name, [])
        of_address = kind.of_address(lost.email).values("pk")
        since += [(kind, action) for action in rows.filter(pk__in=of_address).exclude(pk__in=moved)]
        rows.filter(Q(pk__in=moved) | Q(pk__in=of_address)).update(supporter=lost)
    MailingRecipient.objects.filter(pk__in=journal.recipients, supporter=kept).update(supporter=lost)
    latest = max((action.confirmed_at for _, action in since if action.confirmed_at), default=None)
    if latest and latest > lost.last_act_at:
        lost.last_act_at = latest
        lost.save(update_fields=["last_act_at", "updated_at"])
    return since


def _part_ledgers(
    kept: Supporter, lost: Supporter, journal: Journal, *, acted: list[tuple[ActionKind, Action]], since: datetime
) -> None:
    theirs = Q(pk__in=journal.consents)
    for kind, action in acted:
        # The box on the form of that very action, ticked in the same moment.
        page = {"page": getattr(action, f"{kind.page_field}_id"), "asked_at": action.created_at}
        theirs |= Q(**page, created_at__gte=since, actor=None)
    with pgtrigger.ignore("supporters.ConsentRecord:append_only"):
        kept.consents.filter(pk__in=journal.added_consents).delete()
        kept.consents.filter(theirs).update(supporter=lost)


def _let_refusals_stand(lost: Supporter, refusals: dict[str, ConsentRecord], *, by: AbstractBaseUser) -> None:
    for purpose, refusal in refusals.items():
        given = CurrentConsent.objects.filter(supporter=lost, purpose=purpose, choice=Choice.GIVEN)
        if given.filter(asked_at__lte=refusal.asked_at).exists():
            _add_no(lost, refusal.text, at=refusal.asked_at, by=by)


def _end_every_yes(records: list[Supporter], asked_to_stop_at: datetime, *, by: AbstractBaseUser) -> None:
    """Somebody asked us to stop while the ledger held a no already, made by a merge that is now gone."""
    given = CurrentConsent.objects.filter(
        supporter__in=records, choice=Choice.GIVEN, asked_at__lte=asked_to_stop_at
    ).select_related("supporter", "record__text")
    for answer in list(given):
        _add_no(answer.supporter, answer.record.text, at=asked_to_stop_at, by=by)


def _add_no(supporter: Supporter, text: ConsentText, *, at: datetime, by: AbstractBaseUser) -> None:
    ConsentRecord.objects.create(
        supporter=supporter, text=text, choice=Choice.WITHDRAWN, method=PARTED, actor_id=by.pk, asked_at=at
    )


def _restore_kept(kept: Supporter, journal: Journal) -> None:
    """Give back each detail that the merge changed and nobody has changed since."""
    before, after = _opened(journal.kept_before), _opened(journal.kept_after)
    returned = {
        name: value for name, value in before.items() if after[name] != value and getattr(kept, name) == after[name]
    }
    written = {name: returned.pop(name) for name in ("name", "phone", "postcode", "country") if name in returned}
    constituency = kept.constituency_code
    write_details(kept, **written)
    # Not cleared by the postcode that returns: it has its own line in the journal.
    kept.constituency_code = constituency
    for name, value in returned.items():
        setattr(kept, name, value)
    kept.save()


def _opened(details: dict[str, str | None]) -> dict[str, Any]:
    return {name: read_moment(value) if name in TIMES else value for name, value in details.items()}
