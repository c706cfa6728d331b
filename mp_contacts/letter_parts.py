"""Telling apart what a letter says from the politeness around it."""

import re
from dataclasses import dataclass
from typing import Final

# A name and a postal address, and no more: whoever writes on after "Kind regards" has more to say.
MOST_WORDS_AFTER_CLOSING: Final = 24
LONGEST_GREETING: Final = 160  # characters
LONGEST_CLOSING: Final = 40  # characters

GREETING: Final = re.compile(r"(?:dear|annwyl)\b", re.IGNORECASE)
CLOSING: Final = re.compile(
    r"(?:yours\b|sincerely\b|(?:kind|best|warm|many)\s+(?:regards|wishes|thanks)\b|regards\b|yr\s+eiddoch\b|cofion\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LetterParts:
    """``greeting`` is a line, ``closing`` runs from "Yours sincerely" to the end; either may be empty."""

    greeting: str
    middle: str
    closing: str


def letter_parts(text: str) -> LetterParts:
    """``text`` taken apart; joined by line ends, the parts that are there give it back without empty edges."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    greeting = ""
    if len(lines[0]) <= LONGEST_GREETING and GREETING.match(lines[0].strip()):
        greeting = lines.pop(0).strip()
    end = _where_closing_begins(lines)
    return LetterParts(greeting, "\n".join(lines[:end]).strip(), "\n".join(lines[end:]).strip())


def _where_closing_begins(lines: list[str]) -> int:
    words = 0
    for position in range(len(lines) - 1, -1, -1):
        line = lines[position].strip()
        if len(line) <= LONGEST_CLOSING and CLOSING.match(line):
            return position
        words += len(line.split())
        if words > MOST_WORDS_AFTER_CLOSING:
            break
    return len(lines)
