"""Text as other systems' importers take it: one line, never a formula, never cut in the middle of a letter.

Presets are written for programs, so their cells carry no guard in front: a quote mark there would
become part of a name, or turn an address into somebody else's. What could make a formula is taken
out of free text instead, for the day that somebody opens the file in a spreadsheet after all.
"""

import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from django.utils import translation
from django_countries import countries

from supporters.cells import BEGINS_FORMULA, GUARD, INVISIBLE

# Nearly every name and title, told at a glance: letters and quiet signs, single spaces, nothing in front.
ORDINARY: Final = re.compile(r"\w[\w.,'’()&/:!?-]*(?: [\w.,'’()&/:!?-]+)*")
# Where a program that guesses another separator than the comma cuts a cell in two.
SEPARATOR: Final = re.compile(r"([;|])")
QUOTES: Final = frozenset({'"', GUARD})
# Line ends and other controls; what has no place in a file of UTF-8.
BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})
# Persian, Hindi and many emoji are written with these two; other invisible characters only mislead.
JOINERS: Final = "\u200c\u200d"
COMBINING: Final = frozenset({"Mn", "Mc", "Me"})
SKIN_TONES: Final = range(0x1F3FB, 0x1F400)

# What the importers that want a name call a country, where ours is longer.
SHORT_NAMES: Final = {"US": "United States"}

PHONE: Final = re.compile(r"\+?[0-9 ().-]+")

# The locale that stands for each language the site speaks: the campaign is a British one.
LOCALES: Final = {
    "en": "en_GB",
    "cy": "cy_GB",
    "es": "es_ES",
    "pl": "pl_PL",
    "pt": "pt_PT",
    "ro": "ro_RO",
}


def plain(text: str) -> str:
    """``text`` on one line, without what makes a formula of it in a spreadsheet; the rest as it was typed."""
    if ORDINARY.fullmatch(text):
        return text
    shown = "".join(" " if unicodedata.category(letter) in BREAKS else letter for letter in text if _is_shown(letter))
    line = " ".join(shown.split())
    return " ".join("".join(_without_formula(part) for part in SEPARATOR.split(line)).split())


def clip(text: str, characters: int) -> str:
    """At most so many characters of ``text``, with no letter parted from its accents."""
    return text if len(text) <= characters else text[: _boundary(text, characters)].rstrip()


def clip_bytes(text: str, size: int) -> str:
    """As much of ``text`` as fits into ``size`` bytes of UTF-8, with no letter parted from its accents."""
    encoded = text.encode()
    if len(encoded) <= size:
        return text
    return text[: _boundary(text, len(encoded[:size].decode(errors="ignore")))].rstrip()


def phone_number(phone: str) -> str:
    """``phone`` as digits, with the plus of an international number: text, and nothing to be reckoned out."""
    if not PHONE.fullmatch(phone):
        return plain(phone)
    digits = "".join(letter for letter in phone if letter.isdigit())
    return f"+{digits}" if phone.startswith("+") else digits


@lru_cache(maxsize=300)
def country_name(code: str) -> str:
    """The English name of an ISO 3166 country, whatever language the worker runs in; the code of an unknown one."""
    with translation.override("en"):
        return SHORT_NAMES.get(code) or str(countries.name(code)) or code


def locale(language: str) -> str:
    """A language of the site as ``en_GB``; empty for one it does not speak."""
    return LOCALES.get(language.partition("-")[0].lower(), "")


def day(at: datetime | None) -> str:
    """``at`` as ``2026-05-03``, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%d") if at else ""


def moment(at: datetime | None) -> str:
    """``at`` as ``2026-05-03 10:00:00``, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _is_shown(letter: str) -> bool:
    return letter in JOINERS or unicodedata.category(letter) not in {"Cf", "Cs"}


def _without_formula(part: str) -> str:
    """``part`` without the signs that begin a formula, as far in as a spreadsheet would look for them."""
    kept: list[str] = []
    for index, letter in enumerate(part):
        if letter in BEGINS_FORMULA:
            continue
        # A quote mark of either kind may be gone by then: as a guard, or because the cell was cut in two.
        if letter not in QUOTES and unicodedata.category(letter) not in INVISIBLE:
            return "".join(kept) + part[index:]
        kept.append(letter)
    return "".join(kept)


def _boundary(text: str, end: int) -> int:
    """The last place up to ``end`` where ``text`` can be cut."""
    while 0 < end < len(text) and _hangs_on(text[end - 1], text[end]):
        end -= 1
    return end


def _hangs_on(before: str, letter: str) -> bool:
    return (
        before in JOINERS or letter in JOINERS or unicodedata.category(letter) in COMBINING or ord(letter) in SKIN_TONES
    )
