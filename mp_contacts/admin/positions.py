"""Where members stand, and what shows it."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Field, QuerySet
from django.urls import URLPattern
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from mp_contacts.admin.choices import MemberChoiceField, MemberFilter, TitleChoiceField, TitleFilter, member_choices
from mp_contacts.models import Position, Stance
from mp_contacts.overview import campaign_choices
from mp_contacts.services.keeping_members import add_position, change_position, delete_position
from supporters.admin.access import organiser
from supporters.admin.records import RecordIndexView, RecordViewSet

PAGES = frozenset({"index", "index_results", "add", "edit", "delete"})
# What another page may fill in: nothing that anybody wrote.
FILLED_IN = ("member", "campaign", "drawn_from")


class PositionFilterSet(WagtailFilterSet):
    """By campaign, member, stance and where it was found."""

    campaign = TitleFilter(queryset=lambda _request: campaign_choices())
    member = MemberFilter()
    stance = django_filters.ChoiceFilter(choices=Stance.choices)
    drawn_from = django_filters.ChoiceFilter(choices=Position.DrawnFrom.choices, label="Found in")

    class Meta:
        model = Position
        fields: ClassVar[list[str]] = ["campaign", "member", "stance", "drawn_from"]


class PositionIndexView(RecordIndexView):
    """Every position, the newest first."""

    def get_base_queryset(self) -> QuerySet[Position]:
        return Position.objects.select_related("member", "campaign", "added_by").defer("campaign__body")


class AddPositionView(CreateView):
    """A new position, in the name of whoever enters it. A reply's page fills in whom it is about."""

    success_message = "Added: %(object)s."

    def get_initial(self) -> dict[str, Any]:
        asked = {name: self.request.GET[name] for name in FILLED_IN if self.request.GET.get(name, "").isidentifier()}
        numbers = {name: self.request.GET[name] for name in FILLED_IN if self.request.GET.get(name, "").isdecimal()}
        return {**super().get_initial(), **asked, **numbers}

    def save_instance(self) -> Position:
        return add_position(self.form.instance, by=organiser(self.request))


class EditPositionView(EditView):
    """Putting one right."""

    def save_instance(self) -> Position:
        return change_position(self.form.instance, by=organiser(self.request))


class DeletePositionView(DeleteView):
    """Takes one away; the audit trail keeps whose it was."""

    def delete_action(self) -> None:
        delete_position(self.object, by=organiser(self.request))


class PositionViewSet(RecordViewSet):
    """Positions on campaigns, each with its evidence."""

    model = Position
    name = "positions"
    url_prefix = "positions"
    icon = "openquote"
    menu_label = "Positions"
    index_view_class = PositionIndexView
    add_view_class = AddPositionView
    edit_view_class = EditPositionView
    delete_view_class = DeletePositionView
    absent = ()
    registered_permissions: ClassVar[list[str]] = [f"{verb}_position" for verb in ("add", "change", "delete", "view")]
    ordering: ClassVar[list[str]] = ["-said_on", "-pk"]
    filterset_class = PositionFilterSet
    form_fields: ClassVar[list[str]] = [
        "member",
        "campaign",
        "stance",
        "drawn_from",
        "quote",
        "source",
        "source_url",
        "said_on",
        "is_public",
    ]
    list_display: ClassVar[list[str | Column]] = [
        "__str__",
        Column("campaign", label="Campaign", accessor="campaign.title"),
        Column("source", label="Source"),
        DateColumn("said_on", label="Said on", sort_key="said_on"),
        BooleanColumn("is_public", label="Public"),
        Column("added_by", label="Added by"),
    ]

    def formfield_for_dbfield(self, db_field: Field, **kwargs: Any) -> forms.Field:
        if db_field.name == "member":
            return MemberChoiceField(member_choices())
        if db_field.name == "campaign":
            return TitleChoiceField(campaign_choices())
        if db_field.name == "source_url":
            return forms.URLField(label="Address of the source", required=False, assume_scheme="https")
        field: forms.Field = super().formfield_for_dbfield(db_field, **kwargs)
        return field

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in PAGES]
