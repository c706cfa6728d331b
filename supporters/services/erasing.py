"""Erasing a person: everything that came with one address, wherever it lies."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from supporters.action_kinds import action_kinds
from supporters.audit import record_audit
from supporters.identity import email_key, mailbox_key, normalise_address
from supporters.models import (
    ExportJob,
    ExportState,
    ImportJob,
    ImportState,
    Link,
    Merge,
    Message,
    MessageState,
    PrivacyVisit,
    SoftBounce,
    Supporter,
)
from supporters.outbox import settle
from supporters.private_files import delete_when_committed
from supporters.services.people import delete_supporters
from supporters.suppression import Reason, suppress

AT_ONCE: Final = 500
CLOCKS_DIFFER: Final = timedelta(minutes=1)
"""Between two machines, at most."""
UNDO_FOR: Final = timedelta(days=30)
HOLDING: Final = (ExportState.QUEUED, ExportState.RUNNING, ExportState.READY)
EXPORT_CHANGES: Final[dict[str, dict[str, Any]]] = {
    ExportState.READY: {"state": ExportState.WITHDRAWN},
    ExportState.RUNNING: {"state": ExportState.QUEUED, "started_at": None, "rows_done": 0},
}
UNAPPLIED: Final = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED, ImportState.APPLYING)
DISCARDED_BECAUSE: Final = (
    "Somebody who may be in this file was erased. Take them out of your list, and upload it again."
)


@transaction.atomic
def erase_address(*, address: str, actor: AbstractBaseUser | None) -> None:
    """Forget everything that came with ``address``; totals stay, and it is never written to again.

    ``actor`` is the organiser who does it, None for the person themselves. What organisers merged into one
    record goes with that record. But whoever holds an address that was merged into another controls only
    what their own address did: that, and the signpost, is forgotten, and the other record stays.

    Files that may hold the person go as well: exports that wait to be fetched, imports not yet written.
    May be called again at any time. Raises ValueError when ``address`` is none.
    """
    key, began_at = email_key(address), timezone.now()
    # Before anybody is locked: a batch of an import holds its job first, and then the people in it.
    _discard_imports()
    # Actions first, then the record, as confirming and withdrawing lock them: two at once never wait in a ring.
    erased = _erase_actions(address)
    _erase_messages(address)
    _erase_visits(address)
    SoftBounce.objects.filter(email_key=key).delete()
    supporter = Supporter.objects.select_for_update().filter(email_key=key).first()
    # After the record is locked, which is the order of everybody who asks us to stop.
    for stopped in (key, *_merged_keys(supporter)):
        suppress(stopped, Reason.ASKED)
    if supporter is not None:
        _withdraw_exports(known_since=supporter.created_at)
        # One that was asked for, or begun, meanwhile may have read what is not yet gone.
        transaction.on_commit(lambda: _withdraw_exports(known_since=began_at, asked_since=began_at - CLOCKS_DIFFER))
        # So may a mailing have put a mail to them into the outbox that was not there to be cancelled.
        transaction.on_commit(lambda: _erase_messages(address))
        _erase_record(supporter)
        erased += 1
    if erased or actor:
        whose = "a person, on their request" if actor else "a person, by their own link"
        record_audit(actor=actor, action="erase", subject=whose, count=erased)


def _erase_actions(address: str) -> int:
    """What was done with ``address``, of every kind; how much there was. Nobody acts more than twice on a page."""
    erased = 0
    for kind in action_kinds():
        ids = list(kind.of_address(address).values_list("pk", flat=True))
        about_them = Q(subject_id__in=ids)
        settle(about_them, MessageState.CANCELLED)
        Message.objects.filter(about_them).update(mailbox_key=None, provider_id="")
        Link.objects.filter(about_them).delete()
        for action_id in ids:
            kind.erase(action_id)
        erased += len(ids)
    return erased


@transaction.atomic
def _erase_messages(address: str) -> None:
    """Cancel what waits for ``address``; what was sent to its mailbox can no longer be told from other mail."""
    wanted = normalise_address(address)
    of_mailbox = Message.objects.filter(mailbox_key=mailbox_key(address))
    waiting = of_mailbox.filter(state=MessageState.QUEUED).select_for_update()
    # The mailbox may have other addresses, whose holders did not ask for this.
    for message in waiting.iterator(chunk_size=AT_ONCE):
        if normalise_address(message.recipient) == wanted:
            settle(Q(pk=message.pk), MessageState.CANCELLED)
    of_mailbox.exclude(state=MessageState.QUEUED).update(mailbox_key=None, provider_id="")


def _erase_visits(address: str) -> None:
    """End the privacy page of ``address``. There are few visits, none older than an hour."""
    wanted = normalise_address(address)
    for visit in PrivacyVisit.objects.iterator(chunk_size=AT_ONCE):
        if normalise_address(visit.email) == wanted:
            Link.objects.filter(subject_id=visit.pk).delete()
            visit.delete()


@transaction.atomic
def _withdraw_exports(*, known_since: datetime, asked_since: datetime | None = None) -> None:
    """Take back every file that may hold somebody ``known_since``; one being written is written again without them.

    The job that writes it finds out when it next reports how far it has come. One that waits is locked, so
    that it reads nothing before this transaction is over.
    """
    jobs = ExportJob.objects.select_for_update().filter(state__in=HOLDING)
    if asked_since is not None:
        jobs = jobs.filter(Q(created_at__gte=asked_since) | Q(started_at__gte=asked_since))
    gone = {"file_name": "", "file_key": None, "size": None, "sha256": None}
    for job in jobs.order_by("pk"):
        changes = EXPORT_CHANGES.get(job.state)
        # Written before we knew them. Otherwise anybody could take back every export, by signing up and leaving.
        was_before = job.state == ExportState.READY and job.finished_at and job.finished_at < known_since
        if changes is not None and not was_before:
            delete_when_committed(job.file_name)
            ExportJob.objects.filter(pk=job.pk).update(**changes, **gone)


def _discard_imports() -> None:
    """Drop every file that is not yet written: nobody can tell who is in it, and it would bring them back.

    What one that is being written has changed by now can be undone, as after any failure.
    """
    for job in ImportJob.objects.select_for_update().filter(state__in=UNAPPLIED).order_by("pk"):
        delete_when_committed(job.file_name)
        if job.state == ImportState.APPLYING:
            job.state, job.undo_until = ImportState.FAILED, timezone.now() + UNDO_FOR
        else:
            job.state, job.headings, job.mapping, job.counts = ImportState.DISCARDED, [], {}, {}
        job.problem, job.file_name, job.file_key = DISCARDED_BECAUSE, "", ""
        job.save()


def _merged_keys(supporter: Supporter | None) -> list[bytes]:
    """The other addresses of somebody who is erased with all that organisers merged into their record."""
    if supporter is None:
        return []
    return [bytes(key) for key in supporter.merged_records.order_by("pk").values_list("email_key", flat=True)]


def _erase_record(supporter: Supporter) -> None:
    if supporter.merged_into_id is not None:
        # What it was merged into may have learnt from it, and a journal written since tells what.
        merge = Merge.objects.filter(lost=supporter, undone_at=None).first()
        if merge is not None:
            Merge.objects.filter(
                Q(kept_id=supporter.merged_into_id) | Q(kept=merge.kept_id) | Q(lost=merge.kept_id),
                created_at__gte=merge.created_at,
            ).update(journal=None)
        # Addresses that led here lead on to where this one did.
        supporter.merged_records.update(merged_into=supporter.merged_into_id)
    delete_supporters(Supporter.objects.filter(Q(pk=supporter.pk) | Q(merged_into=supporter.pk)))
