"""A segment in plain words, for whoever is about to use it and for the record of what it was used for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django_countries import countries
from wagtail.models import Page

from supporters.action_kinds import action_kind
from supporters.models import Purpose
from supporters.segments.criteria import Criteria, read_criteria

ANSWERED = {
    "given": "agreed to “{}”",
    "withdrawn": "took back their yes to “{}”",
    "never_asked": "never answered about “{}”",
}


def describe(criteria: Mapping[str, Any]) -> str:
    """``criteria`` as one sentence, such as "People who took part in “Petition 1”; who live in Ireland."

    Raises WrongCriteria for what is not understood.
    """
    clauses = [f"who {clause}" for clause in _clauses(read_criteria(criteria))]
    return f"People {'; '.join(clauses)}." if clauses else "Everybody."


def _clauses(asked: Criteria) -> Iterator[str]:
    yield from _of_taking_part(asked)
    yield from (ANSWERED[answer].format(Purpose(purpose).label) for purpose, answer in asked.consents.items())
    if asked.may_be_written_to:
        yield f"may be written to about “{Purpose(asked.may_be_written_to).label}”"
    yield from _of_place(asked)
    yield from _of_time(asked)


def _of_taking_part(asked: Criteria) -> Iterator[str]:
    titles = _titles({*asked.took_part_in, *asked.not_took_part_in})
    if asked.took_part_in:
        yield f"took part in {_any_of(titles[page] for page in asked.took_part_in)}"
    if asked.not_took_part_in:
        yield f"did not take part in {_any_of(titles[page] for page in asked.not_took_part_in)}"
    if asked.did:
        yield _any_of(action_kind(name).label.lower() for name in asked.did)
    if asked.never_did:
        yield f"never {_any_of(action_kind(name).label.lower() for name in asked.never_did)}"


def _titles(pages: set[int]) -> dict[int, str]:
    gone = {page: f"a page that is gone (number {page})" for page in pages}
    found = Page.objects.filter(pk__in=pages).values_list("pk", "title") if pages else []
    return gone | {page: f"“{title}”" for page, title in found}


def _of_place(asked: Criteria) -> Iterator[str]:
    languages = dict(settings.LANGUAGES)
    if asked.constituencies:
        yield f"live in the constituency {_any_of(asked.constituencies)}"
    if asked.countries:
        yield f"live in {_any_of(countries.name(code) or code for code in asked.countries)}"
    if asked.languages:
        yield f"read {_any_of(languages.get(code, code) for code in asked.languages)}"
    if asked.sources:
        yield f"first came from {_any_of(f'“{source}”' for source in asked.sources)}"


def _of_time(asked: Criteria) -> Iterator[str]:
    if asked.came_from:
        yield f"first came on {_day(asked.came_from)} or later"
    if asked.came_until:
        yield f"first came on {_day(asked.came_until)} or before"
    if asked.acted_since:
        yield f"did something on {_day(asked.acted_since)} or later"
    if asked.not_acted_since:
        yield f"have not done anything since {_day(asked.not_acted_since)}"
    if asked.not_contacted_since:
        yield f"have not been written to since {_day(asked.not_contacted_since)}, or never"
    if asked.never_contacted:
        yield "have never been written to"


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _any_of(values: Iterable[str]) -> str:
    *others, last = values
    return f"{', '.join(others)} or {last}" if others else last
