"""The list of everybody, made to open at once however many there are.

Only the fifty people on the page are decrypted, their standing answers come in one query, and nothing
counts a million rows.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

import django_filters
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from supporters.admin.personal import NAMESPACE
from supporters.models import ConsentRecord, CurrentConsent, Purpose, Supporter

MOST_LISTED: Final = 10_000
"""Rows that can be paged through. Beyond them a database would read its way down; a filter is kinder to both."""

ANSWERS: Final = {"given": "Yes", "withdrawn": "No"}
NEVER_ASKED: Final = "never"


def people() -> QuerySet[Supporter]:
    """Everybody, without the records that were merged into another, and only with what a list shows."""
    return Supporter.objects.filter(merged_into=None).only(
        "name", "country", "constituency_code", "language", "source", "created_at", "last_act_at"
    )


def attach_answers(supporters: Sequence[Supporter]) -> None:
    """Give each of ``supporters`` their standing answer about updates in words, as ``updates``: one query."""
    standing = dict(
        CurrentConsent.objects.filter(
            supporter__in=[one.pk for one in supporters], purpose=Purpose.UPDATES
        ).values_list("supporter_id", "choice")
    )
    for supporter in supporters:
        supporter.updates = ANSWERS.get(standing.get(supporter.pk, ""), "")  # type: ignore[attr-defined]


class BoundedPaginator(WagtailPaginator):
    """Counts to ``MOST_LISTED`` and no further; the whole list by the planner's own estimate.

    ``whole`` is the table when nothing narrows the list, or None.
    """

    def __init__(self, *args: Any, whole: type[Supporter] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = whole

    @cached_property
    def count(self) -> int:
        """Rows that can be paged through."""
        if self.estimate > MOST_LISTED:
            return MOST_LISTED
        # Unordered and of one column: what is counted is neither sorted nor read.
        return int(self.object_list.order_by().values("pk")[:MOST_LISTED].count())

    @cached_property
    def estimate(self) -> int:
        """How many rows there are by the last ANALYZE; 0 when that says nothing."""
        if self.whole is None:
            return 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [self._table()])
            row = cursor.fetchone()
        return max(0, row[0]) if row else 0

    @property
    def items_count_label(self) -> str:
        """What stands beside the page numbers."""
        if self.estimate > MOST_LISTED:
            return f"the first {intcomma(MOST_LISTED)} of about {intcomma(self.estimate)} supporters"
        if self.count == MOST_LISTED:
            return f"the first {intcomma(MOST_LISTED)} supporters"
        return str(super().items_count_label)

    def _table(self) -> str:
        return str(self.whole._meta.db_table) if self.whole else ""


class SupporterFilterSet(WagtailFilterSet):
    """By what says nothing about who somebody is: filters stand in the URL."""

    updates = django_filters.ChoiceFilter(
        label="Agreed to updates",
        choices=[*((choice, ANSWERS[choice]) for choice in ConsentRecord.Choice.values), (NEVER_ASKED, "Never asked")],
        method="filter_updates",
    )
    language = django_filters.ChoiceFilter(choices=settings.LANGUAGES)
    country = django_filters.CharFilter(label="Country", help_text="Two letters, such as GB.", method="filter_exact")
    constituency_code = django_filters.CharFilter(label="Constituency", help_text="Its code.", method="filter_exact")
    source = django_filters.CharFilter(label="Came from", help_text="Exactly as listed.")
    created_at = django_filters.DateFromToRangeFilter(label="First came", widget=DateRangePickerWidget)
    last_act_at = django_filters.DateFromToRangeFilter(label="Last acted", widget=DateRangePickerWidget)

    class Meta:
        model = Supporter
        fields: ClassVar[list[str]] = []

    def filter_exact(self, people: QuerySet[Supporter], name: str, value: str) -> QuerySet[Supporter]:
        return people.filter(**{name: value.strip().upper()})

    def filter_updates(self, people: QuerySet[Supporter], _name: str, value: str) -> QuerySet[Supporter]:
        answer = CurrentConsent.objects.filter(supporter=OuterRef("pk"), purpose=Purpose.UPDATES)
        if value == NEVER_ASKED:
            return people.filter(~Exists(answer))
        return people.filter(Exists(answer.filter(choice=value)))


def supporter_columns() -> list[Column]:
    """What a list says about a person. Whoever reaches the list may know the names."""
    return [
        Column("name", label="Name"),
        Column("country", label="Country"),
        Column("constituency_code", label="Constituency"),
        Column("language", label="Language"),
        Column("source", label="Came from"),
        Column("updates", label="Agreed to updates"),
        DateColumn("created_at", label="First came", sort_key="created_at"),
        DateColumn("last_act_at", label="Last acted", sort_key="last_act_at"),
    ]


class SupporterIndexView(IndexView):
    """Everybody, newest first."""

    any_permission_required: ClassVar[list[str]] = ["view"]
    paginator_class = BoundedPaginator

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Wagtail would load every row for "?export=", although there is nothing to export here.
        self.is_export = False

    def get_base_queryset(self) -> QuerySet[Supporter]:
        return people()

    def order_queryset(self, queryset: QuerySet[Supporter]) -> QuerySet[Supporter]:
        # The second key makes the order certain, and is the one the index of the newest has.
        return queryset.order_by(self.ordering, "pk")

    def get_paginator(self, queryset: QuerySet[Supporter], per_page: int, **options: Any) -> BoundedPaginator:
        return BoundedPaginator(queryset, per_page, whole=None if self.is_filtering else Supporter, **options)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        attach_answers(context["object_list"])
        return context

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton("Find somebody", url=reverse(f"{NAMESPACE}:find"), icon_name="search"),
        ]
