"""What can be asked of a segment, and the one reading of the JSON that it is kept in.

Whatever is not understood is an error, never left out: a criterion that is passed over would let people
into a mailing, or a file, who were meant to stay out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from supporters.action_kinds import action_kinds
from supporters.models import ConsentRecord, Purpose

NEVER_ASKED: Final = "never_asked"
ANSWERS: Final = (*ConsentRecord.Choice.values, NEVER_ASKED)
LONGEST_LIST: Final = 1000
"""More than all constituencies there are; a longer list is a mistake, or no segment."""


class WrongCriteria(ValueError):
    """What a segment asks is not understood. Says in a whole sentence what, and quotes nothing."""


@dataclass(frozen=True)
class Criteria:
    """Every question at once; people must meet all that are asked. An empty one is not asked.

    Of several pages, kinds, codes or countries, any one will do. Days are whole days of the site's own time
    zone. Only confirmed actions count as taking part.
    """

    took_part_in: tuple[int, ...] = ()
    """Keys of pages."""
    not_took_part_in: tuple[int, ...] = ()
    """Keys of pages, in none of which they took part."""
    did: tuple[str, ...] = ()
    """Names of kinds of action; see supporters.action_kinds."""
    never_did: tuple[str, ...] = ()
    consents: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By purpose, how their answer stands: ``given``, ``withdrawn`` or ``never_asked``."""
    may_be_written_to: str = ""
    """A purpose that they agreed to, with nothing that stops mail to them."""
    constituencies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Where they first came from."""
    came_from: date | None = None
    """The first day on which their record may have been made."""
    came_until: date | None = None
    """The last such day."""
    acted_since: date | None = None
    not_acted_since: date | None = None
    not_contacted_since: date | None = None
    """No mailing has left for them on this day or later; those never written to are among them."""
    never_contacted: bool = False


def read_criteria(criteria: Mapping[str, Any]) -> Criteria:
    """``criteria`` as it is kept in JSON, read; raises WrongCriteria."""
    if not isinstance(criteria, Mapping):
        raise WrongCriteria("The criteria of a segment are named fields.")
    unknown = criteria.keys() - READERS.keys()
    if unknown:
        raise WrongCriteria(f"A segment has {len(unknown)} criteria that this site does not know.")
    read = {name: READERS[name](value) for name, value in criteria.items()}
    found = Criteria(**read)
    if found.came_from and found.came_until and found.came_from > found.came_until:
        raise WrongCriteria("The last day of a time comes after its first day.")
    return found


def validate(criteria: Mapping[str, Any]) -> None:
    """Raise WrongCriteria unless every part of ``criteria`` is understood."""
    read_criteria(criteria)


def _pages(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or any(type(page) is not int or not 0 < page < 2**31 for page in value):
        raise WrongCriteria("Pages are chosen by a list of their numbers.")
    return tuple(sorted(set(_not_too_many(value))))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or any(not isinstance(text, str) or not text or "\0" in text for text in value):
        raise WrongCriteria("Codes, countries, languages and sources are lists of text.")
    return tuple(sorted(set(_not_too_many(value))))


def _kinds(value: object) -> tuple[str, ...]:
    names = _texts(value)
    if not set(names) <= {kind.name for kind in action_kinds()}:
        raise WrongCriteria("A segment asks for a kind of action that this site does not have.")
    return names


def _consents(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or any(answer not in ANSWERS for answer in value.values()):
        raise WrongCriteria("An answer is given, withdrawn or never asked.")
    return MappingProxyType({_purpose(purpose): answer for purpose, answer in sorted(value.items())})


def _purpose(value: object) -> str:
    if value not in Purpose.values:
        raise WrongCriteria("A segment asks for a purpose that this site does not have.")
    return str(value)


def _purpose_or_none(value: object) -> str:
    return _purpose(value) if value != "" else ""


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise WrongCriteria("A day is written as year, month and day: 2026-05-03.") from None


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongCriteria("Never written to is yes or no.")
    return value


def _not_too_many(values: list[Any]) -> list[Any]:
    if len(values) > LONGEST_LIST:
        raise WrongCriteria(f"A list in a segment holds {LONGEST_LIST:,} values at most.")
    return values


READERS: Final[dict[str, Callable[[object], Any]]] = {
    "took_part_in": _pages,
    "not_took_part_in": _pages,
    "did": _kinds,
    "never_did": _kinds,
    "consents": _consents,
    "may_be_written_to": _purpose_or_none,
    "constituencies": _texts,
    "countries": _texts,
    "languages": _texts,
    "sources": _texts,
    "came_from": _day,
    "came_until": _day,
    "acted_since": _day,
    "not_acted_since": _day,
    "not_contacted_since": _day,
    "never_contacted": _yes_or_no,
}
# Each question has its reader, or the module does not load.
if set(READERS) != {one.name for one in fields(Criteria)}:
    raise TypeError("supporters.segments.criteria: a criterion has no reader.")
