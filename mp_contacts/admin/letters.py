"""Letters as they make their way: to whom and how far, never who wrote them or what they say."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Field, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import InspectView

from mp_contacts.admin.choices import MemberFilter, TitleFilter
from mp_contacts.models import HoldReason, Letter, LetterStage
from mp_contacts.overview import letter_page_choices
from supporters.admin.records import RecordIndexView, RecordViewSet
from supporters.seats import seat_name

NAMESPACE = "letters"
SHOWN = {
    "page": "Page",
    "member": "To",
    "constituency_code": "Seat",
    "stage": "Stage",
    "hold_reasons": "Held because",
    "decided_by": "Decided by",
    "own_percent": "Percent that is not the draft's words",
    "seat_from_list": "Seat chosen from the list",
    "tries": "Times handed to the outbox",
    "bounce": "Came back",
}
DATES = ["created_at", "confirmed_at", "sent_at", "settled_at", "withdrawn_at"]
# Every column that says anything of the writer, or in their words, stays in the database.
READ = ["pk", "page__title", "member__name", "member__party", "decided_by__name", "decided_by__email", *SHOWN, *DATES]


def letters_for_list() -> QuerySet[Letter]:
    """Letters without anything that says who wrote them or what."""
    return Letter.objects.select_related("page", "member", "decided_by").only(*READ, "state")


class LetterFilterSet(WagtailFilterSet):
    """By page, stage, member and the day of writing: what may stand in an address."""

    page = TitleFilter(queryset=lambda _request: letter_page_choices())
    stage = django_filters.ChoiceFilter(choices=LetterStage.choices)
    member = MemberFilter()
    created_at = django_filters.DateFromToRangeFilter(label="Written on", widget=DateRangePickerWidget)

    class Meta:
        model = Letter
        fields: ClassVar[list[str]] = ["page", "stage", "member", "created_at"]


class LetterIndexView(RecordIndexView):
    """The letters, newest first."""

    any_permission_required: ClassVar[list[str]] = ["view"]

    def get_base_queryset(self) -> QuerySet[Letter]:
        return letters_for_list()


class LetterInspectView(InspectView):
    """How one letter fared."""

    any_permission_required: ClassVar[list[str]] = ["view"]

    def get_object(self, queryset: QuerySet | None = None) -> Letter:
        letter: Letter = get_object_or_404(letters_for_list(), pk=self.pk)
        return letter

    def get_fields(self) -> list[str]:
        return [*SHOWN, *DATES]

    def get_field_label(self, field_name: str, field: Field) -> str:
        return SHOWN.get(field_name) or str(super().get_field_label(field_name, field))

    def get_page_display_value(self) -> str:
        return str(self.object.page.title)

    def get_constituency_code_display_value(self) -> str:
        return seat_name(self.object.constituency_code)

    def get_hold_reasons_display_value(self) -> str:
        return reasons_in_words(self.object)

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [field for field in super().get_fields_context() if field["value"] not in {None, ""}]


def reasons_in_words(letter: Letter) -> str:
    """Why it was held, as people say it; a reason of an older version as it is."""
    known = dict(HoldReason.choices)
    return "; ".join(str(known.get(reason, reason)) for reason in letter.hold_reasons)


class LetterViewSet(RecordViewSet):
    """Letters without a way to add, change, copy or delete one, and without Wagtail's own export."""

    model = Letter
    name = NAMESPACE
    icon = "mail"
    menu_label = "Letters"
    index_view_class = LetterIndexView
    inspect_view_class = LetterInspectView
    inspect_view_enabled = True
    ordering = "-created_at"
    filterset_class = LetterFilterSet
    exclude_form_fields: ClassVar[list[str]] = []
    registered_permissions: ClassVar[list[str]] = ["view_letter", "moderate_letters"]
    list_display: ClassVar[list[str | Column]] = [
        "__str__",
        Column("page", label="Page", accessor="page.title"),
        Column("member", label="To", accessor="member.name"),
        Column("seat", label="Seat", accessor=lambda letter: seat_name(letter.constituency_code)),
        Column("stage", label="Stage", accessor="get_stage_display"),
        DateColumn("created_at", label="Written", sort_key="created_at"),
        DateColumn("sent_at", label="Sent", sort_key="sent_at"),
        DateColumn("settled_at", label="Settled", sort_key="settled_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<uuid:pk>/", self.inspect_view, name="inspect"),
        ]
