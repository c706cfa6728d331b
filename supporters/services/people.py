"""One record per person."""

from itertools import islice
from typing import Final
from uuid import UUID

import pgtrigger
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from supporters.identity import email_key, mailbox_key, name_key, phone_key, postcode_key
from supporters.models import ConsentRecord, CurrentConsent, Link, MessageState, Supporter, Suppression
from supporters.outbox import settle
from supporters.retention import without_actions
from supporters.seats import seat_of

AT_ONCE: Final = 500


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
    decides who somebody is. An address whose record an organiser merged into another leads to that
    other one, and changes no detail there. Raises ValueError when ``address`` is none.
    """
    key = email_key(address)
    supporter = Supporter.objects.select_for_update().filter(email_key=key).first()
    if supporter is None:
        # Two confirmations at once both find nobody; the constraint lets one row in, and both then lock it.
        Supporter.objects.bulk_create([Supporter(email_key=key, source=source)], ignore_conflicts=True)
        supporter = Supporter.objects.select_for_update().get(email_key=key)
    if supporter.merged_into_id is not None:
        supporter = Supporter.objects.select_for_update().get(pk=supporter.merged_into_id)
    else:
        supporter.language = language or supporter.language
        write_details(
            supporter,
            address=address,
            name=name or supporter.name,
            postcode=postcode or supporter.postcode,
            country=country or supporter.country,
            constituency_code=constituency_code,
        )
    supporter.last_act_at = Now()
    supporter.save()
    return supporter


def write_details(
    supporter: Supporter,
    *,
    address: str | None = None,
    name: str | None = None,
    phone: str | None = None,
    postcode: str | None = None,
    country: str | None = None,
    constituency_code: str = "",
) -> None:
    """Set details of ``supporter``, unsaved, and the keyed hashes that go with them; None leaves one as it is.

    A constituency belongs to the postcode it was found by: a new postcode brings its own, or clears it.
    ``address`` must be a form of the one that ``email_key`` was made from.
    """
    if address is not None:
        supporter.email, supporter.mailbox_key = address, mailbox_key(address)
    if name is not None:
        supporter.name, supporter.name_key = name, name_key(name)
    if phone is not None:
        supporter.phone, supporter.phone_key = phone, phone_key(phone)
    if postcode is not None:
        if postcode_key(postcode) != postcode_key(supporter.postcode):
            supporter.constituency_code = seat_of(postcode)
        supporter.postcode, supporter.postcode_key = postcode, postcode_key(postcode)
    if country is not None:
        supporter.country = country
    supporter.constituency_code = constituency_code or supporter.constituency_code


@transaction.atomic
def forget_if_unconnected(supporter: Supporter) -> bool:
    """Erase somebody who took back the last thing they did here, and what they had agreed to with them.

    Called for a person's own act alone. While another action of theirs stands, they stay. True if
    they were erased.
    """
    if not without_actions(Supporter.objects.filter(pk=supporter.pk)).exists():
        return False
    delete_supporters(Supporter.objects.filter(pk=supporter.pk))
    return True


@transaction.atomic
def delete_supporters(supporters: QuerySet[Supporter]) -> int:
    """Delete records with all that hangs on them: consents, merges, suggestions, what imports did; how many records.

    Who no longer answers to ``supporters`` when their turn comes is left alone. Needs the same memory for one
    as for a million. The ledger is only ever added to, but not for people who no longer exist to it. A no
    outlives them as a keyed hash: otherwise the next list that somebody brings in would undo it.
    """
    deleted = 0
    found = supporters.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
    with pgtrigger.ignore("supporters.ConsentRecord:append_only"):
        while batch := list(islice(found, AT_ONCE)):
            locked = supporters.filter(pk__in=batch).only("pk").order_by("pk").select_for_update(of=("self",))
            keys = [supporter.pk for supporter in locked]
            Link.objects.filter(subject_id__in=keys).delete()
            settle(Q(subject_id__in=keys), MessageState.CANCELLED)
            _keep_noes(keys)
            Supporter.objects.filter(pk__in=keys).delete()
            deleted += len(keys)
    return deleted


def _keep_noes(ids: list[UUID]) -> None:
    """Suppress every address of those with a no in their ledger; what leads to their record goes with it."""
    answers_for = Coalesce("merged_into", "pk")
    refused = CurrentConsent.objects.filter(supporter=OuterRef("answers_for"), choice=ConsentRecord.Choice.WITHDRAWN)
    people = Supporter.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).annotate(answers_for=answers_for)
    keys = people.filter(Exists(refused)).order_by("email_key").values_list("email_key", flat=True)
    noes = [Suppression(email_key=bytes(key), reason=Suppression.Reason.ASKED) for key in keys]
    Suppression.objects.bulk_create(noes, ignore_conflicts=True)
