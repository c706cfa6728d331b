"""Somebody signs with an address that this petition knows already.

The screen never says so. What happens instead goes to the address itself, by mail.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from petitions.emails import ALREADY_SIGNED_MAIL, CONFIRM_MAIL
from petitions.models import Signature
from supporters.identity import person_key
from supporters.models import ActionState, Message
from supporters.outbox import queue_message

if TYPE_CHECKING:
    from petitions.services.signing import SignatureDraft

# At most this many mails of a kind to one address about one petition, whoever keeps asking for them.
MOST_MAILS = 2


def settle_repeat(draft: "SignatureDraft", *, insert: Callable[["SignatureDraft", int], bool]) -> None:
    """Do what is right for an address that has signed before; ``insert(draft, slot)`` adds a new signature.

    - Another name at the same postcode is a second member of the household: a signature of its own.
    - Not confirmed yet: the confirmation is sent once more.
    - Confirmed: a mail says so, with the link to withdraw.

    What was typed first stays: a form anyone can post never overwrites a stored row.
    """
    signed = signatures_of(petition_id=draft.terms.petition_id, address=draft.email)
    if not signed:
        # Withdrawn between the two statements: then this is a new signature after all.
        insert(draft, 1)
    elif len(signed) == 1 and _is_second_of_household(signed[0], draft):
        insert(draft, 2)
    else:
        same_name = [signature for signature in signed if _plain(signature.name) == _plain(draft.name)]
        remind((same_name or signed)[0], address=draft.email, all_of_address=signed)


def signatures_of(*, petition_id: int, address: str) -> list[Signature]:
    """The signatures made with ``address``, locked: none, one, or two of a household."""
    keys = [person_key(page_id=petition_id, address=address, slot=slot) for slot in (1, 2)]
    return list(
        Signature.objects.select_for_update()
        .filter(petition_id=petition_id, person_key__in=keys)
        .order_by("household_slot")
    )


def remind(signature: Signature, *, address: str, all_of_address: list[Signature]) -> None:
    """Queue the mail that helps with ``signature``, unless the address had enough of that kind."""
    kind = CONFIRM_MAIL if signature.state == ActionState.PENDING else ALREADY_SIGNED_MAIL
    had = Message.objects.filter(kind=kind, subject_id__in=[known.pk for known in all_of_address]).count()
    if had < MOST_MAILS:
        queue_message(kind=kind, subject_id=signature.pk, recipient=address, is_capped=True)


def _is_second_of_household(first: Signature, draft: "SignatureDraft") -> bool:
    return bool(
        draft.name
        and first.name
        and _plain(first.name) != _plain(draft.name)
        and draft.postcode
        and _plain(first.postcode) == _plain(draft.postcode)
    )


def _plain(text: str) -> str:
    """``text`` without spaces and case, so that the same name typed twice is the same name."""
    return "".join(text.split()).casefold()
