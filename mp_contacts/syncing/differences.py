"""What a list of members says otherwise than we do. Reads, and writes nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from mp_contacts.models import Constituency, Member
from mp_contacts.syncing.records import MemberRecord, seat_key


class Kind(StrEnum):
    """One sort of difference; its value is its name in a report."""

    NEW_MEMBER = "new_member"
    VACANCY = "vacancy"
    PARTY_CHANGE = "party_change"
    LOST_ADDRESS = "lost_address"
    CHANGED_ADDRESS = "changed_address"
    FOUND_ADDRESS = "found_address"
    NEW_NAME = "new_name"
    UNMATCHED = "unmatched"

    @property
    def label(self) -> str:
        """As a heading."""
        return LABELS[self]


LABELS: Final = {
    Kind.NEW_MEMBER: "New member in a seat",
    Kind.VACANCY: "Seat now vacant",
    Kind.PARTY_CHANGE: "Another party",
    Kind.LOST_ADDRESS: "Address lost",
    Kind.CHANGED_ADDRESS: "Another address",
    Kind.FOUND_ADDRESS: "Address found",
    Kind.NEW_NAME: "Another name",
    Kind.UNMATCHED: "Not taken over: we know no such seat",
}
MOST_WIPED: Final = 10
"""A sync that takes more than one in so many away is refused, unless somebody insists."""


class WrongList(Exception):
    """The list contradicts itself; the text says how, in one sentence."""


@dataclass(frozen=True)
class Change:
    """One difference: which seat, and what was there ``before`` and is ``after``."""

    kind: Kind
    seat: str
    seat_name: str
    who: str
    before: str = ""
    after: str = ""

    def as_json(self) -> dict[str, str]:
        names = ("seat", "seat_name", "who", "before", "after")
        return {name: getattr(self, name) for name in names}


@dataclass
class Differences:
    """Everything that is different, and what has to be written for it."""

    changes: list[Change] = field(default_factory=list)
    placed: list[tuple[MemberRecord, Member | None, Constituency]] = field(default_factory=list)
    """Who sits where, with the row we have of them."""
    leaving: list[Member] = field(default_factory=list)
    sitting_before: int = 0
    addresses_before: int = 0

    def count(self, kind: Kind) -> int:
        return sum(change.kind is kind for change in self.changes)

    def report(self) -> dict[str, Any]:
        """For MemberSync.report: the changes by kind, kinds without any left out."""
        kinds: dict[str, Any] = {}
        for kind in Kind:
            if found := [change.as_json() for change in self.changes if change.kind is kind]:
                kinds[kind.value] = found
        return {"members": len(self.placed), **kinds}

    def too_much(self) -> str:
        """Why this would take too much away, in a sentence; "" when it would not."""
        replaced = sum(change.kind is Kind.NEW_MEMBER and bool(change.before) for change in self.changes)
        gone = replaced + self.count(Kind.VACANCY)
        addresses = self.count(Kind.LOST_ADDRESS) + self.count(Kind.CHANGED_ADDRESS)
        # A seat whose member and address both change is one seat.
        if gone * MOST_WIPED > self.sitting_before or addresses * MOST_WIPED > self.addresses_before:
            return (
                f"It would take {gone:,} of {self.sitting_before:,} members out of their seats, and take away or "
                f"replace {addresses:,} of {self.addresses_before:,} addresses. That is more than a tenth."
            )
        return ""


class Seats:
    """Our seats, found by code, by Parliament's number, or by name; never guessed."""

    def __init__(self, seats: Iterable[Constituency]) -> None:
        self.by_code = {seat.code: seat for seat in seats}
        self._by_number = {seat.parliament_id: seat for seat in seats if seat.parliament_id}
        spellings = [(seat_key(name), seat) for seat in seats for name in {seat.name, seat.name_cy} if name]
        # One key of two seats names neither.
        known = {(key, seat.code) for key, seat in spellings}
        often = Counter(key for key, _ in known)
        self._by_name = {key: seat for key, seat in spellings if often[key] == 1}

    def of(self, record: MemberRecord) -> Constituency | None:
        """The seat of ``record``; None when we know no such seat, or cannot be sure."""
        if record.seat:
            return self.by_code.get(record.seat)
        if record.seat_parliament_id in self._by_number:
            return self._by_number[record.seat_parliament_id]
        seat = self._by_name.get(seat_key(record.seat_name))
        if seat is not None and seat.parliament_id and record.seat_parliament_id:
            # Parliament has another number for the seat we know by this name: one of the two is an old one.
            return None
        return seat


def find_differences(records: Sequence[MemberRecord]) -> Differences:
    """Compare the whole list ``records`` with our members. Raises WrongList when two sit in one seat, or one in two.

    A list without invented seats says nothing about those, and the other way round.
    """
    seats = Seats(list(Constituency.objects.all()))
    members = list(Member.objects.select_related("constituency"))
    ours = _Ours(members)
    found = Differences()
    taken: dict[str, MemberRecord] = {}
    listed: set[int] = set()
    numbers = Counter(record.parliament_id for record in records if record.parliament_id)
    for record in records:
        if record.parliament_id and numbers[record.parliament_id] > 1:
            raise WrongList(f"{record.name} stands in this list twice.")
        seat = seats.of(record)
        member = ours.find(record, seat)
        if member is not None:
            if member.pk in listed:
                raise WrongList(f"{record.name} stands in this list twice.")
            listed.add(member.pk)
        if seat is None:
            where = record.seat_name or record.seat
            found.changes.append(Change(Kind.UNMATCHED, record.seat, where, record.name))
            continue
        if seat.code in taken:
            raise WrongList(f"Two members are listed for {seat.name}: {taken[seat.code].name} and {record.name}.")
        taken[seat.code] = record
        found.placed.append((record, member, seat))
    if not found.placed:
        raise WrongList("None of the constituencies in this list is one that we know.")
    _compare(found, members, listed, taken)
    return found


class _Ours:
    """The rows we have of members, found by Parliament's number, or by seat and name."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._by_number = {member.parliament_id: member for member in members if member.parliament_id}
        self._by_seat = {member.constituency_id: member for member in members if member.constituency_id}

    def find(self, record: MemberRecord, seat: Constituency | None) -> Member | None:
        if record.parliament_id in self._by_number:
            return self._by_number[record.parliament_id]
        holder = self._by_seat.get(seat.code) if seat else None
        numbers_agree = holder is None or not (holder.parliament_id and record.parliament_id)
        if holder is not None and numbers_agree and seat_key(holder.name) == seat_key(record.name):
            return holder
        return None


def _compare(found: Differences, members: Sequence[Member], listed: set[int], taken: dict[str, MemberRecord]) -> None:
    kinds = {_is_invented(code) for code in taken}
    holders = {
        member.constituency_id: member
        for member in members
        if member.constituency_id and _is_invented(member.constituency_id) in kinds
    }
    found.sitting_before = len(holders)
    found.addresses_before = sum(bool(member.email) for member in holders.values())
    for record, member, seat in found.placed:
        before = holders.get(seat.code)
        if before is None or member is None or before.pk != member.pk:
            was = before.name if before else ""
            found.changes.append(Change(Kind.NEW_MEMBER, seat.code, seat.name, record.name, was, record.name))
        if member is not None and member.constituency_id:
            found.changes.extend(_changes_of(record, member, seat))
    moved = {member.pk: seat.code for _, member, seat in found.placed if member is not None}
    for code, holder in holders.items():
        stays = moved.get(holder.pk) == code or (holder.pk in listed and holder.pk not in moved and code not in taken)
        if stays:
            continue
        if holder.pk not in moved:
            found.leaving.append(holder)
        if code not in taken and holder.constituency is not None:
            found.changes.append(Change(Kind.VACANCY, code, holder.constituency.name, holder.name, holder.name))


def _changes_of(record: MemberRecord, member: Member, seat: Constituency) -> Iterable[Change]:
    """What is different about somebody who sat before and still sits."""

    def change(kind: Kind, before: str, after: str) -> Change:
        return Change(kind, seat.code, seat.name, record.name, before, after)

    if record.party != member.party:
        yield change(Kind.PARTY_CHANGE, member.party, record.party)
    if record.name != member.name:
        yield change(Kind.NEW_NAME, member.name, record.name)
    if record.email is not None and record.email.casefold() != member.email.casefold():
        kind = Kind.CHANGED_ADDRESS if member.email and record.email else Kind.FOUND_ADDRESS
        yield change(kind if record.email else Kind.LOST_ADDRESS, member.email, record.email)


def _is_invented(code: str) -> bool:
    return code.startswith("X")
