"""Choosing supporters by what they did, agreed to and where they live; see criteria.py for what can be asked."""

from supporters.segments.choosing import may_be_written_to, supporters_in
from supporters.segments.counting import Headcount, count_people, how_many, in_words
from supporters.segments.criteria import Criteria, WrongCriteria, read_criteria, validate
from supporters.segments.describing import describe

__all__ = [
    "Criteria",
    "Headcount",
    "WrongCriteria",
    "count_people",
    "describe",
    "how_many",
    "in_words",
    "may_be_written_to",
    "read_criteria",
    "supporters_in",
    "validate",
]
