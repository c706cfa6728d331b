"""The record of what organisers did with people's data, for those who watch over it. Nothing here can be changed."""

from typing import Any, ClassVar

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from supporters.admin.access import NeedsPermission, organiser
from supporters.admin.records import RecordIndexView
from supporters.audit_checks import check_audit, last_check
from supporters.models import AuditEntry
from supporters.permissions import VIEW_AUDIT

NAMESPACE = "audit"


def _actions(_request: HttpRequest | None = None) -> list[tuple[str, str]]:
    used = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    return [(action, in_words(action)) for action in used]


def in_words(action: str) -> str:
    """The name of an action as people read it."""
    return action.replace("_", " ").capitalize()


class AuditFilterSet(WagtailFilterSet):
    """By what was done, by whom, and on which day."""

    action = django_filters.ChoiceFilter(label="What", choices=_actions)
    actor = django_filters.ModelChoiceFilter(
        label="Who", queryset=lambda _request: get_user_model()._default_manager.order_by("name", "email")
    )
    at = django_filters.DateFromToRangeFilter(label="When", widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields: ClassVar[list[str]] = ["action", "actor", "at"]


class AuditIndexView(RecordIndexView):
    """Every entry, the newest first, under what the last check of the chain found."""

    any_permission_required: ClassVar[list[str]] = ["view"]
    template_name = "supporters/admin/audit.html"
    page_title = "Audit trail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["check"] = last_check()
        return context


class VerifyAuditView(NeedsPermission):
    """Reads the whole chain now, and says what it found."""

    permission = VIEW_AUDIT
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        state = check_audit(actor=organiser(request))
        if state.broken:
            messages.error(request, f"The audit trail does not hold. {state.broken.reason}")
        else:
            messages.success(request, f"The audit trail holds up to entry {state.head.sequence:,}.")
        return redirect(reverse(f"{NAMESPACE}:index"))


class AuditViewSet(ModelViewSet):
    """The audit trail: a list to read, and a button that checks it."""

    model = AuditEntry
    name = NAMESPACE
    url_prefix = "audit"
    icon = "history"
    menu_label = "Audit trail"
    index_view_class = AuditIndexView
    filterset_class = AuditFilterSet
    copy_view_enabled = False
    add_to_reference_index = False
    list_export: ClassVar[list[str]] = []
    list_per_page = 50
    ordering = "-sequence"
    exclude_form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[str | Column]] = [
        Column("sequence", label="Entry"),
        DateColumn("at", label="When"),
        Column("actor_label", label="Who"),
        Column("action", label="What", accessor=lambda entry: in_words(entry.action)),
        Column("subject", label="To what"),
        Column("count", label="Records"),
        Column("purpose", label="What for"),
    ]

    @property
    def index_template_name(self) -> str:
        return AuditIndexView.template_name

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = ["add", "edit", "delete", "history", "usage", "inspect", "copy"]
        absent = dict.fromkeys(f"{name}_url_name" for name in names)
        options: dict[str, Any] = super().get_common_view_kwargs(**{**absent, **kwargs})
        return options

    def get_permissions_to_register(self) -> QuerySet:
        app_label, _, codename = VIEW_AUDIT.partition(".")
        return Permission.objects.filter(content_type__app_label=app_label, codename=codename)

    def register_admin_url_finder(self) -> None:
        """There is no edit view to find."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("verify/", VerifyAuditView.as_view(), name="verify"),
        ]
