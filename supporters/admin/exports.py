"""Taking lists of people out: asked for with a reason, looked at once more, made by the worker, fetched once."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, Table, TitleColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from supporters.admin.access import NeedsPermission, WorkspacePage, crumb, menu_item_for, organiser
from supporters.admin.export_form import ExportForm
from supporters.audience import personal_page
from supporters.exports.forecast import forecast
from supporters.exports.presets import Preset, preset_named, presets
from supporters.models import ExportJob, ExportState
from supporters.permissions import EXPORT_SENSITIVE, EXPORT_SUPPORTERS, VIEW_AUDIT
from supporters.segments import WrongCriteria, describe
from supporters.services.exporting import ExportGone, ExportRefused, request_export, take_export

NAMESPACE = "exports"
JOBS_A_PAGE: Final = 25
GONE: Final = "There is no file to fetch any more: it was fetched, its seven days are over, or it was withdrawn."
WAITING: Final = frozenset({ExportState.QUEUED, ExportState.RUNNING})


def jobs_for(request: HttpRequest) -> QuerySet[ExportJob]:
    """The exports a reader may know of: their own, and everybody's for those who watch over the audit trail."""
    jobs = ExportJob.objects.select_related("requested_by", "segment")
    return jobs if request.user.has_perm(VIEW_AUDIT) else jobs.filter(Q(requested_by_id=request.user.pk))


def preset_label(job: ExportJob) -> str:
    """What the preset of ``job`` is called, or was."""
    try:
        return preset_named(job.preset).label
    except KeyError:
        return job.preset


def rows_in_words(job: ExportJob) -> str:
    """How far the job is, or how many rows it has."""
    if job.rows_total is None:
        return "Not counted yet"
    if job.state in WAITING:
        return f"{job.rows_done:,} of {job.rows_total:,}"
    return f"{job.rows_total:,}"


def who(job: ExportJob) -> str:
    """In words, whom the export is about, as it was asked for."""
    try:
        return describe(job.criteria)
    except WrongCriteria:
        return "Something this site no longer understands."


class ExportPage(WorkspacePage):
    """A page about exports."""

    permission = EXPORT_SUPPORTERS
    header_icon = "download"

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Exports", f"{NAMESPACE}:index")]


class ExportIndexView(ExportPage):
    """Who took which list out, when and why: one's own exports, or everybody's."""

    or_permission = VIEW_AUDIT
    template_name = "supporters/admin/exports.html"
    page_title = "Exports"

    def crumbs(self) -> list[dict[str, str]]:
        return []

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm(EXPORT_SUPPORTERS):
            return []
        return [HeaderButton("Ask for an export", url=reverse(f"{NAMESPACE}:choose"), icon_name="plus")]

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(jobs_for(request), JOBS_A_PAGE).get_page(request.GET.get("p"))
        columns = [
            TitleColumn("preset", label="What", accessor=preset_label, url_name=f"{NAMESPACE}:job"),
            Column("requested_by", label="Who asked", accessor=lambda job: job.requested_by or "Somebody who is gone"),
            DateColumn("created_at", label="When"),
            Column("purpose", label="What for"),
            Column("rows", label="Rows read", accessor=rows_in_words),
            Column("state", label="State", accessor="get_state_display"),
        ]
        context = self.get_context_data(
            page=page, table=Table(columns, page.object_list), sees_all=request.user.has_perm(VIEW_AUDIT)
        )
        return self.render_to_response(context)


class ChoosePresetView(ExportPage):
    """Which system the list is for, with what gets lost on the way there."""

    template_name = "supporters/admin/export_presets.html"
    page_title = "Ask for an export"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(presets=presets()))


class AskForExportView(ExportPage):
    """The questions; then, by POST, the same once more with the figures; then, by POST, the job."""

    template_name = "supporters/admin/export_form.html"
    page_title = "Ask for an export"

    @cached_property
    def preset(self) -> Preset:
        try:
            return preset_named(self.kwargs["preset"])
        except KeyError:
            raise Http404("There is no such preset.") from None

    def get_page_subtitle(self) -> str:
        return self.preset.label

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self._ask(self._form())

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._ask(form, status=422)
        step = request.POST.get("step")
        if step == "change":
            return self._ask(form)
        if step != "confirm":
            return self._confirm(form)
        try:
            job = request_export(requested_by=organiser(request), **form.order)
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
            return self._ask(form, status=422)
        return redirect(reverse(f"{NAMESPACE}:job", args=[job.pk]))

    def _form(self, *data: Any) -> ExportForm:
        may_have_sensitive = self.request.user.has_perm(EXPORT_SENSITIVE)
        return ExportForm(*data, preset=self.preset, may_have_sensitive=may_have_sensitive)

    def _ask(self, form: ExportForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, preset=self.preset), status=status)

    def _confirm(self, form: ExportForm) -> HttpResponse:
        self.template_name = "supporters/admin/export_confirm.html"
        figures = forecast(form.choice)
        return self.render_to_response(self.get_context_data(form=form, preset=self.preset, figures=figures))


class ExportJobView(ExportPage):
    """One export: how far it is, and the button that fetches the file, once."""

    or_permission = VIEW_AUDIT
    template_name = "supporters/admin/export_job.html"
    page_title = "Export"

    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        job = get_object_or_404(jobs_for(request), pk=pk)
        context = self.get_context_data(
            job=job,
            preset=preset_label(job),
            rows=rows_in_words(job),
            who=who(job),
            sha256=bytes(job.sha256).hex() if job.sha256 else "",
            is_waiting=job.state in WAITING,
            may_take=job.state == ExportState.READY and may_take(request, job),
        )
        return self.render_to_response(context)


def may_take(request: HttpRequest, job: ExportJob) -> bool:
    """Whether the reader is who asked for ``job``; take_export asks again."""
    return job.requested_by_id == request.user.pk and request.user.has_perm(EXPORT_SUPPORTERS)


class ExportProgressView(NeedsPermission):
    """How far an export is, for the script on its page."""

    permission = EXPORT_SUPPORTERS
    or_permission = VIEW_AUDIT

    def get(self, request: HttpRequest, pk: str) -> JsonResponse:
        job = get_object_or_404(jobs_for(request), pk=pk)
        return JsonResponse(
            {
                "state": job.get_state_display(),
                "is_over": job.state not in WAITING,
                "done": job.rows_done,
                "total": job.rows_total,
                "rows": rows_in_words(job),
            }
        )


class TakeExportView(NeedsPermission):
    """Answers with the file, after which it is gone."""

    permission = EXPORT_SUPPORTERS
    http_method_names = ["post"]

    @method_decorator(personal_page)
    def post(self, request: HttpRequest, pk: str) -> HttpResponseBase:
        job = get_object_or_404(jobs_for(request), pk=pk)
        if job.requested_by_id != request.user.pk:
            raise PermissionDenied
        try:
            name, size, pieces = take_export(job_id=job.pk, by=organiser(request))
        except ExportGone:
            messages.error(request, GONE)
            return redirect(reverse(f"{NAMESPACE}:job", args=[job.pk]))
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(size),
            "X-Content-Type-Options": "nosniff",
        }
        return StreamingHttpResponse(pieces, content_type="application/octet-stream", headers=headers)


class ExportViewSet(ViewSet):
    """Exports, for data officers."""

    name = NAMESPACE
    url_prefix = "exports"
    icon = "download"
    menu_label = "Exports"
    menu_item_class = menu_item_for(EXPORT_SUPPORTERS, VIEW_AUDIT)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ExportIndexView.as_view(), name="index"),
            path("new/", ChoosePresetView.as_view(), name="choose"),
            path("new/<slug:preset>/", AskForExportView.as_view(), name="ask"),
            path("<uuid:pk>/", ExportJobView.as_view(), name="job"),
            path("<uuid:pk>/progress.json", ExportProgressView.as_view(), name="progress"),
            path("<uuid:pk>/download/", TakeExportView.as_view(), name="take"),
        ]
