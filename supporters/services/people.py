"""One record per person."""

import pgtrigger
from django.db import transaction

from supporters.identity import email_key
from supporters.models import Supporter
from supporters.retention import without_actions


@transaction.atomic
def remember_supporter(
    *,
    address: str,
    name: str = "",
    postcode: str = "",
    country: str = "",
    language: str = "en",
    source: str = "",
    constituency_code: str = "",
) -> Supporter:
    """The record of whoever owns ``address``, made or brought up to date.

    Call it only when the address has been confirmed: anybody can type a stranger's address into a
    form, and must not write into the stranger's record by it. What was left empty keeps its old value;
    where a person first came from is kept for good. Two people are never made one: only the address
    decides who somebody is. Raises ValueError when ``address`` is none.
    """
    key = email_key(address)
    supporter = Supporter.objects.select_for_update().filter(email_key=key).first()
    if supporter is None:
        # Two confirmations at once both find nobody; the constraint lets one row in, and both then lock it.
        Supporter.objects.bulk_create([Supporter(email_key=key, source=source)], ignore_conflicts=True)
        supporter = Supporter.objects.select_for_update().get(email_key=key)
    supporter.email = address
    supporter.name = name or supporter.name
    supporter.country = country or supporter.country
    supporter.language = language or supporter.language
    if postcode and postcode != supporter.postcode:
        # A constituency belongs to the postcode it was found by.
        supporter.postcode, supporter.constituency_code = postcode, ""
    supporter.constituency_code = constituency_code or supporter.constituency_code
    supporter.save()
    return supporter


@transaction.atomic
def forget_if_unconnected(supporter: Supporter) -> bool:
    """Erase somebody who took back the last thing they did here, and what they had agreed to with them.

    Called for a person's own act alone. While another action of theirs stands, they stay. True if
    they were erased.
    """
    if not without_actions(Supporter.objects.filter(pk=supporter.pk)).exists():
        return False
    # The ledger is only ever added to, but not for people who no longer exist to it.
    with pgtrigger.ignore("supporters.ConsentRecord:append_only"):
        supporter.delete()
    return True
