"""Writing what a list of members says. Never touches what organisers added."""

from datetime import date
from typing import Final

from django.utils import timezone

from mp_contacts.models import Constituency, Member
from mp_contacts.syncing.differences import Differences
from mp_contacts.syncing.records import MemberRecord, name_to_sort_by

COMPARED: Final = (
    "parliament_id",
    "name",
    "sort_name",
    "address_name",
    "party",
    "email",
    "started_on",
    "left_on",
    "failing_since",
    "failure",
)


def write_differences(found: Differences) -> None:
    """Bring our members into line with ``found``. Call it in a transaction, with what was found in the same one."""
    moving = [
        member
        for _, member, seat in found.placed
        if member is not None and member.constituency_id not in {None, seat.code}
    ]
    # Seats are given up before they are taken: a seat has one member at any moment.
    for member in moving:
        member.constituency = None
        member.save(update_fields=["constituency"])
    for member in found.leaving:
        member.constituency, member.left_on = None, timezone.localdate()
        member.save(update_fields=["constituency", "left_on", "updated_at"])
    for record, known, seat in found.placed:
        _write(record, known or Member(), seat)
        if record.seat_parliament_id and seat.parliament_id is None:
            Constituency.objects.filter(pk=seat.pk).update(parliament_id=record.seat_parliament_id)


def _write(record: MemberRecord, member: Member, seat: Constituency) -> None:
    before = {name: getattr(member, name) for name in COMPARED}
    seat_before = member.constituency_id
    if record.name != member.name:
        # What was made of the old name does not fit the new one; the list may say better.
        member.sort_name, member.address_name = name_to_sort_by(record.name), ""
    member.name, member.party = record.name, record.party
    member.sort_name = record.sort_name or member.sort_name
    member.address_name = record.address_name or member.address_name
    member.parliament_id = record.parliament_id or member.parliament_id
    if record.started_on:
        member.started_on = date.fromisoformat(record.started_on)
    address_before = member.letter_address
    if record.email is not None and record.email.casefold() != member.email.casefold():
        member.email = record.email
    if member.letter_address != address_before:
        # The new address has not refused anything yet.
        member.failing_since, member.failure = None, ""
    member.constituency, member.left_on = seat, None
    changed = [name for name, value in before.items() if getattr(member, name) != value]
    if seat_before != seat.code:
        changed.append("constituency")
    if member.pk is None:
        member.save()
    elif changed:
        # No field more: a letter may be coming back at this moment, which marks the address as failing.
        member.save(update_fields=[*changed, "updated_at"])
