"""Asking PostgreSQL for pages, so that the words asked for stay in this one conversation.

What somebody searches for tells what they fear. So the words travel as bound parameters, apart from the statement: a
server that logs statements that fail or take long writes `$1` in their place, as long as its `log_parameter_max_length`
is 0, as that of `make run` is and the README asks of any other. An error here names its kind alone.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

import psycopg
from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchRank
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import Page, PageQuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from home.finding.accents import without_accents

MOST_HITS: Final = 100
"""Nobody reads on after so many; somebody who needs the next writes another word."""

LONGEST_MS: Final = 3000
"""Milliseconds a search may take before its visitor is told to try again."""


BEGINNING: Final = 3
"""Letters that taking an ending off leaves as they are."""


class SearchUnavailable(Exception):
    """The database did not answer, or not in time. Holds nothing of what was asked."""


def stems_of(words: str) -> list[str]:
    """What is left of ``words`` to search for, without accents and endings; [] if they are in every text."""
    sql = "SELECT tsvector_to_array(to_tsvector(%s::regconfig, %s))"
    [(stems,)] = _ask(sql, [_config(), without_accents(words)])
    return list(stems)


def words_of(stems: Sequence[str], words: Collection[str]) -> frozenset[str]:
    """Those of ``words``, without accents, that have one of ``stems``: "policing" for "police", and not "policy"."""
    beginnings = {stem[:BEGINNING] for stem in stems}
    alike = [word for word in words if word[:BEGINNING] in beginnings]
    sql = "SELECT word FROM unnest(%s::text[]) AS word WHERE tsvector_to_array(to_tsvector(%s::regconfig, word)) && %s"
    return frozenset(word for (word,) in _ask(sql, [alike, _config(), list(stems)]))


def page_ids_with(words: str, pages: PageQuerySet) -> list[int]:
    """The ids of those ``pages`` that have all of ``words``, the best first; MOST_HITS at most."""
    sql, parameters = hits(words, pages).query.sql_with_params()
    return [int(object_id) for (object_id,) in _ask(sql, parameters)]


def hits(words: str, pages: PageQuerySet) -> QuerySet[IndexEntry]:
    """The query for `page_ids_with`. It is answered from the index that Wagtail keeps on title and body together."""
    query = SearchQuery(without_accents(words), config=_config(), search_type="plain")
    rank = SearchRank(F("title"), query) * F("title_norm") + SearchRank(F("body"), query)
    found: QuerySet[IndexEntry] = (
        IndexEntry.objects.alias(words=CombinedSearchVector(F("title"), "||", F("body"), None))
        .filter(
            words=query,
            content_type_id__in=get_descendants_content_types_pks(Page),
            object_id__in=pages.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text"),
        )
        .order_by(rank.desc(), "-pk")
        .values_list("object_id")[:MOST_HITS]
    )
    return found


def _ask(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    try:
        with transaction.atomic(), connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_MS}")
            # Django's own cursor writes parameters into the statement; psycopg's sends them apart.
            with psycopg.Cursor(connection.connection) as bound:
                return bound.execute(sql, parameters).fetchall()
    except DatabaseError as error:
        kind = type(error).__name__
    raise SearchUnavailable(kind)


def _config() -> str:
    return get_search_backend().config
