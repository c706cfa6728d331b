"""Giving older records the seat of their postcode, once there is a newer directory of postcodes."""

import time
from collections.abc import Iterator
from typing import Any, Final, cast
from uuid import UUID

from django.db import models, transaction

from supporters.action_kinds import action_kinds
from supporters.long_jobs import check_in
from supporters.models import Supporter
from supporters.seats import seat_of

BATCH: Final = 500
SLICE_S: Final = 20.0
"""Then other long jobs have a turn."""

Place = tuple[str, UUID | None]
"""Where to go on: the table, and the last row of it that is done."""
START: Final[Place] = ("", None)


def fill_in_seats(place: Place = START, *, seconds: float = SLICE_S) -> Place | None:
    """Go on from ``place`` for about ``seconds``; where to go on next time, None when all is done.

    A record whose postcode the directory does not know keeps the seat it has: it may have come with an imported
    list. One whose seat is its own statement (`seat_follows_postcode`) is left alone. Raises
    Interrupted when the worker stops; what was done until then is kept, and doing it again changes nothing.
    """
    ends_at = time.monotonic() + seconds
    for model, after in _models_from(place):
        last = after
        while (last := _fill_batch(model, last)) is not None:
            check_in()
            if time.monotonic() >= ends_at:
                return model._meta.label_lower, last
    return None


def _models_from(place: Place) -> Iterator[tuple[type[models.Model], UUID | None]]:
    """The tables that are not done yet, each with the last row of it that is."""
    actions = [kind.model for kind in action_kinds() if kind.model.seat_follows_postcode]
    tables: list[type[models.Model]] = [Supporter, *actions]
    labels = [model._meta.label_lower for model in tables]
    # A table that is gone since, with its app: from the beginning then, it does no harm.
    first = labels.index(place[0]) if place[0] in labels else 0
    for number, model in enumerate(tables[first:]):
        yield model, place[1] if number == 0 and place[0] == labels[first] else None


@transaction.atomic
def _fill_batch(model: type[models.Model], after: UUID | None) -> UUID | None:
    """Fill in the next BATCH rows after ``after``, locked in the order of their keys; the last one, None at the end."""
    rows = model._default_manager.filter(postcode__isnull=False).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    batch = list(rows.only("pk", "postcode", "constituency_code").select_for_update(of=("self",), no_key=True)[:BATCH])
    if not batch:
        return None
    changed = []
    for row in cast("list[Any]", batch):
        seat = seat_of(row.postcode)
        if seat and seat != row.constituency_code:
            row.constituency_code = seat
            changed.append(row)
    model._default_manager.bulk_update(changed, ["constituency_code"])
    return cast("UUID", batch[-1].pk)
