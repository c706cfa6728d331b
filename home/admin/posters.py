"""Posters and leaflets in the workspace: also of what is not published yet."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.widgets import Button
from wagtail.models import Page

from home.models import User
from home.posters.making import sheet_pdf
from home.posters.serving import pdf_response
from home.posters.sheets import SHEETS, can_be_posted


@require_safe
def draft_poster(request: HttpRequest, page_id: int, sheet: str) -> HttpResponse:
    """One sheet of the page as it was last saved, for those who may edit it. Set anew each time, and not kept."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    if sheet not in SHEETS or not can_be_posted(draft):
        raise Http404("There is no such poster.")
    return pdf_response(sheet_pdf(draft, sheet), name=f"{page.slug}-{sheet}")


def poster_buttons(page: Page, user: User) -> Iterator[Button]:
    """One for each sheet, among what can be done with a page, for those who may edit it."""
    if page.permissions_for_user(user).can_edit() and can_be_posted(page.specific):
        for priority, (sheet, label) in enumerate(SHEETS.items(), start=80):
            url = reverse("draft_posters:draft", args=[page.pk, sheet])
            yield Button(str(label), url, icon_name="doc-full", priority=priority, attrs={"target": "_blank"})
