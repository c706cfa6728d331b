"""A mailing from its draft to its end."""

from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from supporters.audit import record_audit
from supporters.mailings.mail import MAILING, MAILING_TEST
from supporters.models import Mailing, MailingRecipient, MailingState, Message, MessageState
from supporters.outbox import queue_message, settle
from supporters.retention import retention_rule
from supporters.tasks import go_on_soon

# As long as supporters.models.AuditEntry.subject.
LONGEST_SUBJECT = 200
KEEP_RECIPIENTS = timedelta(days=30)


class NotADraft(Exception):
    """It is on its way, or was: what people got stays as they got it."""


@transaction.atomic
def save_mailing(*, mailing: Mailing, by: AbstractUser) -> Mailing:
    """Save a draft under the name of whoever wrote it last; raises NotADraft for anything else."""
    stored = Mailing.objects.select_for_update().filter(pk=mailing.pk).first()
    if stored is not None and stored.state != MailingState.DRAFT:
        raise NotADraft
    mailing.state, mailing.written_by_id = MailingState.DRAFT, by.pk
    mailing.full_clean()
    mailing.save()
    return mailing


def send_test(*, mailing: Mailing, to: AbstractUser) -> Message:
    """Send one copy to the organiser's own address; nobody else's can be named. Raises ValueError when it is none."""
    return queue_message(kind=MAILING_TEST, subject_id=mailing.pk, recipient=to.email, is_capped=False)


@transaction.atomic
def start_mailing(*, mailing: Mailing, by: AbstractUser, count: int) -> None:
    """Send a draft to everybody it is for, in the name of ``by``; ``count`` is what they were told that comes to.

    Whom it is for is worked out by the worker, a moment later. Raises NotADraft when it was sent already.
    """
    started = Mailing.objects.filter(pk=mailing.pk, state=MailingState.DRAFT).update(
        state=MailingState.SENDING, started_at=Now(), written_by=by
    )
    if not started:
        raise NotADraft
    record_audit(actor=by, action="send_mailing", subject=_named(mailing), count=count, purpose=mailing.consent_purpose)
    transaction.on_commit(go_on_soon)


@transaction.atomic
def stop_mailing(*, mailing: Mailing, by: AbstractUser) -> int:
    """Take back what has not left; how many mails that were. What left has left. Raises NotADraft for a draft."""
    stopped = Mailing.objects.filter(pk=mailing.pk, state__in=[MailingState.SENDING, MailingState.SENT]).update(
        state=MailingState.STOPPED, finished_at=Now()
    )
    if not stopped:
        raise NotADraft
    number = settle(Q(kind=MAILING, subject_id__in=mailing.recipients.values("pk")), MessageState.CANCELLED)
    number += mailing.recipients.filter(queued_at__isnull=True).update(queued_at=Now())
    record_audit(actor=by, action="stop_mailing", subject=_named(mailing), count=number)
    return number


def delete_draft(*, mailing: Mailing) -> None:
    """Throw a draft away; raises NotADraft for anything else."""
    deleted, _ = Mailing.objects.filter(pk=mailing.pk, state=MailingState.DRAFT).delete()
    if not deleted:
        raise NotADraft


@retention_rule(
    "supporters.mailing_recipients",
    what=gettext_noop("Which supporters a mailing was for"),
    fields=("supporters.MailingRecipient.supporter",),
    until=gettext_noop("30 days after the mailing ended"),
)
def forget_recipients() -> int:
    """Forget whom a mailing went to, once no report about it can come any more; how many. The mailing itself stays."""
    over = Mailing.objects.filter(finished_at__lt=Now() - KEEP_RECIPIENTS)
    deleted, _ = MailingRecipient.objects.filter(mailing__in=over).delete()
    return deleted


def _named(mailing: Mailing) -> str:
    return f"Mailing {str(mailing.pk)[:8]}: {mailing.subject}"[:LONGEST_SUBJECT]
