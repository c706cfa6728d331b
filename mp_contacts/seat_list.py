"""The list of every constituency, for whom a postcode does not lead to the right one."""

from dataclasses import dataclass

from mp_contacts.models import Constituency, Region
from mp_contacts.selectors import member_of


@dataclass(frozen=True)
class ListedSeat:
    """One line of the list of constituencies; no member's name where the seat is vacant."""

    code: str
    name: str
    member_name: str


def seats_by_region() -> list[tuple[str, list[ListedSeat]]]:
    """Every seat with its member, under the name of its region, in the order people read a map: from the north."""
    seats: dict[str, list[ListedSeat]] = {}
    for seat in Constituency.objects.select_related("member").order_by("name"):
        in_both = seat.name_cy and seat.name_cy != seat.name
        member = member_of(seat)
        listed = ListedSeat(
            code=seat.code,
            name=f"{seat.name} / {seat.name_cy}" if in_both else seat.name,
            member_name=member.name if member else "",
        )
        seats.setdefault(seat.region, []).append(listed)
    return [(str(region.label), seats[region]) for region in Region if region in seats]
