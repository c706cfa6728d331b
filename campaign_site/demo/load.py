"""Invented supporters by the million, for load tests: with consents, some of them taken back, and some people twice."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from campaign_site.demo.bulk import copy_rows
from campaign_site.demo.people import FIRST_NAMES, INWARD_LETTERS, LAST_NAMES, TOWNS
from supporters.crypto.fields import encrypted_field
from supporters.identity import email_key, mailbox_key, name_key, phone_key, postcode_key
from supporters.models import ConsentRecord, ConsentText, CurrentConsent, Purpose, Supporter, Suppression

SUPPORTER_COLUMNS: Final = (
    "id", "email_key", "mailbox_key", "name_key", "phone_key", "postcode_key", "name", "email", "phone", "postcode",
    "country", "constituency_code", "language", "source", "created_at", "updated_at", "last_act_at",
)  # fmt: skip
CONSENT_COLUMNS: Final = ("supporter_id", "text_id", "choice", "method", "asked_at", "created_at")
SUPPRESSION_COLUMNS: Final = ("email_key", "reason", "created_at")

LANGUAGES: Final = ("en",) * 44 + ("ro", "ro", "es", "pl", "pt", "cy")
SOURCES: Final = ("newsletter", "share", "stall", "union", "petition 7", "petition 8")
CONSTITUENCIES: Final = tuple(f"E140{number:05}" for number in range(1001, 1651))
OUTWARD: Final = tuple(outward for town in TOWNS for outward in town.outward)
YEARS_BACK: Final = timedelta(days=3 * 365)
EVERY_DUPLICATE: Final = 500
"""One record in so many is somebody who is here already, under another address."""

_NAME = encrypted_field(Supporter, "name")
_EMAIL = encrypted_field(Supporter, "email")
_PHONE = encrypted_field(Supporter, "phone")
_POSTCODE = encrypted_field(Supporter, "postcode")


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented record: ``answers`` are choices about updates, oldest first; ``reason`` a suppression or none."""

    address: str
    name: str
    phone: str
    postcode: str
    constituency: str
    language: str
    source: str
    created_at: datetime
    answers: tuple[str, ...]
    reason: str


def invented_people(numbers: range, *, run: str, now: datetime) -> Iterator[Invented]:
    """One record for each of ``numbers``; ``run`` keeps the addresses of two runs apart."""
    chance = random.Random(f"{run}.{numbers.start}")
    before: Invented | None = None
    for number in numbers:
        if before and number % EVERY_DUPLICATE == EVERY_DUPLICATE - 1:
            yield _again(before, number)
            continue
        before = _somebody(number, chance, run=run, now=now)
        yield before


def _somebody(number: int, chance: random.Random, *, run: str, now: datetime) -> Invented:
    luck = chance.random()
    answers: tuple[str, ...] = ()
    if luck < 0.6:
        answers = ("given",) if luck < 0.5 else ("given", "withdrawn")
    return Invented(
        address=f"load.{run}.{number}@example.org",
        name=f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}",
        # +999 leads nowhere: the number of nobody.
        phone=f"+999{chance.randrange(10**10):010}" if luck < 0.2 or luck > 0.9 else "",
        postcode=f"{chance.choice(OUTWARD)} {chance.randrange(10)}"
        f"{chance.choice(INWARD_LETTERS)}{chance.choice(INWARD_LETTERS)}",
        constituency=chance.choice(CONSTITUENCIES),
        language=chance.choice(LANGUAGES),
        source=chance.choice(SOURCES),
        created_at=now - chance.random() * YEARS_BACK,
        answers=answers,
        reason="asked" if len(answers) == 2 else "bounced" if luck > 0.99 else "",
    )


def _again(somebody: Invented, number: int) -> Invented:
    """The same person as ``somebody`` under another address, in one of three ways that can be noticed."""
    local, _, domain = somebody.address.partition("@")
    way = number // EVERY_DUPLICATE % 3
    return Invented(
        address=f"{local}+again@{domain}" if way == 0 else f"again.{number}.{somebody.address}",
        name=somebody.name,
        phone=somebody.phone if way == 1 else "",
        postcode=somebody.postcode if way == 2 else "",
        constituency="",
        language=somebody.language,
        source="",
        created_at=somebody.created_at + timedelta(hours=1),
        answers=("given",),
        reason="",
    )


@transaction.atomic
def write_people(people: list[Invented], *, text: ConsentText, analyse: bool) -> int:
    """Store ``people`` with what they answered to ``text``; how many. ``analyse`` when the table has grown a lot."""
    supporters, consents, suppressions = [], [], []
    for person in people:
        row = uuid.uuid4()
        key = email_key(person.address)
        supporters.append(_supporter(row, key, person))
        for place, choice in enumerate(person.answers):
            at = person.created_at + timedelta(days=place)
            consents.append((row, text.pk, choice, "load test", at, at))
        if person.reason:
            suppressions.append((key, person.reason, person.created_at))
    copy_rows(Supporter._meta.db_table, SUPPORTER_COLUMNS, supporters)
    if analyse:
        # Without figures for the rows just written, each consent's foreign key is checked by reading them all.
        refresh_people_figures()
    copy_rows(ConsentRecord._meta.db_table, CONSENT_COLUMNS, consents)
    copy_rows(Suppression._meta.db_table, SUPPRESSION_COLUMNS, suppressions)
    return len(people)


def _supporter(row: uuid.UUID, key: bytes, person: Invented) -> tuple[Any, ...]:
    at = person.created_at
    return (
        row,
        key,
        mailbox_key(person.address),
        name_key(person.name),
        phone_key(person.phone),
        postcode_key(person.postcode),
        _NAME.lock(row, person.name),
        _EMAIL.lock(row, person.address),
        _PHONE.lock(row, person.phone),
        _POSTCODE.lock(row, person.postcode),
        "GB",
        person.constituency,
        person.language,
        person.source,
        at,
        at,
        at,
    )


def load_wording() -> ConsentText:
    """The words that loaded people answered."""
    text, _ = ConsentText.objects.get_or_create(
        purpose=Purpose.UPDATES,
        controller="Load test",
        language="en",
        version=1,
        defaults={
            "wording": "Yes, write to me about this campaign. I can stop at any time.",
            "published_at": timezone.now(),
        },
    )
    return text


def refresh_people_figures() -> None:
    """The planner's figures for everything that a load writes."""
    with connection.cursor() as cursor:
        for model in (Supporter, ConsentRecord, CurrentConsent, Suppression):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
