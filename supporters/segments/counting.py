"""How many people are in a segment, and how exactly that may be told.

A count is an answer about people, and questions can be narrowed down until it is about one: the only
supporter in a constituency, somebody whose source is known. So whoever may not see supporters is told
numbers in steps of five, rounded down, and nothing below five; the difference of two such numbers then
says nothing about one person either. See docs/decisions/0012-a-count-is-not-a-question-about-one-person.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from supporters.models import Purpose
from supporters.segments.choosing import may_be_written_to, supporters_in
from supporters.segments.criteria import read_criteria

STEP: Final = 5


@dataclass(frozen=True)
class Headcount:
    """How many people there are, and how many of them may be written to about ``purpose``."""

    people: int
    may_be_written_to: int
    purpose: str = Purpose.UPDATES


def count_people(criteria: Mapping[str, Any]) -> Headcount:
    """The people in ``criteria`` now. "May be written to" is about the purpose they ask for, else about updates."""
    purpose = read_criteria(criteria).may_be_written_to or Purpose.UPDATES
    people = supporters_in(criteria)
    number = people.count()
    if read_criteria(criteria).may_be_written_to:
        return Headcount(number, number, purpose)
    # A second count: as one with a filter, PostgreSQL would ask about consent and suppression row by row.
    return Headcount(number, people.filter(may_be_written_to(purpose)).count(), purpose)


def in_words(headcount: Headcount, *, is_exact: bool) -> str:
    """Such as "1,234 people, of whom 980 may be written to"; ``is_exact`` for those who may see supporters."""
    people = how_many(headcount.people, is_exact=is_exact)
    noun = "person" if people == "1" else "people"
    if headcount.people < STEP and not is_exact:
        return f"{people} {noun}"
    return f"{people} {noun}, of whom {how_many(headcount.may_be_written_to, is_exact=is_exact)} may be written to"


def how_many(number: int, *, is_exact: bool) -> str:
    """``number`` in words: itself, or in steps of five for those who may not see supporters."""
    if is_exact:
        return f"{number:,}"
    return f"about {number - number % STEP:,}" if number >= STEP else f"fewer than {STEP}"
