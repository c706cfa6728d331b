"""A row of a file as what it says about one person.

django-import-export's resource holds the columns; its fields clean the cells. Its own row-by-row import
is not used: it asks the database several times a row, and knows nothing of consent.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from import_export.fields import Field
from import_export.resources import Resource

from supporters.cells import original_cell
from supporters.identity import email_key
from supporters.imports import widgets
from supporters.imports.headings import ANSWERS, ASKED_AT, DETAILS, Mapping, Part, part_called
from supporters.models import Suppression

NOT_READABLE: Final = "We cannot read this cell."


class PeopleResource(Resource):
    """The columns a file of people can have, each with what may stand in it."""

    email = Field(column_name=Part.EMAIL, widget=widgets.AddressWidget())
    name = Field(column_name=Part.NAME, widget=widgets.NameWidget())
    country = Field(column_name=Part.COUNTRY, widget=widgets.CountryWidget())
    phone = Field(column_name=Part.PHONE, widget=widgets.PhoneWidget())
    postcode = Field(column_name=Part.POSTCODE, widget=widgets.PostcodeWidget())
    constituency_code = Field(column_name=Part.CONSTITUENCY, widget=widgets.ConstituencyWidget())
    language = Field(column_name=Part.LANGUAGE, widget=widgets.LanguageWidget())
    source = Field(column_name=Part.SOURCE, widget=widgets.SourceWidget())
    updates = Field(column_name=Part.UPDATES, widget=widgets.AnswerWidget())
    taking_part = Field(column_name=Part.TAKING_PART, widget=widgets.AnswerWidget())
    updates_at = Field(column_name=Part.UPDATES_AT, widget=widgets.MomentWidget())
    taking_part_at = Field(column_name=Part.TAKING_PART_AT, widget=widgets.MomentWidget())
    opted_out = Field(column_name=Part.OPTED_OUT, widget=widgets.AnswerWidget())
    status = Field(column_name=Part.STATUS, widget=widgets.StatusWidget())


@dataclass(slots=True)
class Problem:
    """A cell, or with no ``part`` a row, that is not taken over. ``cell`` is what stood there, and is never kept."""

    heading: str
    message: str
    part: str = ""
    cell: str = ""


@dataclass(slots=True)
class PersonInFile:
    """What one row says. ``key`` is empty when nobody can be told by it.

    ``values`` are details to be filled in, by the names of the record's own fields; blanks are left out.
    ``yes`` and ``no`` are purposes. ``opted_out`` is a no to all mail, ``stop`` a reason of Suppression
    that is no word of the person's own. ``is_repeated`` when a row further up is about the same person.
    """

    number: int
    address: str = ""
    key: bytes = b""
    values: dict[str, str] = field(default_factory=dict)
    yes: set[str] = field(default_factory=set)
    no: set[str] = field(default_factory=set)
    opted_out: bool = False
    stop: str = ""
    asked_at: dict[str, datetime] = field(default_factory=dict)
    is_repeated: bool = False
    problems: list[Problem] = field(default_factory=list)


class RowReader:
    """Reads rows of one file, by the columns an organiser chose for it."""

    def __init__(self, headings: list[str], mapping: Mapping) -> None:
        self._headings = headings
        self._columns = [(int(number), Part(column["part"])) for number, column in sorted(mapping.items())]
        fields: list[Field] = PeopleResource().get_import_fields()
        self._fields = {Part(column.column_name): column for column in fields}
        self._heading_of = {part: headings[number] for number, part in reversed(self._columns)}
        for half in (Part.LAST_NAME, Part.FIRST_NAME):
            if half in self._heading_of:
                self._heading_of.setdefault(Part.NAME, self._heading_of[half])

    def address_in(self, cells: list[str]) -> tuple[str, bytes]:
        """Whom a row is about, and nothing else of it; empty when nobody can tell."""
        number = next(number for number, part in self._columns if part == Part.EMAIL)
        text = original_cell(cells[number]).strip() if number < len(cells) else ""
        try:
            address = str(self._fields[Part.EMAIL].clean({Part.EMAIL: text}))
            return address, email_key(address)
        except ValueError:
            return "", b""

    def read(self, number: int, cells: list[str]) -> PersonInFile:
        """What the row ``number`` says; whatever cannot be taken over is in its problems."""
        person = PersonInFile(number)
        typed = self._typed(cells, person)
        person.address = self._clean(person, Part.EMAIL, typed.get(Part.EMAIL, [""])[0]) or ""
        if not person.address:
            return person
        person.key = email_key(person.address)
        for part in DETAILS_IN_ORDER:
            if part in typed:
                self._take_detail(person, part, typed[part])
        for part, values in typed.items():
            if part not in self._fields or part in DETAILS or part == Part.EMAIL:
                continue
            for text in values:
                _take_answer(person, part, self._clean(person, part, text))
        _weigh(person)
        return person

    def _typed(self, cells: list[str], person: PersonInFile) -> dict[Part, list[str]]:
        """The cells that say something, as they were before a guard was put in front, by what they are."""
        typed: dict[Part, list[str]] = {}
        for number, part in self._columns:
            text = original_cell(cells[number]).strip() if number < len(cells) else ""
            if text:
                typed.setdefault(part, []).append(text)
        halves = [text for half in (Part.FIRST_NAME, Part.LAST_NAME) for text in typed.pop(half, [])]
        if halves:
            typed[Part.NAME] = [" ".join(halves)]
        for text in typed.pop(Part.ATTRIBUTES, []):
            for part, value in self._attributes(person, text):
                typed.setdefault(part, [value])
        return typed

    def _attributes(self, person: PersonInFile, text: str) -> Iterator[tuple[Part, str]]:
        """Details out of listmonk's JSON; its own keys are left alone, and nothing in there is an answer."""
        try:
            known = json.loads(text)
        except (ValueError, RecursionError):
            known = None
        if not isinstance(known, dict):
            person.problems.append(Problem(self._heading_of[Part.ATTRIBUTES], "This is no JSON object."))
            return
        for key, value in known.items():
            part = part_called(key)
            if part in DETAILS and isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                yield part, str(value).strip()

    def _take_detail(self, person: PersonInFile, part: Part, typed: list[str]) -> None:
        for text in typed:
            value = self._clean(person, part, text, country=person.values.get(Part.COUNTRY, ""))
            if value:
                person.values[part.value] = value
                return

    def _clean(self, person: PersonInFile, part: Part, text: str, **context: Any) -> Any:
        try:
            return self._fields[part].clean({part: text}, **context)
        except (ValueError, OverflowError) as error:
            message = (
                str(error) if isinstance(error, ValueError) and not isinstance(error, UnicodeError) else NOT_READABLE
            )
            heading = self._heading_of.get(part) or self._heading_of.get(Part.ATTRIBUTES, "")
            person.problems.append(Problem(heading, message, part.value, text))
            return None


# The country first: what a postcode may be depends on it.
DETAILS_IN_ORDER: Final = (Part.COUNTRY, *(part for part in DETAILS if part != Part.COUNTRY))


def _take_answer(person: PersonInFile, part: Part, value: Any) -> None:
    if value is None:
        return
    if part in ASKED_AT:
        person.asked_at[ASKED_AT[part].value] = value
    elif part in ANSWERS:
        (person.yes if value else person.no).add(ANSWERS[part].value)
    elif part == Part.OPTED_OUT:
        person.opted_out = person.opted_out or value
    elif isinstance(value, str):
        person.stop = value
    elif value:
        person.yes.add(ANSWERS[Part.UPDATES].value)
    else:
        person.opted_out = True


def _weigh(person: PersonInFile) -> None:
    """Of two answers in one row the more restrictive one counts."""
    if person.opted_out or person.stop:
        person.yes.clear()
    if person.stop == Suppression.Reason.COMPLAINED:
        # Whoever calls our mail spam has said no.
        person.opted_out = True
    person.yes -= person.no
