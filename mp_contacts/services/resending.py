"""Asking again for the confirmation mail."""

from django.db import transaction

from mp_contacts.selectors import LetterTerms
from mp_contacts.services.repeats import letters_of, remind
from mp_contacts.services.writing import WritingOutcome
from supporters.limits import NETWORK_LIMIT, Ask, consume, network_key
from supporters.models import ActionState


@transaction.atomic
def resend_confirmation(*, terms: LetterTerms, address: str, network: str) -> WritingOutcome:
    """Send the confirmation once more for each letter that waits; the answer is the same if there is none."""
    if not consume([[Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, network))]])[0]:
        return WritingOutcome.TOO_MANY
    written = list(letters_of(page_id=terms.page_id, address=address))
    waiting = [letter for letter in written if letter.state == ActionState.PENDING]
    for letter in waiting or written[:1]:
        remind(letter, address=address)
    return WritingOutcome.ACCEPTED
