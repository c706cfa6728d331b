"""Records that look like one person. A suspicion with its reasons; only a person decides.

Nothing is opened for it: two records are compared by their keyed hashes alone.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from supporters.long_jobs import check_in
from supporters.models import PairDecision, Supporter

SHOWN_FROM: Final = 60
MOST_SUGGESTED: Final = 5_000
"""More than anybody looks through; the likeliest first."""
CROWD: Final = 20
"""So many records behind one mailbox or telephone are a group, or somebody playing, and never one person."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that two records share: what it counts, and how it is told to an organiser."""

    score: int
    words: str
    is_shared: Callable[[Supporter, Supporter], bool]


def _shares(field: str) -> Callable[[Supporter, Supporter], bool]:
    def is_shared(one: Supporter, other: Supporter) -> bool:
        mine, theirs = getattr(one, field), getattr(other, field)
        return bool(mine and theirs) and bytes(mine) == bytes(theirs)

    return is_shared


def _shares_constituency(one: Supporter, other: Supporter) -> bool:
    return bool(one.constituency_code) and one.constituency_code == other.constituency_code


# A mailbox is one person's, however many forms its address has. A telephone or a postcode is a household's,
# and a name is shared by many: of these it takes two. Name and postcode together just suffice.
REASONS: Final[dict[str, Reason]] = {
    "mailbox": Reason(60, "Their addresses lead to the same mailbox", _shares("mailbox_key")),
    "phone": Reason(40, "They gave the same telephone number", _shares("phone_key")),
    "name": Reason(35, "They have the same full name", _shares("name_key")),
    "postcode": Reason(25, "They gave the same postcode", _shares("postcode_key")),
    "constituency": Reason(5, "They live in the same constituency", _shares_constituency),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another record that may be the same person's, and why."""

    other: Supporter
    score: int
    reasons: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """The reasons as an organiser reads them."""
        return reasons_in_words(self.reasons)


def reasons_in_words(names: tuple[str, ...] | list[str]) -> list[str]:
    """What the ``reasons`` of a suggestion mean; one that a later version dropped is left out."""
    return [REASONS[name].words for name in names if name in REASONS]


def likeness(one: Supporter, other: Supporter) -> Likeness:
    """How much ``other`` looks like ``one``."""
    shared = tuple(name for name, reason in REASONS.items() if reason.is_shared(one, other))
    return Likeness(other=other, score=sum(REASONS[name].score for name in shared), reasons=shared)


def suggestions_for(supporter: Supporter) -> list[Likeness]:
    """Records that may be ``supporter``'s as well, the likeliest first; pairs that somebody decided left out."""
    alike = Q()
    if supporter.mailbox_key:
        alike |= Q(mailbox_key=bytes(supporter.mailbox_key))
    if supporter.phone_key:
        alike |= Q(phone_key=bytes(supporter.phone_key))
    if supporter.name_key and supporter.postcode_key:
        alike |= Q(name_key=bytes(supporter.name_key), postcode_key=bytes(supporter.postcode_key))
    if not alike:
        return []
    decided = PairDecision.objects.filter(Q(first=supporter) | Q(second=supporter)).values_list("first", "second")
    apart = {pk for pair in decided for pk in pair} | {supporter.pk}
    others = Supporter.objects.filter(alike, merged_into=None).exclude(pk__in=apart)[: 3 * CROWD]
    found = [likeness(supporter, other) for other in others]
    return sorted((one for one in found if one.score >= SHOWN_FROM), key=lambda one: (-one.score, str(one.other.pk)))


# One statement over the indexes of the keys: groups of records that share one, then pairs, then scores.
SUGGEST: Final = """
WITH mailboxes AS (
    SELECT mailbox_key FROM supporters_supporter WHERE mailbox_key IS NOT NULL
    GROUP BY mailbox_key HAVING count(*) BETWEEN 2 AND %(crowd)s
),
phones AS (
    SELECT phone_key FROM supporters_supporter WHERE phone_key IS NOT NULL
    GROUP BY phone_key HAVING count(*) BETWEEN 2 AND %(crowd)s
),
namesakes AS (
    SELECT name_key, postcode_key FROM supporters_supporter WHERE name_key IS NOT NULL AND postcode_key IS NOT NULL
    GROUP BY name_key, postcode_key HAVING count(*) BETWEEN 2 AND %(crowd)s
),
pairs AS (
    SELECT a.id AS first_id, b.id AS second_id
    FROM mailboxes JOIN supporters_supporter a USING (mailbox_key) JOIN supporters_supporter b USING (mailbox_key)
    WHERE a.id < b.id
    UNION
    SELECT a.id, b.id
    FROM phones JOIN supporters_supporter a USING (phone_key) JOIN supporters_supporter b USING (phone_key)
    WHERE a.id < b.id
    UNION
    SELECT a.id, b.id
    FROM namesakes
    JOIN supporters_supporter a USING (name_key, postcode_key)
    JOIN supporters_supporter b USING (name_key, postcode_key)
    WHERE a.id < b.id
),
likely AS (
    SELECT first_id, second_id, array_remove(ARRAY[
        CASE WHEN a.mailbox_key = b.mailbox_key THEN 'mailbox' END,
        CASE WHEN a.phone_key = b.phone_key THEN 'phone' END,
        CASE WHEN a.name_key = b.name_key THEN 'name' END,
        CASE WHEN a.postcode_key = b.postcode_key THEN 'postcode' END,
        CASE WHEN a.constituency_code <> '' AND a.constituency_code = b.constituency_code THEN 'constituency' END
    ], NULL) AS reasons
    FROM pairs
    JOIN supporters_supporter a ON a.id = first_id
    JOIN supporters_supporter b ON b.id = second_id
    WHERE NOT EXISTS (
        SELECT FROM supporters_pairdecision d WHERE d.first_id = pairs.first_id AND d.second_id = pairs.second_id
    )
),
scored AS (
    SELECT first_id, second_id, reasons,
           (SELECT sum((%(scores)s::jsonb ->> reason)::int) FROM unnest(reasons) AS r(reason)) AS score
    FROM likely
),
found AS (
    SELECT * FROM scored WHERE score >= %(shown_from)s ORDER BY score DESC, first_id, second_id LIMIT %(most)s
),
gone AS (
    DELETE FROM supporters_duplicatesuggestion s
    WHERE NOT EXISTS (SELECT FROM found f WHERE f.first_id = s.first_id AND f.second_id = s.second_id)
)
INSERT INTO supporters_duplicatesuggestion (first_id, second_id, score, reasons, found_at)
SELECT first_id, second_id, score, to_jsonb(reasons), now() FROM found
ON CONFLICT (first_id, second_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons
"""


@transaction.atomic
def suggest_duplicates() -> int:
    """Bring the list of suggestions up to date: what is likely now, without pairs that somebody decided; how many.

    Records merged into another have no keys any more, so they are never suggested.
    """
    check_in()
    with connection.cursor() as cursor:
        cursor.execute(
            SUGGEST,
            {
                "crowd": CROWD,
                "shown_from": SHOWN_FROM,
                "most": MOST_SUGGESTED,
                "scores": json.dumps({name: reason.score for name, reason in REASONS.items()}),
            },
        )
        return int(cursor.rowcount)
