"""Members of Parliament: what Parliament says about them, and what organisers know besides."""

from collections.abc import Iterable
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic import EditView

from home.models import CampaignPage
from mp_contacts.admin.choices import TitleFilter
from mp_contacts.admin.one_member import BriefingPdfView, BriefingView, MemberView, WorksAgainView
from mp_contacts.models import Member, Region, Stance
from mp_contacts.overview import campaign_choices, letters_by_member, parties
from mp_contacts.positions import newest_positions
from mp_contacts.reply_figures import reply_figures
from mp_contacts.services.keeping_members import OWN_FIELDS, change_member
from supporters.admin.access import organiser
from supporters.admin.records import RecordIndexView, RecordViewSet

NAMESPACE = "members"


class MemberFilterSet(WagtailFilterSet):
    """By party and region, by what keeps letters from them; and which campaign's stance is shown."""

    party = django_filters.ChoiceFilter(choices=lambda: [(party, party) for party in parties()])
    region = django_filters.ChoiceFilter(field_name="constituency__region", choices=Region.choices, label="Region")
    is_opted_out = django_filters.BooleanFilter(label="Takes no letters from us")
    is_failing = django_filters.BooleanFilter(
        field_name="failing_since", lookup_expr="isnull", exclude=True, label="Address fails"
    )
    has_left = django_filters.BooleanFilter(
        field_name="constituency", lookup_expr="isnull", label="Holds no seat any more"
    )
    campaign = TitleFilter(
        queryset=lambda _request: campaign_choices(), label="Stance on", method="show_stance", empty_label="Nothing"
    )

    class Meta:
        model = Member
        fields: ClassVar[list[str]] = ["party", "region", "is_opted_out", "is_failing", "has_left", "campaign"]

    def show_stance(self, members: QuerySet[Member], name: str, campaign: CampaignPage) -> QuerySet[Member]:
        """Everybody stays: the choice is of a column."""
        return members


def _seat(member: Member) -> str:
    if member.constituency:
        return str(member.constituency.name)
    return f"left {member.left_on:%-d %b %Y}" if member.left_on else "none"


def _region(member: Member) -> str:
    return member.constituency.get_region_display() if member.constituency else ""


def trouble_of(member: Member) -> str:
    """Why no letter goes to ``member``, in a word or two; empty when letters go."""
    if member.is_opted_out:
        return "Takes none"
    if member.constituency_id and not member.letter_address:
        return "No address"
    return "Address fails" if member.failing_since else ""


class FigureColumn(Column):
    """What the list worked out for all of its members at once."""

    def get_cell_context_data(self, instance: Member, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["value"] = parent_context["table"].figures[instance.pk][self.name]
        return context

    def get_value(self, instance: Member) -> str:
        """Nothing: the table knows it, and one member alone does not."""
        return ""


class MemberIndexView(RecordIndexView):
    """Every member by name, with what was written to them and how often they answer."""

    any_permission_required: ClassVar[list[str]] = ["view", "change"]

    def get_base_queryset(self) -> QuerySet[Member]:
        return Member.objects.select_related("constituency")

    def get_table(self, object_list: Iterable[Member]) -> Table:
        members = list(object_list)
        table = super().get_table(members)
        table.figures = self._figures(members)
        return table

    @cached_property
    def campaign(self) -> CampaignPage | None:
        """Whose stances are shown: of the chosen campaign or, where there is but one, of that."""
        filters = self.filters
        chosen = filters.form.cleaned_data.get("campaign") if filters and filters.form.is_valid() else None
        if chosen is None and len(only := list(campaign_choices()[:2])) == 1:
            return only[0]
        return chosen

    def _figures(self, members: list[Member]) -> dict[int, dict[str, str]]:
        letters, figures = letters_by_member(members), reply_figures(members)
        stances = newest_positions(self.campaign.pk, members) if self.campaign else {}
        shown: dict[int, dict[str, str]] = {}
        for member in members:
            rate = figures[member.pk].rate
            position = stances.get(member.pk)
            stance = position.stance if position else Stance.UNKNOWN
            shown[member.pk] = {
                "letters": f"{letters.get(member.pk, 0):,}",
                "rate": "" if rate is None else f"{rate}%",
                "stance": str(Stance(stance).label) if self.campaign else "",
            }
        return shown


class EditMemberView(EditView):
    """What organisers write about a member. What Parliament says is not changed here: the next sync would undo it."""

    success_message = "Saved: %(object)s."

    def save_instance(self) -> Member:
        return change_member(self.form.instance, by=organiser(self.request))

    def get_success_url(self) -> str:
        return reverse(f"{NAMESPACE}:inspect", args=[self.object.pk])


class MemberViewSet(RecordViewSet):
    """Members come by a sync or a file, and stay: nobody is added or deleted here."""

    model = Member
    name = NAMESPACE
    icon = "user"
    menu_label = "Members"
    index_view_class = MemberIndexView
    edit_view_class = EditMemberView
    inspect_view_enabled = True
    absent = ("add", "delete")
    ordering = "sort_name"
    search_fields: ClassVar[list[str]] = ["name", "constituency__name"]
    filterset_class = MemberFilterSet
    form_fields: ClassVar[list[str]] = list(OWN_FIELDS)
    registered_permissions: ClassVar[list[str]] = ["view_member", "change_member", "print_briefings"]
    list_display: ClassVar[list[str | Column]] = [
        TitleColumn(
            "name",
            label="Name",
            url_name=f"{NAMESPACE}:inspect",
            sort_key="sort_name",
            # Or a phone breaks names letter by letter; the table can be scrolled sideways.
            classname="w-whitespace-nowrap",
        ),
        Column("seat", label="Seat", accessor=_seat, sort_key="constituency__name"),
        Column("party", label="Party", sort_key="party"),
        Column("region", label="Region", accessor=_region),
        FigureColumn("stance", label="Stance"),
        FigureColumn("letters", label="Letters"),
        FigureColumn("rate", label="Answered"),
        Column("trouble", label="Trouble", accessor=trouble_of),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("inspect/<int:pk>/", MemberView.as_view(), name="inspect"),
            path("works-again/<int:pk>/", WorksAgainView.as_view(), name="works_again"),
            path("briefing/<int:pk>/", BriefingView.as_view(), name="briefing"),
            path("briefing/<int:pk>/pdf/", BriefingPdfView.as_view(), name="briefing_pdf"),
        ]
