"""Reading the audit chain through, on record, and telling data officers what its head is.

Whoever can write to the database can cut entries off the end, or write all of them anew. Neither goes
unnoticed once the newest hash is in somebody's mailbox: that is what the daily mail is for.
"""

import json
import uuid
from typing import Final

from django.contrib.auth.models import AbstractBaseUser, AbstractUser
from django.db import transaction
from django.db.models import QuerySet

from supporters.audit import ChainState, check_chain, record_audit
from supporters.models import AuditEntry
from supporters.outbox import queue_message
from supporters.permissions import VIEW_AUDIT, holders_of

HEAD_MAIL: Final = "audit_head"
CHECKED: Final = "verify_audit"
HOLDS: Final = "Holds up to entry {}"
BROKEN: Final = "Broken at entry {}"


def check_audit(*, actor: AbstractBaseUser | None) -> ChainState:
    """Read the chain through and write down, in the chain itself, who asked and what was found."""
    state = check_chain()
    found = BROKEN.format(state.broken.sequence) if state.broken else HOLDS.format(state.head.sequence)
    record_audit(actor=actor, action=CHECKED, subject=found, count=state.head.sequence)
    return state


def last_check() -> AuditEntry | None:
    """The newest entry that says what a check found."""
    return AuditEntry.objects.filter(action=CHECKED).order_by("-sequence").first()


@transaction.atomic
def mail_audit_head() -> int:
    """Check the chain and put a mail with its head into the outbox for every data officer; how many mails."""
    state = check_audit(actor=None)
    newest = AuditEntry.objects.order_by("-sequence").values_list("sequence", "entry_hash").first()
    head = f"{newest[0]}:{bytes(newest[1]).hex()}" if newest and not state.broken else str(state.head)
    body = json.dumps({"head": head, "broken": state.broken.reason if state.broken else ""})
    addresses = data_officers().values_list("email", flat=True)
    for address in addresses:
        queue_message(kind=HEAD_MAIL, subject_id=uuid.uuid4(), recipient=address, body=body)
    return len(addresses)


def data_officers() -> "QuerySet[AbstractUser]":
    """Every active user who may read the audit trail, by whatever way they have the permission."""
    return holders_of(VIEW_AUDIT)
