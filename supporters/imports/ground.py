"""What we hold about the people of one batch, fetched with a handful of statements."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from supporters.models import CurrentConsent, Supporter, Suppression


@dataclass(slots=True)
class Standing:
    """A person's answer to one purpose, and the words it was to."""

    choice: str
    asked_at: datetime
    text_id: int


@dataclass(slots=True)
class Ground:
    """What stands before a batch; a plan for one row changes it for the rows behind it.

    ``records`` are by e-mail key, as they are; `answering` follows a merged one to the record that was kept.
    """

    records: dict[bytes, Supporter] = field(default_factory=dict)
    kept: dict[uuid.UUID, Supporter] = field(default_factory=dict)
    suppressed: dict[bytes, str] = field(default_factory=dict)
    standing: dict[tuple[uuid.UUID, str], Standing] = field(default_factory=dict)

    def answering(self, key: bytes) -> Supporter | None:
        """The record that stands for whoever ``key`` is of."""
        record = self.records.get(key)
        return self.kept[record.merged_into_id] if record and record.merged_into_id else record


NEEDED: Final = (
    *("id", "email_key", "merged_into_id", "updated_at", "last_act_at"),
    *("name", "phone", "postcode", "country", "constituency_code", "language", "source"),
)


def look_up(keys: Collection[bytes], *, lock: bool) -> Ground:
    """The ground for the people of ``keys``. With ``lock`` nobody changes their records until the transaction ends."""
    people = Supporter.objects.only(*NEEDED)
    if lock:
        people = people.select_for_update(of=("self",))
    ground = Ground()
    # In the order in which merging and erasing lock people too, or two transactions could wait for each other.
    _add(ground, people.filter(email_key__in=keys).order_by("pk"))
    merged = {record.merged_into_id for record in ground.records.values() if record.merged_into_id}
    ground.kept = {record.pk: record for record in ground.records.values() if record.pk in merged}
    missing = merged - ground.kept.keys()
    if missing:
        ground.kept |= {record.pk: record for record in people.filter(pk__in=missing).order_by("pk")}
    every_key = {*keys, *(bytes(record.email_key) for record in ground.kept.values())}
    suppressed = Suppression.objects.filter(email_key__in=every_key).values_list("email_key", "reason")
    ground.suppressed = {bytes(key): reason for key, reason in suppressed}
    everybody = {record.pk for record in ground.records.values()} | ground.kept.keys()
    if everybody:
        answers = CurrentConsent.objects.filter(supporter__in=everybody).values_list(
            "supporter_id", "purpose", "choice", "asked_at", "record__text_id"
        )
        ground.standing = {(who, purpose): Standing(choice, at, text) for who, purpose, choice, at, text in answers}
    return ground


def _add(ground: Ground, records: Iterable[Supporter]) -> None:
    for record in records:
        ground.records[bytes(record.email_key)] = record
