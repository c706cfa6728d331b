"""Somebody writes again to a member they have written to on the same page.

The screen never says so. What happens instead goes to the address itself, by mail.
"""

from collections.abc import Callable

from django.db.models import QuerySet

from mp_contacts.mail_kinds import ALREADY_WRITTEN_MAIL, CONFIRM_MAIL
from mp_contacts.models import Letter
from supporters.identity import person_key
from supporters.models import ActionState, Message
from supporters.outbox import queue_message

# At most this many mails of a kind to one address about one letter, whoever keeps asking for them.
MOST_MAILS = 2


def settle_repeat(*, page_id: int, member_id: int, address: str, insert: Callable[[], bool]) -> None:
    """Do what is right for an address that has written to this member; ``insert()`` adds the letter after all.

    - Not confirmed yet: the confirmation is sent once more.
    - Confirmed: a mail says so, with the link to take it back.

    What was written first stays: a form anyone can post never overwrites a stored letter.
    """
    written = letters_of(page_id=page_id, address=address).filter(member=member_id).first()
    if written is not None:
        remind(written, address=address)
    elif not insert():
        # Taken back between the two statements, and written anew by somebody faster: that one stands.
        for again in letters_of(page_id=page_id, address=address).filter(member=member_id):
            remind(again, address=address)


def letters_of(*, page_id: int, address: str) -> QuerySet[Letter]:
    """The letters written with ``address`` on a page, locked when read: one for each member."""
    key = person_key(page_id=page_id, address=address)
    return Letter.objects.select_for_update(of=["self"]).filter(page=page_id, person_key=key).order_by("created_at")


def remind(letter: Letter, *, address: str) -> None:
    """Queue the mail that helps with ``letter``, unless the address had enough of that kind."""
    kind = CONFIRM_MAIL if letter.state == ActionState.PENDING else ALREADY_WRITTEN_MAIL
    if Message.objects.filter(kind=kind, subject_id=letter.pk).count() < MOST_MAILS:
        queue_message(kind=kind, subject_id=letter.pk, recipient=address, is_capped=True)
