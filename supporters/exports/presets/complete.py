"""Our own preset: everything about the chosen people that may leave the site, in three files that belong together.

What another Parasol, or a careful importer, needs to take people over whole. Headings are kept stable.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from import_export.resources import Resource

from supporters.exports.columns import Column, utc
from supporters.exports.presets.preset import ExportFile, Preset, register_preset
from supporters.exports.rows import PersonRow
from supporters.models import Purpose

GRANTED: Final = "granted"
WITHDRAWN: Final = "withdrawn"
NEVER_ASKED: Final = "never_asked"
STATUS: Final = {"given": GRANTED, "withdrawn": WITHDRAWN}


def resource_of(name: str, columns: list[Column]) -> type[Resource]:
    """A django-import-export resource named ``name`` with ``columns`` in their order."""
    return type(name, (Resource,), {column.column_name: column for column in columns})


def text(name: str, meaning: str, *, is_sensitive: bool = False) -> Column:
    """A column of a row's own text."""
    return Column(name, attrgetter(name), meaning=meaning, is_sensitive=is_sensitive)


def number(name: str, meaning: str) -> Column:
    """A column of a number, empty where there is none."""

    def value(row: Any) -> str:
        found = getattr(row, name)
        return "" if found is None else str(found)

    return Column(name, value, meaning=meaning)


def moment(name: str, meaning: str) -> Column:
    """A column of a time in UTC, empty where it never came."""
    read = attrgetter(name)
    return Column(name, lambda row: utc(read(row)), meaning=meaning)


def answer(purpose: Purpose) -> list[Column]:
    """The columns of one purpose. An answer shows what was last said, and whether it still holds."""
    key = str(purpose.value)

    def status(person: PersonRow) -> str:
        standing = person.consents.get(key)
        return STATUS[standing.choice] if standing else NEVER_ASKED

    def asked_at(person: PersonRow) -> str:
        standing = person.consents.get(key)
        return utc(standing.asked_at) if standing else ""

    def version(person: PersonRow) -> str:
        standing = person.consents.get(key)
        return str(standing.text_version) if standing else ""

    def method(person: PersonRow) -> str:
        standing = person.consents.get(key)
        return standing.method if standing else ""

    about = f"“{purpose.label}”"
    columns: list[tuple[str, Callable[[PersonRow], str], str]] = [
        ("status", status, f"{about}: {GRANTED}, {WITHDRAWN} or {NEVER_ASKED}. Only {GRANTED} is a yes."),
        ("at", asked_at, "When they gave that answer."),
        ("text_version", version, "Which version of the wording they answered; consents holds the words."),
        ("method", method, "How they gave it."),
    ]
    return [Column(f"{key}_{end}", value, meaning=meaning) for end, value, meaning in columns]


PEOPLE: Final = [
    text("external_id", "The person's own key here. It stays the same in every export."),
    text("email", "Their address as they typed it."),
    text("name", "The name they go by, as one text: not everybody has two."),
    text("phone", "Their phone number.", is_sensitive=True),
    text("postcode", "Their postcode.", is_sensitive=True),
    text("country", "ISO 3166 code of two letters."),
    text("constituency_code", "Westminster constituency by its official code, such as E14001063."),
    text("language", "The language they use the site in, such as en or cy."),
    text("source", "Where they first came from: a campaign or a link tag."),
    moment("created_at", "When their record was made."),
    moment("last_act_at", "When they last did something here themselves."),
    moment("last_contacted_at", "When a mailing last left for them."),
    text(
        "suppressed",
        "Why no mail may go to them: asked, complained, bounced or blocked. Empty when nothing stops it. "
        "It overrules every consent.",
    ),
    *(column for purpose in Purpose for column in answer(purpose)),
]

ACTIONS: Final = [
    text("external_id", "The act's own key here."),
    text("person_id", "external_id of the person in the file of people."),
    text("kind", "What they did, such as signature."),
    number("page_id", "Key of the page they did it on."),
    text("page_title", "Title of that page."),
    text("state", "confirmed, or pending until they press the button in our mail."),
    text("name", "The name they did it under."),
    text("language", "The language they did it in."),
    text("source", "The link tag they came with."),
    text("country", "ISO 3166 code of two letters."),
    text("constituency_code", "Westminster constituency at that time."),
    moment("created_at", "When they sent the form."),
    moment("confirmed_at", "When they confirmed it."),
]

CONSENTS: Final = [
    text("external_id", "The answer's own key here. Of two answers to one purpose the one asked later counts."),
    text("person_id", "external_id of the person in the file of people."),
    text(
        "purpose", "What they were asked: " + ", ".join(f"{purpose.value} (“{purpose.label}”)" for purpose in Purpose)
    ),
    text("choice", "given or withdrawn. Answers are never changed: a change of mind is one more line."),
    text("method", "How they answered."),
    moment("asked_at", "When they ticked or unticked the box."),
    moment("recorded_at", "When it was written down here."),
    number("text_version", "Version of the wording."),
    text("text_language", "Language of the wording."),
    text("wording", "The exact words they were shown."),
    text("controller", "The organisation they answered."),
    number("page_id", "Key of the page they answered on; empty when there was none."),
    text("note", "Where the proof is, for answers an organiser wrote down."),
]

TITLES: Final = {
    "people": ("one line for each person", PEOPLE),
    "actions": ("one line for each thing one of them did, also the title of the page", ACTIONS),
    "consents": ("one line for each answer one of them ever gave: the proof of consent", CONSENTS),
}


SENSITIVE: Final = " Only with the right to phone numbers and postcodes."


def _meaning(columns: list[Column]) -> str:
    return "".join(
        f"  {column.column_name}: {column.meaning}{SENSITIVE if column.is_sensitive else ''}\n" for column in columns
    )


def _readme() -> str:
    files = "\n".join(f"{name}: {about}\n{_meaning(columns)}" for name, (about, columns) in TITLES.items())
    return f"""Supporters: people, what they did, and what they agreed to

The three files belong together: person_id in the second and third is external_id in the first.
manifest.json has the number of rows and the SHA-256 checksum of each.

These are the details of people who trusted you with them. Keep the files encrypted, give them to
nobody who does not need them, and delete them when you are done. Nobody may be written to unless the
status of that purpose is {GRANTED} and suppressed is empty.

All values are text in UTF-8. Times are in UTC, such as 2026-05-03T10:00:00Z. In CSV made for spreadsheets
a quote mark (') stands in front of what a spreadsheet might take for a formula; text that begins with
quote marks of its own has one more. Files named "machine" have exact bytes: never open them in a
spreadsheet.

{files}"""


people_resource = resource_of("PeopleResource", PEOPLE)
actions_resource = resource_of("ActionsResource", ACTIONS)
consents_resource = resource_of("ConsentsResource", CONSENTS)

COMPLETE: Final = register_preset(
    Preset(
        name="complete",
        label="Complete: people, what they did, and every consent",
        files=(
            ExportFile(name="people", resource=people_resource),
            ExportFile(name="actions", resource=actions_resource, rows="actions"),
            ExportFile(name="consents", resource=consents_resource, rows="consents"),
        ),
        loses=(),
        formats=("csv", "xlsx", "jsonl"),
        needs_consent=False,
        readme=_readme(),
    )
)
