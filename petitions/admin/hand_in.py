"""The hand-in pack: what an organiser takes to whoever the petition is addressed to.

Nothing leaves before the audit trail says who took it, how many people it names, and what for.
"""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Table, TitleColumn
from wagtail.admin.viewsets.base import ViewSet

from petitions.admin.columns import attach_figures, figure_columns
from petitions.exports.documents import LONGEST_PDF_LIST, list_pdf, summary_pdf
from petitions.exports.rows import hand_in_csv
from petitions.models import PetitionPage
from petitions.permissions import EXPORT_SIGNATURES
from petitions.selectors import confirmed_signatures
from supporters.admin.access import WorkspacePage, crumb, menu_item_for, organiser
from supporters.audit import LONGEST_PURPOSE, record_audit
from supporters.models import PrivacyMode
from supporters.models.one_action import originals

NAMESPACE = "hand_in"

SUMMARY, CSV, LIST = "summary", "csv", "list"
KINDS: Final = [
    (SUMMARY, "Summary on one page (PDF): totals, no names"),
    (CSV, "List of signatures for a spreadsheet (CSV): name, postcode, country, day"),
    (LIST, f"List of signatures to print (PDF), up to {LONGEST_PDF_LIST:,}"),
]
NAMES_PEOPLE: Final = {CSV, LIST}


class HandInForm(forms.Form):
    """Which part of the pack, and what for."""

    kind = forms.ChoiceField(label="What do you need?", choices=KINDS, widget=forms.RadioSelect, initial=SUMMARY)
    purpose = forms.CharField(
        label="What is it for?",
        max_length=LONGEST_PURPOSE,
        help_text="For example “Hand-in at Downing Street on 3 May”. Kept with your name in the audit trail.",
    )

    def __init__(self, *args: Any, petition: PetitionPage, confirmed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.confirmed = confirmed
        if petition.privacy_mode == PrivacyMode.COUNT:
            # Nobody's name is known: there is nothing to list.
            self.fields["kind"].choices = [choice for choice in KINDS if choice[0] == SUMMARY]  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind == LIST and self.confirmed > LONGEST_PDF_LIST:
            raise forms.ValidationError(
                f"With {self.confirmed:,} signatures this list is too long to print in one go. Take the spreadsheet."
            )
        return kind


class HandInView(WorkspacePage):
    """Asks what is needed and what for; answers a POST with the file."""

    permission = EXPORT_SIGNATURES
    template_name = "petitions/admin/hand_in.html"
    page_title = "Hand-in pack"
    header_icon = "download"

    @cached_property
    def petition(self) -> PetitionPage:
        petition: PetitionPage = get_object_or_404(PetitionPage, pk=self.kwargs["petition_id"])
        return petition.original

    @cached_property
    def confirmed(self) -> int:
        return confirmed_signatures(self.petition).count()

    def get_page_subtitle(self) -> str:
        return self.petition.title

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Hand-in packs", f"{NAMESPACE}:index")]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self._page(HandInForm(petition=self.petition, confirmed=self.confirmed))

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponseBase:
        form = HandInForm(request.POST, petition=self.petition, confirmed=self.confirmed)
        if not form.is_valid():
            return self._page(form, status=422)
        kind = form.cleaned_data["kind"]
        # Committed by itself before the first byte leaves: a download broken off is on record as well.
        record_audit(
            actor=organiser(request),
            action=f"hand_in_{kind}",
            subject=self.petition.title,
            count=self.confirmed if kind in NAMES_PEOPLE else 0,
            purpose=form.cleaned_data["purpose"],
        )
        return ANSWERS[kind](self.petition)

    def _page(self, form: HandInForm, status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, petition=self.petition, confirmed=self.confirmed)
        return self.render_to_response(context, status=status)


def _csv_answer(petition: PetitionPage) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        hand_in_csv(petition), content_type="text/csv; charset=utf-8", headers=_as_file("signatures", "csv")
    )


def _list_answer(petition: PetitionPage) -> HttpResponse:
    return HttpResponse(list_pdf(petition), content_type="application/pdf", headers=_as_file("signatures", "pdf"))


def _summary_answer(petition: PetitionPage) -> HttpResponse:
    return HttpResponse(summary_pdf(petition), content_type="application/pdf", headers=_as_file("summary", "pdf"))


ANSWERS: Final[dict[str, Callable[[PetitionPage], HttpResponseBase]]] = {
    CSV: _csv_answer,
    LIST: _list_answer,
    SUMMARY: _summary_answer,
}


def _as_file(what: str, ending: str) -> dict[str, str]:
    # A name that says nothing about the campaign: it is seen in download folders and on shared screens.
    name = f"{what}-{timezone.localdate().isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}


class HandInIndexView(WorkspacePage):
    """Every petition, for those who may take a pack but need not be editors of pages."""

    permission = EXPORT_SIGNATURES
    template_name = "petitions/admin/hand_in_index.html"
    page_title = "Hand-in packs"
    header_icon = "download"

    def get(self, request: HttpRequest) -> HttpResponse:
        petitions = list(originals(PetitionPage.objects.defer_streamfields()).order_by("title"))
        attach_figures(petitions)
        title = TitleColumn("title", label="Petition", url_name=f"{NAMESPACE}:pack")
        context = self.get_context_data(petitions=petitions, table=Table([title, *figure_columns()], petitions))
        return self.render_to_response(context)


class HandInViewSet(ViewSet):
    """Hand-in packs, for data officers."""

    name = NAMESPACE
    url_prefix = "hand-in"
    icon = "download"
    menu_label = "Hand-in packs"
    menu_item_class = menu_item_for(EXPORT_SIGNATURES)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", HandInIndexView.as_view(), name="index"),
            path("<int:petition_id>/", HandInView.as_view(), name="pack"),
        ]
