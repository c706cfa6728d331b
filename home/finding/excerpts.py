"""The piece of a page in which the words stand that were searched for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from home.finding.accents import without_accents

LENGTH: Final = 220
"""Characters, about three lines on a phone."""

BEFORE: Final = 60
"""Characters before the first word found, so that it is read in its sentence."""

WORD: Final = re.compile(r"\w+")
REFERENCE: Final = re.compile(r"\s?\[\d+\]")
SHORTEST_STEM: Final = 3


@dataclass(frozen=True)
class Piece:
    """A run of text; ``is_found`` if it is one of the words searched for."""

    text: str
    is_found: bool


def excerpt_of(text: str, stems: Sequence[str]) -> list[Piece]:
    """The first place in ``text`` where a word begins with one of ``stems``, cut at words; [] if none does."""
    plain = " ".join(REFERENCE.sub("", text).split())
    found = next((word for word in WORD.finditer(plain) if _is_found(word[0], stems)), None)
    if found is None:
        return []
    start = _word_start(plain, found.start() - BEFORE)
    end = _word_end(plain, start + LENGTH)
    pieces = highlighted(plain[start:end], stems)
    return [
        *([Piece("… ", is_found=False)] if start else []),
        *pieces,
        *([Piece(" …", is_found=False)] if end < len(plain) else []),
    ]


def highlighted(text: str, stems: Sequence[str]) -> list[Piece]:
    """All of ``text``, in pieces."""
    pieces: list[Piece] = []
    done = 0
    for word in WORD.finditer(text):
        if _is_found(word[0], stems):
            pieces += [Piece(text[done : word.start()], is_found=False), Piece(word[0], is_found=True)]
            done = word.end()
    pieces.append(Piece(text[done:], is_found=False))
    return [piece for piece in pieces if piece.text]


def _is_found(word: str, stems: Sequence[str]) -> bool:
    plain = without_accents(word).casefold()
    return any(plain == stem or (len(stem) >= SHORTEST_STEM and plain.startswith(_root(stem))) for stem in stems)


def _root(stem: str) -> str:
    # English stems turn a last y into i: "safety" is "safeti".
    return stem.removesuffix("i") if len(stem) > SHORTEST_STEM else stem


def _word_start(text: str, place: int) -> int:
    return 0 if place <= 0 else text.rfind(" ", 0, place) + 1


def _word_end(text: str, place: int) -> int:
    space = text.find(" ", place)
    return len(text) if place >= len(text) or space < 0 else space
