from petitions.services.confirming import confirm_signature, erase_signature, withdraw_signature
from petitions.services.moderating import (
    add_paper_signatures,
    approve_comment,
    refuse_comment,
    remove_paper_signatures,
)
from petitions.services.resending import resend_confirmation
from petitions.services.signing import SignatureDraft, SigningOutcome, sign_petition, write_signatures

__all__ = [
    "SignatureDraft",
    "SigningOutcome",
    "add_paper_signatures",
    "approve_comment",
    "confirm_signature",
    "erase_signature",
    "refuse_comment",
    "remove_paper_signatures",
    "resend_confirmation",
    "sign_petition",
    "withdraw_signature",
    "write_signatures",
]
