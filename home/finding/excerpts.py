"""The piece of a page in which the words stand that were searched for."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from home.finding.accents import without_accents

LENGTH: Final = 220
"""Characters, about three lines on a phone."""

BEFORE: Final = 60
"""Characters before the first word found, so that it is read in its sentence."""

WORD: Final = re.compile(r"\w+")
SEAM: Final = re.compile(r"(?<=[.!?:,])(?:\s*,)+")
"""The index puts a comma between one block and the next, after whatever sign the first ends with."""
REFERENCE: Final = re.compile(r"\s?\[\d+\]")


@dataclass(frozen=True)
class Piece:
    """A run of text; ``is_found`` if it is one of the words searched for."""

    text: str
    is_found: bool


def plain_words(text: str) -> set[str]:
    """Every word of ``text``, in small letters without accents."""
    return {_plain(word) for word in WORD.findall(text)}


def excerpt_of(text: str, found: Container[str]) -> list[Piece]:
    """The first place in ``text`` with one of the plain words ``found``, cut at words; [] if there is none."""
    shown = " ".join(SEAM.sub("", REFERENCE.sub("", text)).split())
    first = next((word for word in WORD.finditer(shown) if _plain(word[0]) in found), None)
    if first is None:
        return []
    start = _word_start(shown, first.start() - BEFORE)
    end = _word_end(shown, start + LENGTH)
    return [
        *([Piece("… ", is_found=False)] if start else []),
        *highlighted(shown[start:end], found),
        *([Piece(" …", is_found=False)] if end < len(shown) else []),
    ]


def highlighted(text: str, found: Container[str]) -> list[Piece]:
    """All of ``text``, in pieces."""
    pieces: list[Piece] = []
    done = 0
    for word in WORD.finditer(text):
        if _plain(word[0]) in found:
            pieces += [Piece(text[done : word.start()], is_found=False), Piece(word[0], is_found=True)]
            done = word.end()
    pieces.append(Piece(text[done:], is_found=False))
    return [piece for piece in pieces if piece.text]


def _plain(word: str) -> str:
    return without_accents(word).casefold()


def _word_start(text: str, place: int) -> int:
    return 0 if place <= 0 else text.rfind(" ", 0, place) + 1


def _word_end(text: str, place: int) -> int:
    space = text.find(" ", place)
    return len(text) if place >= len(text) or space < 0 else space
