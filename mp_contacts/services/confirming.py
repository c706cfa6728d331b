"""What the link in a mail does: confirm a letter. Taking it back is in `forgetting`."""

from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from mp_contacts.holding import reasons_to_hold
from mp_contacts.models import Letter, LetterPage, LetterStage
from mp_contacts.tasks import move_soon
from supporters.models import ActionState
from supporters.services.acting import remember_who_acted

# Somebody who wrote in the last minute has a day to find the mail.
GRACE_AFTER_CLOSING = timedelta(hours=24)


class ConfirmOutcome(Enum):
    """What became of the press on the button."""

    CONFIRMED = "confirmed"
    CLOSED = "closed"
    GONE = "gone"


@transaction.atomic
def confirm_letter(letter_id: UUID) -> tuple[ConfirmOutcome, int | None]:
    """Confirm once, however often the button is pressed; the id of the page they read says where next.

    Only now does the person get a supporter record and a line in the consent ledger, unless the page only
    counts. The letter is held for an organiser to look at, or waits for its turn; whether it can be sent then
    is decided then.
    """
    letter = _locked(letter_id)
    if letter is None or letter.state == ActionState.WITHDRAWN:
        return ConfirmOutcome.GONE, None
    if letter.state == ActionState.CONFIRMED:
        return ConfirmOutcome.CONFIRMED, letter.page.in_language(letter.language).pk
    if not letter.page.live or accepts_confirmations_until(letter.page) < timezone.now():
        return ConfirmOutcome.CLOSED, letter.page.in_language(letter.language).pk
    letter.state = ActionState.CONFIRMED
    # The database's own clock at this statement: servers' clocks drift.
    letter.confirmed_at = Now()
    if letter.page.counts_only:
        letter.wants_updates = False
    else:
        remember_who_acted(
            letter, page_id=letter.page_id, page_kind="letter page", method="letter form, confirmed by mail"
        )
    letter.ticked_texts = []
    letter.hold_reasons = [reason.value for reason in reasons_to_hold(letter)]
    letter.stage = LetterStage.HELD if letter.hold_reasons else LetterStage.QUEUED
    letter.save()
    if letter.stage == LetterStage.QUEUED:
        # Not before it is stored; and if this is lost, a minute later all the same.
        transaction.on_commit(move_soon)
    return ConfirmOutcome.CONFIRMED, letter.page.in_language(letter.language).pk


def accepts_confirmations_until(page: LetterPage) -> datetime:
    """Until when a link in a mail still confirms; the end of time while the page is open."""
    if page.closed_at is None:
        return datetime.max.replace(tzinfo=timezone.get_default_timezone())
    return page.closed_at + GRACE_AFTER_CLOSING


def _locked(letter_id: UUID) -> Letter | None:
    letters = Letter.objects.select_for_update(of=["self"]).select_related("page", "member", "consent_text")
    return letters.filter(pk=letter_id).first()
