"""The list of everybody, made to open at once however many there are.

Only the fifty people on the page are decrypted, their standing answers come with them, and nothing
counts a million rows.
"""

from datetime import datetime
from typing import Any, ClassVar, Final

import django_filters
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from supporters.admin.personal import NAMESPACE
from supporters.admin.records import RecordIndexView
from supporters.models import ConsentRecord, CurrentConsent, Purpose, Supporter
from supporters.seats import country_name, seat_name

MOST_LISTED: Final = 10_000
"""Rows that can be paged through. Beyond them a database would read its way down; a filter is kinder to both."""

ANSWERS: Final = {"given": "Yes", "withdrawn": "No"}
NEVER_ASKED: Final = "never"
NAMELESS: Final = "No name given"
# As of the last ANALYZE; worked out once for all the rows.
ESTIMATE: Final = "(SELECT reltuples::bigint FROM pg_class WHERE oid = 'supporters_supporter'::regclass)"


def people() -> QuerySet[Supporter]:
    """Everybody with what a list shows: without the records that were merged into another, ``choice`` about updates.

    The standing answer comes with the row, by the index that keeps it unique.
    """
    choice = CurrentConsent.objects.filter(supporter=OuterRef("pk"), purpose=Purpose.UPDATES).values("choice")
    return (
        Supporter.objects.filter(merged_into=None)
        .only("name", "country", "constituency_code", "language", "source", "created_at", "last_act_at")
        .annotate(choice=Subquery(choice))
    )


class BoundedPaginator(WagtailPaginator):
    """Shows a page before it knows how many there are, and counts to ``MOST_LISTED`` and no further.

    A list of everybody brings the planner's own estimate along with its rows, as ``estimate``.
    """

    estimate = 0
    _rows_of_first_page: int | None = None

    def get_page(self, number: Any) -> Page:
        try:
            wanted = min(max(int(number), 1), MOST_LISTED // self.per_page)
        except (TypeError, ValueError):
            wanted = 1
        start = (wanted - 1) * self.per_page
        rows = list(self.object_list[start : start + self.per_page])
        if not rows and wanted > 1:
            page: Page = super().get_page(number)
            return page
        self.estimate = getattr(rows[0], "estimate", 0) if rows else 0
        if wanted == 1:
            self._rows_of_first_page = len(rows)
        return Page(rows, wanted, self)

    @cached_property
    def count(self) -> int:
        """Rows that can be paged through."""
        if self.estimate > MOST_LISTED:
            return MOST_LISTED
        if self._rows_of_first_page is not None and self._rows_of_first_page < self.per_page:
            return self._rows_of_first_page
        # Unordered and of one column: what is counted is neither sorted nor read.
        return int(self.object_list.order_by().values("pk")[:MOST_LISTED].count())

    @property
    def items_count_label(self) -> str:
        """What stands beside the page numbers."""
        if self.estimate > MOST_LISTED:
            return f"the first {intcomma(MOST_LISTED)} of about {intcomma(self.estimate)} supporters"
        if self.count == MOST_LISTED:
            return f"the first {intcomma(MOST_LISTED)} supporters"
        return str(super().items_count_label)


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
    """What a list says about a person, whose name leads to the rest. Whoever reaches the list may know the names."""
    return [
        TitleColumn(
            "name",
            label="Name",
            accessor=lambda one: one.name or NAMELESS,
            url_name=f"{NAMESPACE}:inspect",
            # Or a phone breaks names letter by letter; the table can be scrolled sideways.
            classname="w-whitespace-nowrap",
        ),
        Column("country", label="Country", accessor=lambda one: country_name(one.country)),
        Column("constituency_code", label="Constituency", accessor=lambda one: seat_name(one.constituency_code)),
        Column("language", label="Language"),
        Column("source", label="Came from"),
        Column("choice", label="Agreed to updates", accessor=lambda one: ANSWERS.get(one.choice, "")),
        Column("created_at", label="First came", accessor=lambda one: _day(one.created_at), sort_key="created_at"),
        Column("last_act_at", label="Last acted", accessor=lambda one: _day(one.last_act_at), sort_key="last_act_at"),
    ]


def _day(moment: datetime) -> str:
    # Wagtail's own column of dates writes each in four ways, a hundred times over.
    return str(format_date(timezone.localtime(moment), "j M Y"))


class SupporterIndexView(RecordIndexView):
    """Everybody, newest first."""

    any_permission_required: ClassVar[list[str]] = ["view"]
    paginator_class = BoundedPaginator

    def get_base_queryset(self) -> QuerySet[Supporter]:
        return people()

    def order_queryset(self, queryset: QuerySet[Supporter]) -> QuerySet[Supporter]:
        # The second key makes the order certain, and is the one the index of the newest has.
        return queryset.order_by(self.ordering, "pk")

    def get_list_buttons(self, instance: Supporter) -> list[Any]:
        """None: the title leads to all there is to do, and fifty menus would take longer than the fifty people."""
        return []

    def get_queryset(self) -> QuerySet[Supporter]:
        queryset: QuerySet[Supporter] = super().get_queryset()
        return queryset if self.is_filtering else queryset.annotate(estimate=RawSQL(ESTIMATE, ()))  # noqa: S611  (a constant)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton("Find somebody", url=reverse(f"{NAMESPACE}:find"), icon_name="search"),
        ]
