"""One action in several languages.

A petition, a letter or an event that was translated is still one: one total, one deadline, one signature for each
person. The page that was there first, the original, is what everything done is kept on; its translations are other
words for it. Whoever acts reads one of them, and everything they are shown and sent is in its language.
"""

from typing import TypeVar

import pgtrigger
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField


def synchronised(*fields: str) -> list[SynchronizedField]:
    """For ``override_translatable_fields``: wagtail-localize copies ``fields`` as they stand and offers no other."""
    return [SynchronizedField(field, overridable=False) for field in fields]


def original_id() -> Subquery:
    """The key of the original of each page of a query, to annotate it with."""
    same = Page.objects.filter(translation_key=OuterRef("translation_key"))
    return Subquery(same.order_by("pk").values("pk")[:1])


def original_of(page: Page) -> Page:
    """The page that was there first of those that say the same as ``page``."""
    return Page.objects.filter(translation_key=page.translation_key).order_by("pk").first() or page


Acted = TypeVar("Acted", bound=Model)


def originals(pages: QuerySet[Acted]) -> QuerySet[Acted]:
    """``pages`` without those that say in another language what one of them says."""
    earlier = Page.objects.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return pages.exclude(Exists(earlier))


KEPT_ON_THE_ORIGINAL = """
IF EXISTS (
    SELECT FROM (SELECT DISTINCT {column} AS id FROM new_rows) AS acted_on
    JOIN wagtailcore_page shown ON shown.id = acted_on.id
    JOIN wagtailcore_page earlier ON earlier.translation_key = shown.translation_key AND earlier.id < shown.id
) THEN
    RAISE EXCEPTION 'What is done on a translated page is kept on the page that it translates.'
        USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


def kept_on_the_original(column: str) -> pgtrigger.Trigger:
    """Refuses rows whose ``column`` names a translation: two pages would be two counts, and two signatures a person.

    Once a statement, not once a row: signatures come by the hundred.
    """
    return pgtrigger.Trigger(
        name="kept_on_the_original",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=KEPT_ON_THE_ORIGINAL.format(column=column),
    )
