"""What every action comes to for the person behind it, once their address is confirmed."""

from typing import Final

from supporters.identity import email_key
from supporters.models import ConsentText
from supporters.models.actions import Action
from supporters.models.consent import ConsentRecord, CurrentConsent
from supporters.services.consent import record_consent
from supporters.services.people import remember_supporter
from supporters.suppression import lift_by_consent

DETAILS: Final = ("name", "postcode", "constituency_code", "country")


def remember_who_acted(
    action: Action, *, page_id: int, page_kind: str, method: str, takes_details: bool = True
) -> None:
    """Give ``action`` its supporter, with every yes in the words that were shown; the caller saves the action.

    Only for an action whose address has just been confirmed, and in that transaction. ``page_kind`` says where a
    person came from when no link did, such as ``petition``; ``method`` is how they agreed, for the ledger. Where what
    was typed need not be true of the person, such as a name to be shown, nothing but the address is taken.
    """
    details = {name: getattr(action, name) for name in DETAILS} if takes_details else {}
    action.supporter = remember_supporter(
        address=action.email, language=action.language, source=action.source or f"{page_kind} {page_id}", **details
    )
    for text in _agreed_to(action):
        record = record_consent(
            supporter=action.supporter,
            text=text,
            choice=ConsentRecord.Choice.GIVEN,
            method=method,
            page_id=page_id,
            asked_at=action.created_at,
        )
        # An address that was merged into another record is suppressed, and may be written to again, by itself.
        if CurrentConsent.objects.filter(record=record).exists():
            lift_by_consent(email_key(action.email), asked_at=action.created_at)


def _agreed_to(action: Action) -> list[ConsentText]:
    """The wordings whose box was ticked."""
    texts = [action.consent_text] if action.wants_updates and action.consent_text else []
    texts += ConsentText.objects.filter(pk__in=action.ticked_texts).order_by("purpose")
    return texts
