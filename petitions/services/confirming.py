"""What the link in a mail does: confirm a signature, or withdraw it."""

from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from petitions.models import CommentState, PetitionPage, ShownAs, Signature
from supporters.models import ActionState, Link, PrivacyMode
from supporters.outbox import cancel_messages
from supporters.services.acting import remember_who_acted
from supporters.services.people import forget_if_unconnected

# Somebody who signed in the last minute has a day to find the mail.
GRACE_AFTER_CLOSING = timedelta(hours=24)


class ConfirmOutcome(Enum):
    """What became of the press on the button."""

    CONFIRMED = "confirmed"
    CLOSED = "closed"
    GONE = "gone"


@transaction.atomic
def confirm_signature(signature_id: UUID) -> tuple[ConfirmOutcome, int | None]:
    """Confirm once, however often the button is pressed; the id of the page in their language says where to go next.

    Only now does the person get a supporter record and a line in the consent ledger, and in a
    count-only petition everything but the keyed hash is forgotten.
    """
    signature = _locked(signature_id)
    if signature is None or signature.state == ActionState.WITHDRAWN:
        return ConfirmOutcome.GONE, None
    if signature.state == ActionState.CONFIRMED:
        return ConfirmOutcome.CONFIRMED, signature.petition.in_language(signature.language).pk
    petition = signature.petition
    if not petition.live or accepts_confirmations_until(petition) < timezone.now():
        return ConfirmOutcome.CLOSED, petition.in_language(signature.language).pk
    signature.state = ActionState.CONFIRMED
    # The database's own clock at this statement: counting relies on it, and servers' clocks drift.
    signature.confirmed_at = Now()
    if petition.privacy_mode == PrivacyMode.COUNT:
        _forget_person(signature)
        signature.constituency_code = ""
    elif signature.household_slot == 1:
        remember_who_acted(
            signature, page_id=signature.petition_id, page_kind="petition", method="petition form, confirmed by mail"
        )
    signature.ticked_texts = []
    signature.save()
    return ConfirmOutcome.CONFIRMED, signature.petition.in_language(signature.language).pk


@transaction.atomic
def withdraw_signature(signature_id: UUID) -> int | None:
    """Take a signature back and forget who made it; the id of the page in their language, None if nothing was left.

    The row stays, empty, so that the total can go down by exactly one. If it was the last thing the
    person did here, their record goes with it.
    """
    signature = _locked(signature_id)
    if signature is None:
        return None
    if signature.state != ActionState.WITHDRAWN:
        supporter = signature.supporter
        signature.state = ActionState.WITHDRAWN
        signature.withdrawn_at = Now()
        signature.person_key = None
        signature.supporter = None
        signature.constituency_code = ""
        signature.wants_updates = False
        signature.shown_as = ShownAs.NOT_SHOWN
        _forget_person(signature)
        signature.save()
        cancel_messages(subject_id=signature.pk)
        if supporter is not None:
            forget_if_unconnected(supporter)
    return signature.petition.in_language(signature.language).pk


@transaction.atomic
def erase_signature(signature_id: UUID) -> None:
    """Forget who signed and keep the count; what nobody confirmed is deleted, there is nothing to count."""
    signature = _locked(signature_id)
    if signature is None or signature.state == ActionState.WITHDRAWN:
        return
    cancel_messages(subject_id=signature.pk)
    Link.objects.filter(subject_id=signature.pk).delete()
    if signature.state == ActionState.PENDING:
        signature.delete()
        return
    signature.person_key = None
    signature.supporter = None
    signature.wants_updates = False
    signature.shown_as = ShownAs.NOT_SHOWN
    _forget_person(signature)
    signature.save()


def accepts_confirmations_until(petition: PetitionPage) -> datetime:
    """Until when a link in a mail still confirms; the end of time while the petition is open."""
    if petition.closed_at is None:
        return datetime.max.replace(tzinfo=timezone.get_default_timezone())
    return petition.closed_at + GRACE_AFTER_CLOSING


def _locked(signature_id: UUID) -> Signature | None:
    return (
        Signature.objects.select_for_update(of=["self"])
        .select_related("petition", "consent_text")
        .filter(pk=signature_id)
        .first()
    )


def _forget_person(signature: Signature) -> None:
    signature.ticked_texts = []
    signature.name = signature.email = signature.postcode = signature.comment = ""
    signature.comment_state = CommentState.NONE
