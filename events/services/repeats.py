"""Somebody registers again for the same event.

The screen never says so. What happens instead goes to the address itself, by mail.
"""

from collections.abc import Callable

from events.mail_kinds import ALREADY_REGISTERED_MAIL, CONFIRM_MAIL
from events.models import Registration
from supporters.identity import person_key
from supporters.models import ActionState, Message
from supporters.outbox import queue_message

# At most this many mails of a kind to one address about one registration, whoever keeps asking for them.
MOST_MAILS = 2


def settle_repeat(*, page_id: int, address: str, insert: Callable[[], bool]) -> None:
    """Do what is right for an address that is registered; ``insert()`` registers it after all.

    - Not confirmed yet: the confirmation is sent once more.
    - Confirmed: a mail says so, with the way to what they have.

    What was typed first stays: a form anyone can post never overwrites a stored registration.
    """
    known = registration_of(page_id=page_id, address=address)
    if known is None and not insert():
        # Cancelled between the two statements, and registered anew by somebody faster: that one stands.
        known = registration_of(page_id=page_id, address=address)
    if known is not None:
        remind(known, address=address)


def registration_of(*, page_id: int, address: str) -> Registration | None:
    """The registration of ``address`` for an event, locked."""
    key = person_key(page_id=page_id, address=address)
    return Registration.objects.select_for_update(of=("self",)).filter(page=page_id, person_key=key).first()


def remind(registration: Registration, *, address: str) -> None:
    """Queue the mail that helps with ``registration``, unless the address had enough of that kind."""
    kind = CONFIRM_MAIL if registration.state == ActionState.PENDING else ALREADY_REGISTERED_MAIL
    if Message.objects.filter(kind=kind, subject_id=registration.pk).count() < MOST_MAILS:
        queue_message(kind=kind, subject_id=registration.pk, recipient=address, is_capped=True)
