"""Bringing in a list: upload, say what is what, look at what would change, confirm, and take back.

Looking changes nothing: every step is a POST. No page and no address holds anything that stands in a file.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, Table, TitleColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from supporters.admin.access import WorkspacePage, crumb, menu_item_for, organiser
from supporters.admin.import_forms import MappingForm, UploadForm
from supporters.cells import csv_line
from supporters.imports.errors import UnreadableFile
from supporters.models import ImportJob, ImportState
from supporters.permissions import IMPORT_SUPPORTERS
from supporters.services.importing import (
    CAN_BE_DISCARDED,
    CAN_BE_UNDONE,
    WAITING,
    NotNow,
    apply_import,
    begin_import,
    check_import,
    discard_import,
    undo_import,
)

NAMESPACE: Final = "imports"
SHOWN_IN_LIST: Final = 50
SHOWN_PROBLEMS: Final = 20
LOOK_AGAIN_S: Final = 3
WORKING: Final = (ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)
# What is told of a job, in this order, by the name it is counted under.
FIGURES: Final = {
    "new": "people who are new",
    "changed": "people with something new",
    "unchanged": "rows that change nothing",
    "refused": "rows that are refused",
    "problems": "cells or rows with a problem",
    "given": "times a yes, with the words you chose",
    "withdrawn": "times a no",
    "yes_refused": "times a yes of somebody who said no before, not taken over",
    "yes_without_words": "times a yes to words you did not choose, not taken over",
    "people_removed": "people removed again",
    "people_kept": "people who have done something since, or were changed by another import: they stay",
    "values_put_back": "details put back",
    "values_kept": "details that changed since: they stay",
    "answers_removed": "answers taken off the ledger",
    "answers_countered": "times a yes that mail was sent on: taken back by a no",
    "answers_kept": "answers with a later one of their own behind them: they stay",
}


class ImportView(WorkspacePage):
    """What every page here has in common."""

    permission = IMPORT_SUPPORTERS
    header_icon = "upload"
    page_title = "Imports"

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Imports", f"{NAMESPACE}:index")]


class ImportIndexView(ImportView):
    """The newest imports, and the way to a new one."""

    template_name = "supporters/admin/imports.html"

    def crumbs(self) -> list[dict[str, str]]:
        return []

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton("Bring in a list", url=reverse(f"{NAMESPACE}:upload"), icon_name="plus")]

    def get(self, request: HttpRequest) -> HttpResponse:
        jobs = list(ImportJob.objects.select_related("requested_by")[:SHOWN_IN_LIST])
        columns = [
            TitleColumn("purpose", label="Where it comes from", url_name=f"{NAMESPACE}:show"),
            Column("state", label="Where it stands", accessor="get_state_display"),
            Column("requested_by", label="Who"),
            Column("rows_total", label="Rows"),
            DateColumn("created_at", label="Uploaded"),
        ]
        return self.render_to_response(self.get_context_data(jobs=jobs, table=Table(columns, jobs)))


class UploadView(ImportView):
    """Takes a file. Nothing in it touches anybody yet."""

    template_name = "supporters/admin/import_upload.html"
    page_title = "Bring in a list"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=UploadForm()))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                job = begin_import(actor=organiser(request), upload=file.chunks(), purpose=form.cleaned_data["purpose"])
                return redirect(f"{NAMESPACE}:show", job.pk)
            except UnreadableFile as error:
                form.add_error("file", str(error))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ShowImportView(ImportView):
    """One import, wherever it stands: the columns, what would change, how far it is, what came of it."""

    template_name = "supporters/admin/import.html"
    page_title = "Import"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.page(_job(pk))

    def page(self, job: ImportJob, form: MappingForm | None = None, status: int = 200) -> HttpResponse:
        if job.state in WAITING and form is None:
            form = MappingForm(job=job)
        can_undo = job.state in CAN_BE_UNDONE and job.undo_until is not None and job.undo_until > timezone.now()
        context = self.get_context_data(
            job=job,
            form=form,
            figures=[(job.counts[name], words) for name, words in FIGURES.items() if job.counts.get(name)],
            examples=[_shown(example) for example in job.counts.get("examples", [])],
            problems=list(job.problems.all()[:SHOWN_PROBLEMS]),
            can_discard=job.state in CAN_BE_DISCARDED,
            can_undo=can_undo,
            is_working=job.state in WORKING,
        )
        response = self.render_to_response(context, status=status)
        if job.state in WORKING:
            # The page looks again by itself, without a script.
            response["Refresh"] = str(LOOK_AGAIN_S)
        return response


class CheckImportView(ShowImportView):
    """Takes what each column is, and has the file looked through."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        job = _job(pk)
        form = MappingForm(request.POST, job=job)
        if not form.is_valid():
            return self.page(job, form, status=422)
        mapping, text = form.mapping(), form.cleaned_data["consent_text"]
        return _done(
            request, pk, lambda: check_import(job=job, actor=organiser(request), mapping=mapping, consent_text=text)
        )


class StepView(ImportView):
    """A button: has one thing done, and leads back to the import."""

    http_method_names = ["post"]
    step: Callable[..., ImportJob]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        job, step = _job(pk), type(self).step
        return _done(request, pk, lambda: step(job=job, actor=organiser(request)))


class ApplyImportView(StepView):
    step = staticmethod(apply_import)


class UndoImportView(StepView):
    step = staticmethod(undo_import)


class DiscardImportView(StepView):
    step = staticmethod(discard_import)


class ProblemsView(ImportView):
    """Every problem as CSV: row, column, message. Says nothing of what stood in the cell."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        headers = {"Content-Disposition": 'attachment; filename="problems.csv"', "X-Content-Type-Options": "nosniff"}
        return StreamingHttpResponse(_problem_lines(_job(pk)), content_type="text/csv; charset=utf-8", headers=headers)


def _problem_lines(job: ImportJob) -> Iterator[str]:
    yield "\ufeff" + csv_line(["Row", "Column", "Problem"])
    for problem in job.problems.iterator():
        yield csv_line([problem.row_number, problem.column, problem.message])


def _shown(example: dict[str, Any]) -> tuple[int, str, str]:
    """Row, whether the person is new, and what would happen to which field."""
    fields = ", ".join(f"{name}: {what}" for name, what in example["fields"].items())
    return example["row"], "New" if example["is_new"] else "Known", fields or "Only the address"


def _job(pk: UUID) -> ImportJob:
    job: ImportJob = get_object_or_404(ImportJob.objects.select_related("requested_by", "consent_text"), pk=pk)
    return job


def _done(request: HttpRequest, pk: UUID, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except NotNow as error:
        messages.warning(request, str(error))
    return redirect(f"{NAMESPACE}:show", pk)


class ImportViewSet(ViewSet):
    """Imports, for those who may bring in supporters."""

    name = NAMESPACE
    url_prefix = "imports"
    icon = "upload"
    menu_label = "Imports"
    menu_item_class = menu_item_for(IMPORT_SUPPORTERS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ImportIndexView.as_view(), name="index"),
            path("new/", UploadView.as_view(), name="upload"),
            path("<uuid:pk>/", ShowImportView.as_view(), name="show"),
            path("<uuid:pk>/check/", CheckImportView.as_view(), name="check"),
            path("<uuid:pk>/apply/", ApplyImportView.as_view(), name="apply"),
            path("<uuid:pk>/undo/", UndoImportView.as_view(), name="undo"),
            path("<uuid:pk>/discard/", DiscardImportView.as_view(), name="discard"),
            path("<uuid:pk>/problems/", ProblemsView.as_view(), name="problems"),
        ]
