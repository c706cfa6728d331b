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
from supporters.identity import email_key
from supporters.models import ActionState, ConsentText
from supporters.models.consent import ConsentRecord, CurrentConsent
from supporters.services.consent import record_consent
from supporters.services.people import remember_supporter
from supporters.suppression import lift_by_consent

# Somebody who wrote in the last minute has a day to find the mail.
GRACE_AFTER_CLOSING = timedelta(hours=24)


class ConfirmOutcome(Enum):
    """What became of the press on the button."""

    CONFIRMED = "confirmed"
    CLOSED = "closed"
    GONE = "gone"


@transaction.atomic
def confirm_letter(letter_id: UUID) -> tuple[ConfirmOutcome, int | None]:
    """Confirm once, however often the button is pressed; the page's id says where to go next.

    Only now does the person get a supporter record and a line in the consent ledger, unless the page only
    counts. The letter is held for an organiser to look at, or waits for its turn; whether it can be sent then
    is decided then.
    """
    letter = _locked(letter_id)
    if letter is None or letter.state == ActionState.WITHDRAWN:
        return ConfirmOutcome.GONE, None
    if letter.state == ActionState.CONFIRMED:
        return ConfirmOutcome.CONFIRMED, letter.page_id
    if not letter.page.live or accepts_confirmations_until(letter.page) < timezone.now():
        return ConfirmOutcome.CLOSED, letter.page_id
    letter.state = ActionState.CONFIRMED
    # The database's own clock at this statement: servers' clocks drift.
    letter.confirmed_at = Now()
    if letter.page.counts_only:
        letter.wants_updates = False
    else:
        _remember_person(letter)
    letter.ticked_texts = []
    letter.hold_reasons = [reason.value for reason in reasons_to_hold(letter)]
    letter.stage = LetterStage.HELD if letter.hold_reasons else LetterStage.QUEUED
    letter.save()
    if letter.stage == LetterStage.QUEUED:
        # Not before it is stored; and if this is lost, a minute later all the same.
        transaction.on_commit(move_soon)
    return ConfirmOutcome.CONFIRMED, letter.page_id


def accepts_confirmations_until(page: LetterPage) -> datetime:
    """Until when a link in a mail still confirms; the end of time while the page is open."""
    if page.closed_at is None:
        return datetime.max.replace(tzinfo=timezone.get_default_timezone())
    return page.closed_at + GRACE_AFTER_CLOSING


def _locked(letter_id: UUID) -> Letter | None:
    letters = Letter.objects.select_for_update(of=["self"]).select_related("page", "member", "consent_text")
    return letters.filter(pk=letter_id).first()


def _remember_person(letter: Letter) -> None:
    letter.supporter = remember_supporter(
        address=letter.email,
        name=letter.name,
        postcode=letter.postcode,
        country=letter.country,
        language=letter.language,
        source=letter.source or f"letter page {letter.page_id}",
        constituency_code=letter.constituency_code,
    )
    for text in _agreed_to(letter):
        record = record_consent(
            supporter=letter.supporter,
            text=text,
            choice=ConsentRecord.Choice.GIVEN,
            method="letter form, confirmed by mail",
            page_id=letter.page_id,
            asked_at=letter.created_at,
        )
        # An address that was merged into another record is suppressed, and may be written to again, by itself.
        if CurrentConsent.objects.filter(record=record).exists():
            lift_by_consent(email_key(letter.email), asked_at=letter.created_at)


def _agreed_to(letter: Letter) -> list[ConsentText]:
    """The wordings whose box was ticked."""
    texts = [letter.consent_text] if letter.wants_updates and letter.consent_text else []
    texts += ConsentText.objects.filter(pk__in=letter.ticked_texts).order_by("purpose")
    return texts
