from mp_contacts.services.confirming import ConfirmOutcome, confirm_letter
from mp_contacts.services.forgetting import erase_letter, withdraw_letter
from mp_contacts.services.resending import resend_confirmation
from mp_contacts.services.writing import LetterDraft, WritingOutcome, write_letter

__all__ = [
    "ConfirmOutcome",
    "LetterDraft",
    "WritingOutcome",
    "confirm_letter",
    "erase_letter",
    "resend_confirmation",
    "withdraw_letter",
    "write_letter",
]
