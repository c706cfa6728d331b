"""What organisers did with somebody's record: lists it came from, other records it was joined with."""

import json

from django.utils.translation import gettext as _

from supporters.merge_journal import UNDO_FOR, can_be_undone
from supporters.models import ImportChange, MailingRecipient, Merge, Supporter
from supporters.privacy.shape import Entry, Fact, Section, facts


def past_section(record: Supporter | None) -> Section:
    """Imports, merges and campaign mailings that concerned ``record``; of a merge never with whom."""
    title = _("What organisers did with your record")
    if record is None:
        return Section("past", title, _("Nothing: no record stands under this address."))
    entries: list[Entry] = []
    if record.merged_into_id is None:
        entries += [_joined_with(merge) for merge in Merge.objects.filter(kept=record)]
        entries += _imports(record)
        entries += _mailings(record)
        text = _("Organisers with permission can see your record and take it out in a list. Each list is logged.")
    else:
        entries += [_joined_into(merge) for merge in Merge.objects.filter(lost=record, undone_at__isnull=True)]
        text = _(
            "An organiser joined the record of this address with another one, because they took both to be the "
            "same person. Details and answers now stand there, and whoever reads the mail of that record can see "
            "them with a link of their own. What this address did itself is on this page. If it was a mistake, "
            "tell us: see “If something is wrong” below."
        )
    return Section("past", title, text if entries or record.merged_into_id else _("Nothing."), tuple(entries))


def _joined_with(merge: Merge) -> Entry:
    words = (
        _("An organiser joined another record with yours, and that was taken back later.")
        if merge.undone_at
        else _("An organiser joined another record with yours, because they took both to be the same person.")
    )
    return Entry(_merge_facts(merge, words), title=words, in_title=frozenset({"what"}))


def _joined_into(merge: Merge) -> Entry:
    words = _("An organiser joined the record of this address with another one.")
    return Entry(_merge_facts(merge, words), title=words, in_title=frozenset({"what"}))


def _merge_facts(merge: Merge, words: str) -> tuple[Fact, ...]:
    until = merge.created_at + UNDO_FOR if can_be_undone(merge) else None
    return facts(
        ("what", _("What"), words),
        ("at", _("When"), merge.created_at),
        ("undone_at", _("Taken back"), merge.undone_at),
        ("undoable_until", _("Can be undone until"), until),
    )


def _imports(record: Supporter) -> list[Entry]:
    # What a list changed is this person's to see only where nobody else's record was joined with theirs.
    was_joined = Merge.objects.filter(kept=record).exists()
    changes = ImportChange.objects.filter(supporter=record).select_related("job").order_by("job__created_at")
    return [_import(change, show_values=not was_joined) for change in changes]


def _import(change: ImportChange, *, show_values: bool) -> Entry:
    words = (
        _("An organiser brought your record in from a list.")
        if change.is_new
        else _("An organiser brought in a list that had you in it, and your record was changed.")
    )
    return Entry(
        title=words,
        in_title=frozenset({"what"}),
        facts=facts(
            ("what", _("What"), words),
            ("list", _("Where the list came from"), change.job.purpose),
            ("at", _("When"), change.job.applied_at or change.job.created_at),
            ("before", _("What stood there before"), _values(change.before) if show_values else ""),
            ("after", _("What was written"), _values(change.after) if show_values else ""),
        ),
    )


def _values(stored: str) -> str:
    """Names and values of ``stored`` JSON on one line; empty for anything else."""
    try:
        values = json.loads(stored or "{}")
    except ValueError:
        return ""
    if not isinstance(values, dict):
        return ""
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in values.items() if value not in ("", None))


def _mailings(record: Supporter) -> list[Entry]:
    sent = MailingRecipient.objects.filter(supporter=record).select_related("mailing").order_by("-created_at")
    words = _("We wrote to you about the campaign, because you had agreed to it.")
    return [
        Entry(
            title=words,
            in_title=frozenset({"what"}),
            facts=facts(
                ("what", _("What"), words),
                ("subject", _("Subject"), recipient.mailing.subject),
                ("at", _("When"), recipient.created_at),
            ),
        )
        for recipient in sent
    ]
