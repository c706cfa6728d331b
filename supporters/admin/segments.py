"""Segments: saved questions about who the supporters are. They count people and never show one."""

from collections.abc import Iterable
from time import monotonic
from typing import Any, ClassVar, Final

from django.db.models import ProtectedError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, Table
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from supporters.admin.access import organiser
from supporters.admin.records import RecordIndexView
from supporters.admin.segment_form import SegmentForm
from supporters.models import Segment
from supporters.permissions import VIEW_SUPPORTERS
from supporters.segments import WrongCriteria, count_people, describe, in_words
from supporters.services.segments import save_segment

NAMESPACE = "segments"
PATIENCE_S: Final = 1.5
"""A million supporters take up to two seconds a segment; a page of them must not take twenty."""
PAGES = frozenset({"index", "index_results", "add", "edit", "delete", "inspect"})
NOT_UNDERSTOOD = "This site no longer understands what this segment asks, so it chooses nobody."
IN_USE = "A mailing is written to this segment, so it stays: the record of the mailing says who was meant."


def counted(segment: Segment, request: HttpRequest) -> str:
    """How many people are in ``segment`` now, as whoever asks may know it."""
    try:
        return in_words(count_people(segment.criteria), is_exact=request.user.has_perm(VIEW_SUPPORTERS))
    except WrongCriteria:
        return NOT_UNDERSTOOD


def described(segment: Segment) -> str:
    """What ``segment`` asks, in words."""
    try:
        return describe(segment.criteria)
    except WrongCriteria:
        return NOT_UNDERSTOOD


class SegmentIndexView(RecordIndexView):
    """Every segment by name, with what it asks and how many people that is at this moment."""

    def get_table(self, object_list: Iterable[Segment]) -> Table:
        count_until = monotonic() + PATIENCE_S
        for segment in object_list:
            has_time = monotonic() < count_until
            segment.counted = counted(segment, self.request) if has_time else "Open to count"  # type: ignore[attr-defined]
        return super().get_table(object_list)


class CountsWithoutSaving:
    """A form with a second button, which says how many people its questions choose and keeps nothing."""

    template_name = "supporters/admin/segment_form.html"
    request: HttpRequest
    count = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "count" not in request.POST:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        self.object = self.about()
        self.form = form = self.get_form()  # type: ignore[attr-defined]
        self.count = self._counted(form)
        return self.render_to_response(self.get_context_data())  # type: ignore[attr-defined]

    def about(self) -> Segment | None:
        """The segment the page is about; none while it is being made."""
        return None

    def _counted(self, form: BaseForm) -> str:
        form.is_valid()
        # What is only counted needs no name.
        form.errors.pop("name", None)
        return "" if form.errors else counted(form.instance, self.request)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["count"] = self.count
        return context

    def save_instance(self) -> Segment:
        return save_segment(segment=self.form.instance, by=organiser(self.request))


class AddSegmentView(CountsWithoutSaving, CreateView):
    """A new segment."""

    success_message = "Saved: %(object)s."


class EditSegmentView(CountsWithoutSaving, EditView):
    """What a segment asks, to be changed; opened, it says how many people that is now."""

    success_message = "Saved: %(object)s."

    def about(self) -> Segment:
        segment: Segment = self.get_object()
        return segment

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.count = counted(self.about(), request)
        return super().get(request, *args, **kwargs)


class DeleteSegmentView(DeleteView):
    """A segment nobody needs any more. What was exported by it keeps a copy of what it asked."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, IN_USE)
            return redirect(reverse(f"{NAMESPACE}:index"))


class SegmentInspectView(InspectView):
    """A segment in words."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        lines = {
            "Who": described(self.object),
            "Now": counted(self.object, self.request),
            "Made by": self.object.created_by or "Somebody who is gone",
            "Last changed": self.object.updated_at,
        }
        return [{"label": label, "value": value, "component": None} for label, value in lines.items()]


class SegmentViewSet(ModelViewSet):
    """Segments, for everybody who has the permission to see or change them."""

    model = Segment
    name = NAMESPACE
    url_prefix = "segments"
    icon = "group"
    menu_label = "Segments"
    index_view_class = SegmentIndexView
    add_view_class = AddSegmentView
    edit_view_class = EditSegmentView
    delete_view_class = DeleteSegmentView
    inspect_view_class = SegmentInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_export: ClassVar[list[str]] = []
    list_per_page = 10
    ordering = "name"
    search_fields: ClassVar[list[str]] = ["name"]
    list_display: ClassVar[list[str | Column]] = [
        "__str__",
        Column("who", label="Who", accessor=described),
        Column("counted", label="Now"),
        DateColumn("updated_at", label="Changed", sort_key="updated_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[SegmentForm]:
        return SegmentForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(["history_url_name", "usage_url_name", "copy_url_name"])
        options: dict[str, Any] = super().get_common_view_kwargs(**{**absent, **kwargs})
        return options

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in PAGES]
