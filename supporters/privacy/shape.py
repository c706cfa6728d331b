"""The shape of what is shown and handed over: sections of entries of facts, each in plain words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Fact:
    """One thing we know: ``key`` for programs, ``label`` for people."""

    key: str
    label: Words
    value: str | datetime | Promise

    @property
    def is_time(self) -> bool:
        return isinstance(self.value, datetime)

    @property
    def plain(self) -> str:
        """The value as programs read it: times in ISO 8601."""
        return self.value.isoformat() if isinstance(self.value, datetime) else str(self.value)


@dataclass(frozen=True)
class Entry:
    """Facts that belong together; ``reference`` is what a form calls them.

    ``in_title`` names the facts that the title tells already: programs get them, people need not read them twice.
    """

    facts: tuple[Fact, ...]
    title: Words = ""
    reference: str = ""
    in_title: frozenset[str] = frozenset()

    @property
    def below_title(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.key not in self.in_title]


@dataclass(frozen=True)
class Section:
    """One kind of thing we hold, and what is to be said about it."""

    key: str
    title: Words
    text: Words
    entries: tuple[Entry, ...] = ()


def facts(*triples: tuple[str, Words, Any]) -> tuple[Fact, ...]:
    """The facts of ``triples`` of key, label and value; those we do not have left out."""
    return tuple(Fact(key, label, value) for key, label, value in triples if value not in (None, ""))


def as_document(sections: list[Section]) -> list[dict[str, Any]]:
    """``sections`` as plain values for JSON: nothing that is on the page is missing."""
    return [
        {
            "section": section.key,
            "title": str(section.title),
            "text": str(section.text),
            "entries": [
                {"title": str(entry.title), **{fact.key: fact.plain for fact in entry.facts}}
                for entry in section.entries
            ],
        }
        for section in sections
    ]
