"""Asking again for the confirmation mail."""

from django.db import transaction

from petitions.selectors import SigningTerms
from petitions.services.repeats import remind, signatures_of
from petitions.services.signing import SigningOutcome
from supporters.limits import NETWORK_LIMIT, Ask, consume, network_key
from supporters.models import ActionState


@transaction.atomic
def resend_confirmation(*, terms: SigningTerms, address: str, network: str) -> SigningOutcome:
    """Send the confirmation once more if one is waiting; the answer is the same if there is none."""
    if not consume([[Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, network))]])[0]:
        return SigningOutcome.TOO_MANY
    signed = signatures_of(petition_id=terms.petition_id, address=address)
    if signed:
        waiting = [signature for signature in signed if signature.state == ActionState.PENDING]
        remind((waiting or signed)[0], address=address, all_of_address=signed)
    return SigningOutcome.ACCEPTED
