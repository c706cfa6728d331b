"""Supporters in the workspace: found, understood, and put right; never made, copied or deleted by hand."""

from typing import ClassVar

from django.urls import URLPattern, path
from wagtail.admin.ui.tables import Column

from supporters.admin.answering import ConsentView, DetailsView, OpenView, StopView
from supporters.admin.erasing import EraseView
from supporters.admin.finding import FindSupporterView
from supporters.admin.inspecting import SupporterContactView, SupporterInspectView
from supporters.admin.merging import CompareView, MergeWithView, UndoMergeView
from supporters.admin.personal import NAMESPACE
from supporters.admin.records import RecordViewSet
from supporters.admin.supporter_list import SupporterFilterSet, SupporterIndexView, supporter_columns
from supporters.models import Supporter


class SupporterViewSet(RecordViewSet):
    """Supporters without a way to add, copy or delete one, and without Wagtail's own export.

    A record is made by the person's own act or by an import, and ends by erasing. What leaves the site does
    so as an export, under another permission and on record.
    """

    model = Supporter
    name = NAMESPACE
    url_prefix = "supporters"
    icon = "group"
    menu_label = "Supporters"
    index_view_class = SupporterIndexView
    inspect_view_enabled = True
    ordering = "-created_at"
    filterset_class = SupporterFilterSet
    list_display: ClassVar[list[str | Column]] = [*supporter_columns()]
    exclude_form_fields: ClassVar[list[str]] = []
    registered_permissions: ClassVar[list[str]] = [
        "view_supporter",
        "change_supporter",
        "export_supporters",
        "export_sensitive_columns",
        "import_supporters",
        "merge_supporters",
        "erase_supporters",
        "send_mailings",
        "view_delivery_health",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("find/", FindSupporterView.as_view(), name="find"),
            path("<uuid:pk>/", SupporterInspectView.as_view(), name="inspect"),
            path("<uuid:pk>/contact/", SupporterContactView.as_view(), name="contact"),
            path("<uuid:pk>/consent/", ConsentView.as_view(), name="consent"),
            path("<uuid:pk>/details/", DetailsView.as_view(), name="details"),
            path("<uuid:pk>/stop/", StopView.as_view(), name="stop"),
            path("<uuid:pk>/open/", OpenView.as_view(), name="open"),
            path("<uuid:pk>/erase/", EraseView.as_view(), name="erase"),
            path("<uuid:pk>/merge/", MergeWithView.as_view(), name="merge_with"),
            path("compare/<uuid:kept>/<uuid:lost>/", CompareView.as_view(), name="compare"),
            path("merges/<uuid:pk>/undo/", UndoMergeView.as_view(), name="undo_merge"),
        ]
