"""What tells that two letters are nearly the same, without keeping or comparing their words.

A letter is cut into every run of 32 letters and digits. Each is hashed under a key that is not in the database
and differs from page to page; those whose hash ends in zero bits stand for the whole (as "moss" does for program
texts: Schleimer, Wilkerson and Aiken, 2003). What the page itself offers, its drafts and talking points, is left
out: everybody may send those unchanged. Whoever has the database alone learns nothing from the rest.
"""

import hashlib
import hmac
import unicodedata
from typing import Final

from django.utils.html import strip_tags

from mp_contacts.letter_parts import letter_parts
from mp_contacts.models import LetterVariant, TalkingPoint
from supporters.crypto.keyring import current_keyring

WINDOW: Final = 32
"""Letters and digits in a row."""
HASH_BYTES: Final = 6
KEPT_ONE_IN: Final = 8


def fingerprint_of(text: str, *, page_id: int) -> bytes:
    """The keyed hashes that stand for the writer's own words in ``text``, sorted; empty when there are none."""
    hashes = sampled(text, page_id=page_id) - offered_by(page_id)
    return b"".join(sorted(hashes))


def sampled(text: str, *, page_id: int) -> set[bytes]:
    """The hashes that stand for ``text``."""
    letters = plain(text).encode()
    keyed = hashlib.blake2b(key=_key(page_id), digest_size=HASH_BYTES)
    found = set()
    for start in range(len(letters) - WINDOW + 1):
        window = keyed.copy()
        window.update(letters[start : start + WINDOW])
        hashed = window.digest()
        if hashed[-1] % KEPT_ONE_IN == 0:
            found.add(hashed)
    return found


def offered_by(page_id: int) -> set[bytes]:
    """The hashes of what a page offers its writers to use."""
    drafts = LetterVariant.objects.filter(page=page_id, kind=LetterVariant.Kind.DRAFT).values_list("text", flat=True)
    points = TalkingPoint.objects.filter(page=page_id).values_list("body", flat=True)
    texts = [*drafts, *map(strip_tags, points)]
    return set().union(*(sampled(text, page_id=page_id) for text in texts))


def hashes_in(fingerprint: bytes) -> frozenset[bytes]:
    """The hashes that `fingerprint_of` put together."""
    return frozenset(fingerprint[start : start + HASH_BYTES] for start in range(0, len(fingerprint), HASH_BYTES))


def likeness(one: frozenset[bytes], other: frozenset[bytes]) -> float:
    """How much two letters have in common, from 0 to 1 (Dice's coefficient)."""
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0.0


def plain(text: str) -> str:
    """``text`` without greeting, sign-off, case, accents, space and punctuation."""
    folded = unicodedata.normalize("NFKD", letter_parts(text).middle).casefold()
    return "".join(character for character in folded if character.isalnum())


def _key(page_id: int) -> bytes:
    return hmac.digest(current_keyring().index, f"letter|{page_id}".encode(), hashlib.sha256)
