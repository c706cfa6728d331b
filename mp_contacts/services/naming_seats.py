"""Bringing in the seats of the House of Commons."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from mp_contacts.models import Constituency
from mp_contacts.releases.columns import WrongFile
from mp_contacts.releases.constituencies import NamedSeat


@dataclass(frozen=True)
class Named:
    """How many seats are new, and how many were brought up to date or were right already."""

    added: int
    known: int


@transaction.atomic
def name_constituencies(seats: Iterable[NamedSeat]) -> Named:
    """Add and rename seats by their codes; none is taken away, and what a file does not say stays as it was.

    Raises WrongFile when a new English seat has no region: letters and figures go by it.
    """
    named = {seat.code: seat for seat in seats}
    held = {seat.code: seat for seat in Constituency.objects.select_for_update().filter(code__in=named)}
    nowhere = sorted(code for code, seat in named.items() if not seat.region and code not in held)
    if nowhere:
        raise WrongFile(
            f"{len(nowhere):,} English constituencies are new here, such as {nowhere[0]}, and this file does not say "
            "in which region they are. Bring them in from a file with a column “region” first."
        )
    rows = []
    for code, seat in named.items():
        row = held.get(code) or Constituency(code=code)
        row.name, row.country = seat.name, seat.country
        row.name_cy = seat.name_cy or row.name_cy
        row.region = seat.region or row.region
        rows.append(row)
    Constituency.objects.bulk_create(
        [row for row in rows if row.code not in held],
    )
    Constituency.objects.bulk_update(
        [row for row in rows if row.code in held], ["name", "name_cy", "country", "region"], batch_size=200
    )
    return Named(added=len(named) - len(held), known=len(held))
