"""Asking again for the mail that leads to one's own registration."""

from django.db import transaction

from events.selectors import EventTerms
from events.services.registering import RegisterOutcome
from events.services.repeats import registration_of, remind
from supporters.limits import NETWORK_LIMIT, Ask, consume, network_key


@transaction.atomic
def resend_confirmation(*, terms: EventTerms, address: str, network: str) -> RegisterOutcome:
    """Send the confirmation, or the way to what they have, once more; the answer is the same if there is nothing."""
    if not consume([[Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, network))]])[0]:
        return RegisterOutcome.TOO_MANY
    known = registration_of(page_id=terms.page_id, address=address)
    if known is not None:
        remind(known, address=address)
    return RegisterOutcome.ACCEPTED
