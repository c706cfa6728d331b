"""Making two records one, because a person decided that they are."""

from collections.abc import Mapping
from typing import Final

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from supporters.action_kinds import action_kinds
from supporters.audit import record_audit
from supporters.merge_journal import Journal, written_details
from supporters.models import ConsentRecord, CurrentConsent, DuplicateSuggestion, MailingRecipient, Merge, Supporter
from supporters.services.merging.suppressions import share_refusals
from supporters.services.people import write_details

Choice = ConsentRecord.Choice

MERGED: Final = "merge"
"""The method of a consent record that a merge added: the no of one side, which stands for both."""

CHOOSABLE: Final = ("name", "phone", "postcode", "country", "language")
"""Details that may be taken from the lost record. Not the address: that is who the kept record is."""


class MergeRefused(Exception):
    """These two cannot be made one; the text says why, for the organiser."""


@transaction.atomic
def merge_supporters(*, kept: Supporter, lost: Supporter, choices: Mapping[str, str], by: AbstractBaseUser) -> Merge:
    """Make ``lost`` part of ``kept``, for good after 30 days; ``by`` is the organiser who decided it.

    Everything ``lost`` did, agreed to and was sent becomes ``kept``'s, and both ledgers stay whole. Wherever
    one of the two said no, both say no from now on, and a refusal of either address stands for both. Details
    stay as ``kept`` has them, blanks too, but for those of CHOOSABLE that ``choices`` says ``"lost"`` to.
    ``lost`` stays as an empty signpost, so that its address leads here. Raises MergeRefused.
    """
    if kept.pk == lost.pk:
        raise MergeRefused("Choose two different records.")
    pair = {record.pk: record for record in lock_pair(*sorted([kept, lost], key=lambda record: record.pk))}
    kept, lost = pair[kept.pk], pair[lost.pk]
    if kept.merged_into_id or lost.merged_into_id:
        raise MergeRefused("One of these records is part of another one already.")
    journal = Journal(kept_before=written_details(kept), lost_before=written_details(lost, with_address=True))
    _move_what_was_done(kept, lost, journal)
    _unite_ledgers(kept, lost, journal, by=by)
    journal.suppressions = share_refusals(kept, lost)
    _unite_details(kept, lost, choices)
    journal.kept_after = written_details(kept)
    journal.merged_records = [str(pk) for pk in lost.merged_records.values_list("pk", flat=True)]
    lost.merged_records.update(merged_into=kept)
    _empty(lost, into=kept)
    DuplicateSuggestion.objects.filter(Q(first=lost) | Q(second=lost)).delete()
    merge = Merge.objects.create(kept=kept, lost=lost, merged_by_id=by.pk, journal=journal.dump())
    record_audit(actor=by, action="merge_supporters", subject=f"{lost} into {kept}", count=2)
    return merge


def lock_pair(first: Supporter, second: Supporter) -> tuple[Supporter, Supporter]:
    """Both records as they are now, locked one after the other; raises MergeRefused when one of them is gone.

    What they did is locked before them, as confirming, withdrawing and erasing do it. Two that are to be made
    one come in the order of their ids; two that are one with the signpost first, which is how everybody who
    follows it locks them. So nobody ever waits in a ring.
    """
    for kind in action_kinds():
        rows = kind.model._base_manager.filter(supporter__in=[first.pk, second.pk]).select_for_update(of=("self",))
        list(rows.order_by("pk").values_list("pk", flat=True))
    locked = Supporter.objects.select_for_update()
    pair = locked.filter(pk=first.pk).first(), locked.filter(pk=second.pk).first()
    if pair[0] is None or pair[1] is None:
        raise MergeRefused("One of these records is gone: that person was erased.")
    return pair[0], pair[1]


def _move_what_was_done(kept: Supporter, lost: Supporter, journal: Journal) -> None:
    for kind in action_kinds():
        rows = kind.model._base_manager.filter(supporter=lost)
        if ids := list(rows.values_list("pk", flat=True)):
            journal.actions[kind.name] = [str(pk) for pk in ids]
            rows.update(supporter=kept)
    # A mailing that both of them got stays where it is: it is the same one.
    had = MailingRecipient.objects.filter(supporter=kept).values("mailing")
    recipients = MailingRecipient.objects.filter(supporter=lost).exclude(mailing__in=had)
    journal.recipients = [str(pk) for pk in recipients.values_list("pk", flat=True)]
    MailingRecipient.objects.filter(pk__in=journal.recipients).update(supporter=kept)


def _unite_ledgers(kept: Supporter, lost: Supporter, journal: Journal, *, by: AbstractBaseUser) -> None:
    refused = {
        standing.purpose: standing.record.text
        for standing in CurrentConsent.objects.filter(
            supporter__in=[kept, lost], choice=Choice.WITHDRAWN
        ).select_related("record__text")
    }
    journal.consents = list(lost.consents.values_list("pk", flat=True))
    with pgtrigger.ignore("supporters.ConsentRecord:append_only"):
        lost.consents.update(supporter=kept)
    for purpose, text in refused.items():
        # Also where the outcome is a no already: that may rest on another merge, which can be undone.
        given = kept.consents.filter(text__purpose=purpose, choice=Choice.GIVEN)
        if given.exists():
            newest = CurrentConsent.objects.get(supporter=kept, purpose=purpose)
            record = ConsentRecord.objects.create(
                supporter=kept,
                text=text,
                choice=Choice.WITHDRAWN,
                method=MERGED,
                actor_id=by.pk,
                asked_at=max(timezone.now(), newest.asked_at),
            )
            journal.added_consents.append(record.pk)


def _unite_details(kept: Supporter, lost: Supporter, choices: Mapping[str, str]) -> None:
    taken = {name: getattr(lost, name) for name in CHOOSABLE if choices.get(name) == "lost"}
    language = taken.pop("language", None)
    constituency = lost.constituency_code if "postcode" in taken else ""
    write_details(kept, **taken, constituency_code=constituency)
    kept.language = language or kept.language
    kept.last_act_at = max(kept.last_act_at, lost.last_act_at)
    contacts = [moment for moment in (kept.last_contacted_at, lost.last_contacted_at) if moment]
    kept.last_contacted_at = max(contacts, default=None)
    kept.save()


def _empty(lost: Supporter, *, into: Supporter) -> None:
    write_details(lost, name="", phone="", postcode="", country="")
    lost.email, lost.mailbox_key = "", None
    lost.constituency_code = lost.source = ""
    lost.merged_into = into
    lost.save()
