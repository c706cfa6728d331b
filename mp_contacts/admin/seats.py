"""The seats of the House of Commons, to read: which are vacant, and who holds the others."""

from typing import Final
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from mp_contacts.models import Constituency, Region
from mp_contacts.permissions import CHANGE_MEMBERS, VIEW_MEMBERS
from mp_contacts.selectors import member_of
from supporters.admin.access import WorkspacePage, menu_item_for

SEATS_A_PAGE: Final = 50


class SeatsForm(forms.Form):
    """Which seats to list; part of the address."""

    name = forms.CharField(label="Name", required=False, max_length=100)
    region = forms.ChoiceField(choices=[("", "All"), *Region.choices], required=False)
    holds = forms.ChoiceField(
        label="Held", required=False, choices=[("", "All"), ("vacant", "Vacant"), ("held", "By somebody")]
    )

    @property
    def wanted(self) -> Q:
        """The seats that are asked for; all of them where something else was asked."""
        if not self.is_valid():
            return Q()
        typed = self.cleaned_data
        wanted = Q(name__icontains=typed["name"]) if typed["name"] else Q()
        wanted &= Q(region=typed["region"]) if typed["region"] else Q()
        return wanted & Q(member__isnull=typed["holds"] == "vacant") if typed["holds"] else wanted

    @property
    def query(self) -> str:
        """The choice as it stands in an address, ending so that more can follow."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
        return f"{urlencode(chosen)}&" if chosen else ""


class SeatsView(WorkspacePage):
    """Every seat by name."""

    permission = VIEW_MEMBERS
    or_permission = CHANGE_MEMBERS
    template_name = "mp_contacts/admin/seats.html"
    page_title = "Seats"
    header_icon = "site"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SeatsForm(request.GET)
        seats = Constituency.objects.select_related("member").filter(form.wanted).order_by("name")
        page = Paginator(seats, SEATS_A_PAGE).get_page(request.GET.get("p"))
        rows = [{"seat": seat, "member": member_of(seat)} for seat in page]
        return self.render_to_response(self.get_context_data(form=form, page=page, rows=rows, query=form.query))


class SeatViewSet(ViewSet):
    """Seats come from a file or a sync and are changed by neither editor nor organiser."""

    name = "seats"
    url_prefix = "seats"
    icon = "site"
    menu_label = "Seats"
    menu_item_class = menu_item_for(VIEW_MEMBERS, CHANGE_MEMBERS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", SeatsView.as_view(), name="index")]
