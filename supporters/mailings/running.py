"""Putting a mailing into the outbox: whom it is for, once; then a little at a time.

A worker may be killed at any moment. Both steps are whole transactions, and each begins by looking how far
things have come, so that the next worker goes on where the last one committed: nobody gets two, nobody none.
"""

import time
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from supporters.long_jobs import check_in
from supporters.mailings.mail import MAILING
from supporters.models import Mailing, MailingRecipient, MailingState, Message, MessageState, Supporter
from supporters.permissions import SEND_MAILINGS
from supporters.segments import may_be_written_to, supporters_in
from supporters.suppression import paused_keys

BATCH: Final = 100
# No more of them wait at once than two senders take in a few seconds.
MOST_WAITING: Final = 200
# After so long other long jobs have their turn: an export is not held up for hours.
SLICE_S: Final = 20.0
LOOK_EVERY_S: Final = 0.5

FREEZE: Final = """
INSERT INTO supporters_mailingrecipient (id, mailing_id, supporter_id, created_at)
SELECT gen_random_uuid(), %s, chosen.id, statement_timestamp() FROM ({chosen}) AS chosen
ON CONFLICT (mailing_id, supporter_id) DO NOTHING
"""


def go_on_with_mailings(*, sleep: Callable[[float], None] = time.sleep) -> bool:
    """Put what there is room for into the outbox, for up to SLICE_S; whether something is left for another slice."""
    until = time.monotonic() + SLICE_S
    while mailing := Mailing.objects.filter(state=MailingState.SENDING).order_by("started_at", "pk").first():
        check_in()
        if time.monotonic() > until:
            return True
        if mailing.addressed == 0:
            write_down_recipients(mailing.pk)
        elif _waiting() >= MOST_WAITING:
            sleep(LOOK_EVERY_S)
        else:
            queue_next(mailing.pk)
    return False


def people_for(mailing: Mailing) -> QuerySet[Supporter]:
    """Who would get ``mailing`` now: in its segment, agreed to it, still does, and takes mail."""
    criteria = mailing.segment.criteria if mailing.segment else {}
    return (
        supporters_in(criteria)
        .filter(may_be_written_to(mailing.consent_purpose), email__isnull=False)
        .exclude(email_key__in=paused_keys())
    )


@transaction.atomic
def write_down_recipients(mailing_id: UUID) -> None:
    """Fix whom a mailing is for, in one statement. Stops it when whoever sent it may not any more."""
    mailing = _locked(mailing_id)
    if mailing is None:
        return
    if mailing.written_by is None or not mailing.written_by.has_perm(SEND_MAILINGS):
        _finish(mailing, MailingState.STOPPED)
        return
    chosen, values = people_for(mailing).order_by().values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        arguments: list[Any] = [mailing.pk, *values]
        cursor.execute(FREEZE.format(chosen=chosen), arguments)
    mailing.addressed = mailing.recipients.count()
    mailing.save(update_fields=["addressed"])
    if mailing.addressed == 0:
        _finish(mailing, MailingState.SENT)


@transaction.atomic
def queue_next(mailing_id: UUID) -> int:
    """Give the next few people their turn; how many. Whoever said no in the meantime is passed over.

    People are locked before anything is written for them, so that somebody being erased at this moment
    is either passed over or erased together with their mail.
    """
    mailing = _locked(mailing_id)
    if mailing is None:
        return 0
    turn = list(
        mailing.recipients.filter(queued_at__isnull=True)
        .order_by("supporter_id")
        .values_list("pk", "supporter_id")[:BATCH]
    )
    if not turn:
        _finish(mailing, MailingState.SENT)
        return 0
    people = {
        person.pk: person
        for person in Supporter.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            may_be_written_to(mailing.consent_purpose),
            pk__in=[supporter_id for _, supporter_id in turn],
            merged_into__isnull=True,
            email__isnull=False,
        )
        .order_by("pk")
    }
    Message.objects.bulk_create(
        Message(
            kind=MAILING,
            subject_id=recipient_id,
            recipient=people[supporter_id].email,
            body="",
            mailbox_key=people[supporter_id].mailbox_key,
        )
        for recipient_id, supporter_id in turn
        if supporter_id in people
    )
    return MailingRecipient.objects.filter(pk__in=[pk for pk, _ in turn]).update(queued_at=Now())


def _locked(mailing_id: UUID) -> Mailing | None:
    """The mailing, locked, while it is being sent."""
    sending = Mailing.objects.filter(pk=mailing_id, state=MailingState.SENDING)
    return sending.select_for_update(of=("self",)).select_related("segment", "written_by").first()


def _finish(mailing: Mailing, state: MailingState) -> None:
    Mailing.objects.filter(pk=mailing.pk).update(state=state, finished_at=Now())


def _waiting() -> int:
    return Message.objects.filter(state=MessageState.QUEUED, kind=MAILING).count()
