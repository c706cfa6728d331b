"""Signatures: a list to look at, never to change; who signed is shown to those who may know."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, Table, TitleColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.widgets.button import HeaderButton

from petitions.models import CommentState, Signature
from petitions.overview import petition_choices, signatures_for_list, signatures_of_address
from petitions.permissions import EXPORT_SIGNATURES, VIEW_SIGNATURE
from supporters.admin.access import NeedsPermission, WorkspacePage, crumb, organiser
from supporters.admin.records import RecordIndexView, RecordViewSet
from supporters.audience import personal_page
from supporters.audit import record_audit
from supporters.identity import normalise_address
from supporters.models import ActionState
from supporters.seats import country_name, seat_name

NAMESPACE = "signatures"
WORTH_SHOWING = ["petition", "state", "name", "country", "constituency_code", "shown_as", "comment", "comment_state"]
DATES = ["created_at", "confirmed_at", "withdrawn_at"]
CONTACT = ["email", "postcode"]


class SignatureFilterSet(WagtailFilterSet):
    """By petition, state, comment and the day of signing. Never by anything personal: filters are in the URL."""

    petition = django_filters.ModelChoiceFilter(queryset=lambda _request: petition_choices())
    state = django_filters.ChoiceFilter(choices=ActionState.choices)
    comment_state = django_filters.ChoiceFilter(choices=CommentState.choices, label="Comment")
    created_at = django_filters.DateFromToRangeFilter(label="Signed on", widget=DateRangePickerWidget)

    class Meta:
        model = Signature
        fields: ClassVar[list[str]] = ["petition", "state", "comment_state", "created_at"]


def signature_columns() -> list[Column]:
    """What a list says about a signature. Whoever reaches the list may know the names."""
    return [
        Column("name", label="Name"),
        Column("petition", label="Petition", accessor="petition.title"),
        Column("state", label="State", accessor="get_state_display"),
        Column("comment_state", label="Comment", accessor="get_comment_state_display"),
        Column("country", label="Country", accessor=lambda one: country_name(one.country)),
        Column("constituency_code", label="Constituency", accessor=lambda one: seat_name(one.constituency_code)),
        DateColumn("created_at", label="Signed", sort_key="created_at"),
        DateColumn("confirmed_at", label="Confirmed", sort_key="confirmed_at"),
    ]


class SignatureIndexView(RecordIndexView):
    """The signatures, newest first."""

    any_permission_required: ClassVar[list[str]] = ["view"]

    def get_base_queryset(self) -> QuerySet[Signature]:
        return signatures_for_list()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton("Find by e-mail", url=reverse(f"{NAMESPACE}:find"), icon_name="search")]


class SignatureInspectView(InspectView):
    """One signature. Address and postcode are shown at the press of a button, which goes on record."""

    any_permission_required: ClassVar[list[str]] = ["view"]
    template_name = "petitions/admin/inspect_signature.html"
    shows_contact = False

    def get_fields(self) -> list[str]:
        return [*WORTH_SHOWING, *(CONTACT if self.shows_contact else []), *DATES]

    def get_petition_display_value(self) -> str:
        title: str = self.object.petition.title
        return title

    def get_country_display_value(self) -> str:
        return country_name(self.object.country)

    def get_constituency_code_display_value(self) -> str:
        return seat_name(self.object.constituency_code)

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [field for field in super().get_fields_context() if field["value"] not in {None, ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        has_contact = self.object.state != ActionState.WITHDRAWN and bool(self.object.email)
        context["may_show_contact"] = (
            has_contact and not self.shows_contact and self.request.user.has_perm(EXPORT_SIGNATURES)
        )
        return context


class SignatureContactView(NeedsPermission, SignatureInspectView):
    """The same page with address and postcode, once somebody answerable asked for them."""

    permission = EXPORT_SIGNATURES
    http_method_names = ["post"]
    shows_contact = True

    @method_decorator(personal_page)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        subject = f"{self.object}: {self.object.petition.title}"
        record_audit(actor=organiser(request), action="view_signature", subject=subject, count=1)
        return self.get(request, *args, **kwargs)


class FindSignatureForm(forms.Form):
    """The whole address, or nothing is found."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="The whole address. It is not kept, and not written down anywhere; that you searched is.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        try:
            normalise_address(address)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        return address


@method_decorator(sensitive_post_parameters("email"), name="dispatch")
class FindSignatureView(WorkspacePage):
    """Who signed with one exact address: posted, so that it stands in no URL and no log."""

    permission = VIEW_SIGNATURE
    template_name = "petitions/admin/find_signature.html"
    page_title = "Find signatures by e-mail"
    header_icon = "search"

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Signatures", f"{NAMESPACE}:index")]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=FindSignatureForm()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FindSignatureForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        found = list(signatures_of_address(form.cleaned_data["email"]))
        record_audit(actor=organiser(request), action="find_signatures", subject="All petitions", count=len(found))
        context = self.get_context_data(form=FindSignatureForm(), found=found, table=_table(found))
        return self.render_to_response(context)


def _table(signatures: list[Signature]) -> Table:
    title = TitleColumn("signature", label="Signature", accessor=str, url_name=f"{NAMESPACE}:inspect")
    return Table([title, *signature_columns()], signatures)


class SignatureViewSet(RecordViewSet):
    """Signatures without a way to add, change, copy or delete one, and without Wagtail's own export.

    A signature is made and taken back by the person whose it is. What leaves the site does so in the
    hand-in pack, under another permission and on record.
    """

    model = Signature
    name = NAMESPACE
    icon = "user"
    menu_label = "Signatures"
    index_view_class = SignatureIndexView
    inspect_view_class = SignatureInspectView
    inspect_view_enabled = True
    ordering = "-created_at"
    filterset_class = SignatureFilterSet
    list_display: ClassVar[list[str | Column]] = ["__str__", *signature_columns()]
    exclude_form_fields: ClassVar[list[str]] = []
    registered_permissions: ClassVar[list[str]] = ["view_signature", "moderate_comments", "export_signatures"]

    def get_urlpatterns(self) -> list[URLPattern]:
        contact_view = self.construct_view(SignatureContactView, **self.get_inspect_view_kwargs())
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("find/", FindSignatureView.as_view(), name="find"),
            path("inspect/<uuid:pk>/", self.inspect_view, name="inspect"),
            path("inspect/<uuid:pk>/contact/", contact_view, name="contact"),
        ]
