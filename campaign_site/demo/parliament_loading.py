"""Loading the invented Parliament: seats, members, the postcodes in them, and where members stand."""

from collections.abc import Mapping
from datetime import date, timedelta

from campaign_site.demo.parliament import STANDS, TAKES_NO_LETTERS, invented_seats
from home.models import CampaignPage, User
from mp_contacts.models import Constituency, Member, Position
from mp_contacts.postcodes import store_directory

EDITION = "Invented postcodes of the demo"


def load_parliament() -> dict[str, Member]:
    """Seats, members and the postcode directory; the members by name."""
    seats = list(invented_seats())
    Constituency.objects.bulk_create(
        Constituency(code=seat.code, name=seat.name, region=seat.region, country=seat.country) for seat in seats
    )
    members = Member.objects.bulk_create(
        Member(
            name=seat.member,
            sort_name=", ".join(reversed(seat.member.rsplit(" ", 1))),
            address_name=f"{seat.member} MP",
            party=seat.party,
            email=seat.email,
            constituency_id=seat.code,
            is_opted_out=seat.name == TAKES_NO_LETTERS,
            opt_out_reason="Asked in an invented mail to be left out." if seat.name == TAKES_NO_LETTERS else "",
        )
        for seat in seats
        if seat.member
    )
    pairs = [(postcode, seat.code) for seat in seats for postcode in seat.postcodes]
    store_directory(edition=EDITION, pairs=pairs)
    return {member.name: member for member in members}


def record_stands(campaign: CampaignPage, members: Mapping[str, Member], *, today: date, added_by: User) -> None:
    """Write down what invented members said about ``campaign``."""
    Position.objects.bulk_create(
        Position(
            member=members[said.member],
            campaign=campaign,
            stance=said.stance,
            drawn_from=said.drawn_from,
            quote=said.quote,
            source=said.source,
            said_on=today - timedelta(days=said.days_ago),
            added_by=added_by,
        )
        for said in STANDS
    )
