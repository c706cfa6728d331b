"""Where members stand on a campaign, for many of them at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mp_contacts.models import Constituency, Member, Position, Stance
from mp_contacts.selectors import member_of

VACANT = "vacant"
"""Stands in for a stance where nobody holds the seat."""


@dataclass(frozen=True)
class SeatStanding:
    """One seat, who holds it, and the newest public position of theirs; None where there is none."""

    seat: Constituency
    member: Member | None
    position: Position | None

    @property
    def stance(self) -> str:
        """One of Stance, or VACANT."""
        if self.member is None:
            return VACANT
        return self.position.stance if self.position else Stance.UNKNOWN

    @property
    def party(self) -> str:
        return self.member.party if self.member else ""


@dataclass(frozen=True)
class StanceCounts:
    """How many seats there are of each stance (or VACANT), altogether and by party and region."""

    by_stance: Counter[str]
    by_party: dict[str, Counter[str]]
    by_region: dict[str, Counter[str]]


def newest_positions(campaign_id: int, members: Iterable[Member] | None = None) -> dict[int, Position]:
    """The newest public position on a campaign by member; of ``members``, or of everybody. One query.

    The same that selectors.where_member_stands tells of one member.
    """
    positions = Position.objects.filter(campaign=campaign_id, is_public=True)
    if members is not None:
        positions = positions.filter(member__in=[member.pk for member in members])
    newest = positions.order_by("member_id", "-said_on", "-pk").distinct("member_id")
    return {position.member_id: position for position in newest}


def seat_standings(campaign_id: int) -> list[SeatStanding]:
    """Every seat by name, vacant ones too. Two queries, however many there are."""
    positions = newest_positions(campaign_id)
    seats = Constituency.objects.select_related("member").order_by("name")
    return [_standing(seat, positions) for seat in seats]


def count_stances(standings: Iterable[SeatStanding]) -> StanceCounts:
    """``standings`` added up. A vacant seat has a region and no party."""
    counts = StanceCounts(by_stance=Counter(), by_party={}, by_region={})
    for standing in standings:
        counts.by_stance[standing.stance] += 1
        counts.by_region.setdefault(standing.seat.region, Counter())[standing.stance] += 1
        if standing.party:
            counts.by_party.setdefault(standing.party, Counter())[standing.stance] += 1
    return counts


def _standing(seat: Constituency, positions: dict[int, Position]) -> SeatStanding:
    member = member_of(seat)
    return SeatStanding(seat=seat, member=member, position=positions.get(member.pk) if member else None)
