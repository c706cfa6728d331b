"""Words without their accents: what many people type on a phone, whatever the page has."""

import unicodedata
from typing import Final

# Letters that are no letter with a mark added, so that taking marks off leaves them as they are.
LETTERS: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
)


def without_accents(text: str) -> str:
    """``text`` with plain letters: "protecție" and "protecţie" both become "protectie"."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(character for character in apart if not unicodedata.combining(character)).translate(LETTERS)
