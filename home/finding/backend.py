"""Wagtail's search in PostgreSQL, with each word findable without its accents too.

PostgreSQL's own way is the extension `unaccent`, which not every server has: the one of `make run` does not.
"""

from collections.abc import Sequence

from django.contrib.postgres.search import CombinedSearchVector, SearchVector
from django.db.models import F, Model, Value
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend
from modelsearch.utils import get_content_type_pk

from home.finding.accents import without_accents


class PlainLettersIndex(PostgresIndex):
    """Keeps each page's words as they are written, and beside them as they are typed without accents."""

    def add_items(self, model: type[Model], objs: Sequence[Model]) -> None:
        """Index ``objs``, all of them of ``model``."""
        super().add_items(model, objs)
        written = self.entries.filter(
            content_type_id=get_content_type_pk(model), object_id__in=[str(one.pk) for one in objs]
        )
        for entry in written.only("title_text", "body_text"):
            plain = {
                part: self._with_plain_letters(part, without_accents(text))
                for part, text in (("title", entry.title_text), ("body", entry.body_text))
                if without_accents(text) != text
            }
            if plain:
                self.entries.filter(pk=entry.pk).update(**plain)

    def _with_plain_letters(self, part: str, text: str) -> CombinedSearchVector:
        config = self.backend.config
        return CombinedSearchVector(F(part), "||", SearchVector(Value(text), config=config), config)


class SearchBackend(PostgresSearchBackend):
    """What WAGTAILSEARCH_BACKENDS names."""

    index_class = PlainLettersIndex
