"""What is held about an address, found by its keys.

The holder of an address sees exactly what that address did. Details, consents and history belong to a
record, and are theirs only while the record is their address's own: an organiser who joins two records
says that two addresses are one person, and may be wrong.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from supporters.action_kinds import ActionKind, action_kinds
from supporters.identity import email_key, mailbox_key, normalise_address, person_key
from supporters.models import Action, MailingRecipient, Message, MessageState, Supporter, Suppression
from supporters.privacy.asking import PRIVACY_LINK_MAIL

# The second is another member of the household, who shares the address and so its mail.
SLOTS = (1, 2)
SHOWN_MAILS = timedelta(days=7)


@dataclass(frozen=True)
class Act:
    """One thing done with an address, and what kind of thing it is."""

    kind: ActionKind
    action: Action

    @property
    def page_id(self) -> int:
        return int(getattr(self.action, f"{self.kind.page_field}_id"))

    @property
    def page_title(self) -> str:
        return str(getattr(self.action, self.kind.page_field).title)

    @property
    def reference(self) -> str:
        """What a form calls it."""
        return f"{self.kind.name}:{self.action.pk}"


def record_of(address: str) -> Supporter | None:
    """The record that was made for ``address``: its own, or the signpost that a merge left of it."""
    return Supporter.objects.filter(email_key=email_key(address)).first()


def acts_of(address: str) -> list[Act]:
    """What ``address`` did and can still be traced to it, newest first.

    A kind also finds what hangs on the record of the address, and there may be more on that than the
    address did, once another record was joined with it. So the keys decide.
    """
    found = [Act(kind, action) for kind in action_kinds() for action in kind.of_address(address).defer(None).iterator()]
    acts = [act for act in found if _is_by(address, act)]
    return sorted(acts, key=lambda act: (act.action.created_at, str(act.action.pk)), reverse=True)


def suppression_of(address: str) -> Suppression | None:
    """The note that ``address`` must not be written to."""
    return Suppression.objects.filter(email_key=email_key(address)).first()


def waiting_mails(address: str) -> list[Message]:
    """What waits in the outbox for exactly ``address``: other forms of the same mailbox may be others' to read."""
    wanted = normalise_address(address)
    waiting = Message.objects.filter(mailbox_key=mailbox_key(address), state=MessageState.QUEUED)
    return [message for message in waiting.order_by("-created_at") if normalise_address(message.recipient) == wanted]


def settled_mails(*, record: Supporter | None, acts: list[Act], visit_id: object) -> QuerySet[Message]:
    """Last week's mails, by what they were about: once one has left, its address is kept nowhere."""
    about = Q(subject_id__in=[act.action.pk for act in acts]) | Q(subject_id=visit_id)
    if record is not None and record.merged_into_id is None:
        about |= Q(subject_id__in=MailingRecipient.objects.filter(supporter=record).values("pk"))
    settled = Message.objects.exclude(state=MessageState.QUEUED)
    return settled.filter(about, created_at__gt=Now() - SHOWN_MAILS).order_by("-created_at")


def anything_held(address: str) -> bool:
    """Whether there is anything to show the holder of ``address``."""
    return (
        record_of(address) is not None
        or suppression_of(address) is not None
        or bool(acts_of(address))
        # Asking is not a trace yet: or whoever asks twice would be told that we hold their asking.
        or any(message.kind != PRIVACY_LINK_MAIL for message in waiting_mails(address))
    )


def _is_by(address: str, act: Act) -> bool:
    keys = {person_key(page_id=act.page_id, address=address, slot=slot) for slot in SLOTS}
    return act.action.person_key is not None and bytes(act.action.person_key) in keys
