"""Invented supporters, the same ones each time: who they are, when they signed, how they wish to be shown."""

import math
import random
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from campaign_site.demo import comments
from campaign_site.demo.campaigns import CAMPAIGNS
from campaign_site.demo.people import COUNTRIES, FIRST_NAMES, INWARD_LETTERS, LAST_NAMES, TOWNS
from campaign_site.demo.shapes import Comment, PetitionText

LANGUAGES = ("en",) * 44 + ("ro", "ro", "es", "pl", "pt", "cy")
SHOWN_AS = ("not_shown",) * 9 + ("first_name",) * 7 + ("initials",) * 3 + ("full_name",)
SOURCES = ("",) * 10 + ("newsletter", "share", "share", "stall", "union")

# How lively each hour of the day is, midnight first: asleep at night, a rise at lunch, most in the evening.
HOURS = (2, 1, 1, 0, 0, 1, 3, 6, 9, 9, 8, 8, 12, 12, 9, 8, 8, 10, 13, 16, 17, 15, 10, 5)

# The crowd that all petitions draw from, so that some people have signed several, as happens.
CROWD = 2600


@dataclass(frozen=True)
class Signer:
    """One invented person on one petition. Times are aware; ``confirmed_at`` is None while they have not confirmed."""

    name: str
    email: str
    postcode: str
    country: str
    language: str
    source: str
    shown_as: str
    wants_updates: bool
    created_at: datetime
    confirmed_at: datetime | None
    comment: str = ""
    is_approved: bool = False


def signers_of(petition: PetitionText, *, now: datetime) -> list[Signer]:
    """Everybody who signed ``petition``, the first to sign first, and a few who have not confirmed yet.

    The same petition gets the same people whenever it is asked; only the dates move with ``now``.
    """
    chance = random.Random(petition.slug)
    times = signing_times(petition, chance, now=now)
    people = chance.sample(range(CROWD), len(times))
    signers = [invented_signer(person, created_at=at) for person, at in zip(people, times, strict=True)]
    signers = [_confirmed(signer, chance, now=now) for signer in signers]
    if petition.collected_until == 0:
        signers = _leave_some_waiting(signers, chance, now=now)
    return _with_comments(signers, petition, chance)


def load_signers(numbers: Iterable[int], *, run: str, now: datetime) -> list[Signer]:
    """Confirmed signers for a load test, one for each of ``numbers``; ``run`` keeps addresses of runs apart."""
    return [
        replace(
            invented_signer(number, created_at=now - timedelta(minutes=5), address=f"load.{run}.{number}@example.org"),
            confirmed_at=now - timedelta(minutes=1),
        )
        for number in numbers
    ]


def invented_signer(number: int, *, created_at: datetime, address: str = "") -> Signer:
    """Person ``number`` of the crowd, the same each time, signing at ``created_at``."""
    chance = random.Random(number)
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    country = "GB" if chance.random() < 0.95 else chance.choice(COUNTRIES)
    return Signer(
        name=f"{first} {last}",
        email=address or address_for(f"{first} {last}", number),
        postcode=_postcode(chance) if country == "GB" else "",
        country=country,
        language=chance.choice(LANGUAGES),
        source=chance.choice(SOURCES),
        shown_as=chance.choice(SHOWN_AS),
        wants_updates=chance.random() < 0.4,
        created_at=created_at,
        confirmed_at=None,
    )


def address_for(name: str, number: int) -> str:
    """An address nobody has: example.org is reserved for examples (RFC 2606)."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("ş", "s")).encode("ascii", "ignore").decode()
    return f"{plain.replace(' ', '.').replace(chr(39), '').lower()}.{number}@example.org"


def signing_times(petition: PetitionText, chance: random.Random, *, now: datetime) -> list[datetime]:
    """When people signed: a rush at the start, a smaller one after each update, a quiet end, few at night."""
    days = range(petition.collected_until, petition.days_open)
    news = [update.days_ago for update in petition.updates]
    weights = [_liveliness(petition.days_open - 1 - day, [entry - day for entry in news], chance) for day in days]
    drawn = chance.choices(days, weights=weights, k=petition.signatures)
    latest = now - timedelta(minutes=2)
    times = [_moment(day, chance, now=now) for day in drawn]
    return sorted(at if at < latest else at - timedelta(days=1) for at in times)


def _liveliness(age: int, since_news: list[int], chance: random.Random) -> float:
    """How busy a day is, ``age`` days after the start and so many days after each update (negative: before it)."""
    echoes = sum(2.2 * math.exp(-since / 1.6) for since in since_news if since >= 0)
    return (0.5 + 5 * math.exp(-age / 2.5) + echoes) * chance.uniform(0.75, 1.25)


def _moment(days_ago: int, chance: random.Random, *, now: datetime) -> datetime:
    hour = chance.choices(range(24), weights=HOURS)[0]
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
    return midnight + timedelta(hours=hour, seconds=chance.randrange(3600))


def _confirmed(signer: Signer, chance: random.Random, *, now: datetime) -> Signer:
    """Most people open the mail within minutes, a few a day later."""
    after = timedelta(minutes=chance.lognormvariate(1.2, 1.3))
    # Counting stops a little short of now; nobody confirms in the future.
    return replace(signer, confirmed_at=min(signer.created_at + after, now - timedelta(minutes=1)))


def _leave_some_waiting(signers: list[Signer], chance: random.Random, *, now: datetime) -> list[Signer]:
    recent = [place for place, signer in enumerate(signers) if now - signer.created_at < timedelta(days=2)]
    waiting = set(chance.sample(recent, len(recent) // 6))
    return [replace(signer, confirmed_at=None) if place in waiting else signer for place, signer in enumerate(signers)]


def _with_comments(signers: list[Signer], petition: PetitionText, chance: random.Random) -> list[Signer]:
    """Hand the petition's share of the comments to confirmed signers, those a moderator has not read to the latest."""
    approved, waiting = _share_of(petition)
    confirmed = [place for place, signer in enumerate(signers) if signer.confirmed_at]
    latest, earlier = confirmed[-4 * len(waiting) or len(confirmed) :], confirmed[: -4 * len(waiting) or None]
    written = dict(zip(chance.sample(earlier, len(approved)), approved, strict=True))
    unread = dict(zip(chance.sample(latest, len(waiting)), waiting, strict=True))
    result = list(signers)
    for place, comment in {**written, **unread}.items():
        result[place] = replace(
            signers[place],
            name=comment.name or signers[place].name,
            language=comment.language,
            comment=comment.text,
            shown_as=chance.choice(("first_name", "first_name", "initials", "full_name")),
            is_approved=place in written,
        )
    return result


def _share_of(petition: PetitionText) -> tuple[list[Comment], list[Comment]]:
    """The comments that this petition takes: each text appears on one petition only."""
    everybody = [other for campaign in CAMPAIGNS for other in campaign.petitions]
    before = everybody[: everybody.index(petition)]
    start, waiting = sum(other.comments for other in before), sum(other.waiting_comments for other in before)
    return (
        list(comments.APPROVED[start : start + petition.comments]),
        list(comments.WAITING[waiting : waiting + petition.waiting_comments]),
    )


def _postcode(chance: random.Random) -> str:
    town = chance.choices(TOWNS, weights=[town.share for town in TOWNS])[0]
    inward = f"{chance.randrange(10)}{chance.choice(INWARD_LETTERS)}{chance.choice(INWARD_LETTERS)}"
    return f"{chance.choice(town.outward)} {inward}"
