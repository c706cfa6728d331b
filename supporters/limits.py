"""Rate limits in PostgreSQL, exact across all processes, without a stored address.

The generic cell rate algorithm (ITU-T I.371, annex A) needs one time stamp a bucket: when it will be
empty again. Buckets are known by a hash, for networks under a secret that lives one day.
"""

import hashlib
import hmac
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import zip_longest
from typing import Final

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from supporters.crypto.keyring import current_keyring
from supporters.models import LimitBucket, LimitKey
from supporters.retention import retention_rule


@dataclass(frozen=True)
class Limit:
    """``burst`` requests at once, then one more each ``every``; ``name`` keeps its buckets apart."""

    name: str
    burst: int
    every: timedelta


@dataclass(frozen=True)
class Ask:
    """One request counted against one bucket; ``key`` is a 32-byte hash."""

    limit: Limit
    key: bytes


NETWORK_LIMIT: Final = Limit(
    "network",
    burst=settings.LIMIT_NETWORK_BURST,
    every=timedelta(minutes=1) / settings.LIMIT_NETWORK_PER_MINUTE,
)
PAGE_LIMIT: Final = Limit(
    "page",
    # A minute's worth at once: a link on television brings everybody in the same second.
    burst=settings.LIMIT_PAGE_PER_MINUTE,
    every=timedelta(minutes=1) / settings.LIMIT_PAGE_PER_MINUTE,
)


def network_key(limit: Limit, network: str) -> bytes:
    """The bucket of a network, for today; nobody can tell which network it was once the day is over.

    Two secrets make it: the day's, deleted with the day, and one that is never in the database, so
    that a dump taken today tells no network either.
    """
    keyed = hmac.digest(current_keyring().index, b"limits|" + _secret_of_today(), hashlib.sha256)
    return hmac.digest(keyed, f"{limit.name}|{network}".encode(), hashlib.sha256)


def key_of_today(purpose: bytes) -> bytes:
    """A key for hashes that nobody can make again once the day is over, different for each ``purpose``."""
    keyed = hmac.digest(current_keyring().index, b"limits|" + _secret_of_today(), hashlib.sha256)
    return hmac.digest(keyed, b"key|" + purpose, hashlib.sha256)


def page_key(limit: Limit, page_id: int) -> bytes:
    """The bucket of a page, which is nobody's secret."""
    return hashlib.sha256(f"{limit.name}|{page_id}".encode()).digest()


def consume(asks_of_each: Sequence[Sequence[Ask]]) -> list[bool]:
    """Whether each request of a batch is granted by all the limits it names.

    Runs in the caller's transaction, one statement for each place in the requests' lists and each
    distinct bucket touched once. Name the narrowest limit first, everywhere in the same order: what
    one refuses is not charged to the next, so a flood from one network does not use up a page's
    allowance, and two processes never wait for each other in a ring.
    """
    granted = [True] * len(asks_of_each)
    for place in zip_longest(*asks_of_each):
        asked: defaultdict[Ask, list[int]] = defaultdict(list)
        for request, ask in enumerate(place):
            if ask is not None and granted[request]:
                asked[ask].append(request)
        fits = _charge(Counter({ask: len(requests) for ask, requests in asked.items()}))
        for ask, requests in asked.items():
            for request in requests[fits[ask.key] :]:
                granted[request] = False
    return granted


@retention_rule(
    "supporters.limits",
    what=_("Marks of the networks that forms come from, so that nobody can flood the site"),
    fields=("supporters.LimitBucket.key", "supporters.LimitKey.secret"),
    until=_("the limit no longer holds, minutes to hours; the key that networks are hashed with until the day is over"),
)
def forget_old_limits() -> int:
    """Delete the buckets that are empty again and the secrets of past days; how many buckets there were."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
        forgotten = cursor.rowcount
    LimitKey.objects.filter(day__lt=_today()).delete()
    return forgotten


# `granted` of the proposed row carries how many were asked for; what a new bucket can hold is its burst.
CHARGE = f"""
INSERT INTO {LimitBucket._meta.db_table} AS bucket (key, full_until, granted)
SELECT key, statement_timestamp() + least(asked, %(burst)s) * %(every)s::interval, least(asked, %(burst)s)
FROM unnest(%(keys)b::bytea[], %(asked)b::int[]) AS wanted (key, asked)
ORDER BY key
ON CONFLICT (key) DO UPDATE SET (full_until, granted) = (
    SELECT start + fits * %(every)s::interval, fits
    FROM (SELECT greatest(bucket.full_until, statement_timestamp())) AS level (start),
    LATERAL (SELECT greatest(0, least(excluded.granted, div(
        extract(epoch FROM %(burst)s * %(every)s::interval - (start - statement_timestamp())),
        extract(epoch FROM %(every)s::interval)
    )))::int) AS room (fits)
)
RETURNING key, granted
"""  # noqa: S608  (the only thing put in is the table's name)

# Skips what a signing holds at this moment, so that the two never wait for each other.
FORGET = f"""
DELETE FROM {LimitBucket._meta.db_table} WHERE key IN (
    SELECT key FROM {LimitBucket._meta.db_table}
    WHERE full_until < statement_timestamp() FOR UPDATE SKIP LOCKED
)
"""  # noqa: S608


def _charge(asked: Counter[Ask]) -> dict[bytes, int]:
    """How many of the asks for each bucket fit into it, by key; the buckets are charged with those."""
    fits: dict[bytes, int] = {}
    for limit in sorted({ask.limit for ask in asked}, key=lambda limit: limit.name):
        fits |= _charge_one_limit(limit, [(ask.key, times) for ask, times in asked.items() if ask.limit == limit])
    return fits


def _charge_one_limit(limit: Limit, asked: Iterable[tuple[bytes, int]]) -> dict[bytes, int]:
    keys, times = zip(*sorted(asked), strict=True)
    values = {"burst": limit.burst, "every": limit.every, "keys": list(keys), "asked": list(times)}
    connection.ensure_connection()
    # Django's own cursor would paste the values into the SQL; this one sends them apart and prepares.
    with psycopg.Cursor(connection.connection) as cursor:
        return dict(cursor.execute(CHARGE, values, prepare=True).fetchall())


_secrets: dict[date, bytes] = {}


def _secret_of_today() -> bytes:
    today = _today()
    return _secrets.get(today) or _read_or_make_secret(today)


def _read_or_make_secret(day: date) -> bytes:
    """The secret all processes share on ``day``: the first that asks for it makes it."""
    secret = LimitKey.objects.filter(day=day).values_list("secret", flat=True).first()
    if secret is None:
        LimitKey.objects.bulk_create([LimitKey(day=day, secret=secrets.token_bytes(32))], ignore_conflicts=True)
        secret = LimitKey.objects.values_list("secret", flat=True).get(day=day)
    # Only once it is certain that the row stays: a rolled-back secret would be this process's alone.
    transaction.on_commit(partial(_remember, day, bytes(secret)))
    return bytes(secret)


def _remember(day: date, secret: bytes) -> None:
    _secrets.clear()
    _secrets[day] = secret


def _today() -> date:
    return datetime.now(UTC).date()
