"""How old somebody usually is who reads a text with ease.

The Flesch-Kincaid grade, from J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of New
Readability Formulas for Navy Enlisted Personnel", Research Branch Report 8-75, Naval Air Station Memphis, 1975:

    grade = 0.39 × words / sentences + 11.8 × syllables / words − 15.59

A school year of the United States begins at its number plus five. It is made for English, and counts syllables by
rule of thumb; a year more or less means nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

YEARS_BEFORE_SCHOOL: Final = 5
YOUNGEST: Final = 5
LONGEST_SHOWN: Final = 3
FEWEST_WORDS: Final = 100
"""Kincaid and others measured passages of that length; of less, the number says little."""

WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(]?[A-Z0-9])")
FOOTNOTE: Final = re.compile(r"\s*\[\d{1,3}\]")
VOWELS: Final = re.compile(r"[aeiouy]+")
SILENT_END: Final = re.compile(
    r"[^aeiouylt]e$|[aeiouy][lt]e$|[^aeiouytd]ed$|[^aeiouycgszx]es$",
)
"""Not heard: the e of make, rate and pile (but of table), of worked (but of wanted), of lines (but of houses)."""


@dataclass(frozen=True)
class Reading:
    """``age`` in years; ``longest`` are sentences with their number of words, the longest first."""

    age: int
    words: int
    sentences: int
    longest: tuple[tuple[str, int], ...]

    @property
    def is_long_enough(self) -> bool:
        """Whether there is text enough for the age to mean something."""
        return self.words >= FEWEST_WORDS


def reading_of(paragraphs: Iterable[str]) -> Reading | None:
    """How ``paragraphs`` read; None where there is not one word."""
    counted = []
    for paragraph in paragraphs:
        for sentence in SENTENCE_END.split(FOOTNOTE.sub("", paragraph)):
            words = WORD.findall(sentence)
            if words:
                counted.append((sentence.strip(), words))
    if not counted:
        return None
    number = sum(len(words) for _sentence, words in counted)
    in_words = sum(syllables(word) for _sentence, words in counted for word in words)
    grade = 0.39 * number / len(counted) + 11.8 * in_words / number - 15.59
    longest = sorted(((sentence, len(words)) for sentence, words in counted), key=lambda pair: -pair[1])
    return Reading(
        age=max(YOUNGEST, round(grade) + YEARS_BEFORE_SCHOOL),
        words=number,
        sentences=len(counted),
        longest=tuple(longest[:LONGEST_SHOWN]),
    )


def syllables(word: str) -> int:
    """The syllables of an English ``word``: groups of vowels, without most of those that are not heard at the end."""
    plain = word.casefold()
    groups = len(VOWELS.findall(plain))
    if SILENT_END.search(plain):
        groups -= 1
    return max(1, groups)
