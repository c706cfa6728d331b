"""The page on which an editor brings in a report from Word."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from home.forms import WordFileForm
from home.imports.archive import UnreadableDocument
from home.models import ReportPage, User
from home.services.word_reports import Imported, import_word_report

TITLE: Final = "Import from Word"


def may_import_below(page: Page, user: User | AnonymousUser) -> bool:
    """Whether ``user`` may make a report below ``page``, by hand or from Word."""
    return page.permissions_for_user(user).can_add_subpage() and ReportPage.can_create_at(page.specific_deferred)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, parent: int) -> HttpResponse:
    """Ask for the file, and make a draft of it."""
    page = get_object_or_404(Page, pk=parent).specific
    if not isinstance(request.user, User) or not may_import_below(page, request.user):
        raise PermissionDenied
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = import_word_report(
                parent=page, file=file, size=file.size, title=form.cleaned_data["title"], user=request.user
            )
        except UnreadableDocument as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _told(made))
            return redirect(reverse("wagtailadmin_pages:edit", args=[made.page.pk]))
    status = 422 if form.is_bound else 200
    context = {"form": form, "parent": page, "page_title": TITLE, "header_title": TITLE, "header_icon": "upload"}
    return render(request, "home/admin/word_import.html", context, status=status)


def _told(made: Imported) -> str:
    parts = (
        f"headings: {made.counts['heading']}",
        f"tables: {made.counts['table']}",
        f"pictures: {made.counts['picture']}",
        f"footnotes: {made.notes}",
    )
    return f"A draft was made from your document ({', '.join(parts)}). What is still to do stands at its top."
