"""What this site knows about Parliament, how old it is, and what it has been told."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from mp_contacts.models import LetterSettings
from mp_contacts.overview import parliament_data
from mp_contacts.permissions import CHANGE_LETTER_SETTINGS, CHANGE_MEMBERS, VIEW_MEMBERS
from supporters.admin.access import WorkspacePage, menu_item_for


class ParliamentDataView(WorkspacePage):
    """The postcode directory, the members, the last sync and the switches."""

    permission = VIEW_MEMBERS
    or_permission = CHANGE_MEMBERS
    template_name = "mp_contacts/admin/parliament.html"
    page_title = "Data about Parliament"
    header_icon = "site"

    def get(self, request: HttpRequest) -> HttpResponse:
        data = parliament_data()
        context = self.get_context_data(
            data=data,
            differences=differences(data.sync.report) if data.sync else [],
            settings_now=LetterSettings.load(),
            may_change=request.user.has_perm(CHANGE_LETTER_SETTINGS),
        )
        return self.render_to_response(context)


def differences(report: dict[str, Any]) -> list[tuple[str, str]]:
    """What a sync's report says was different: each kind in words, and how many or what."""
    told = {name: f"{len(value):,}" if isinstance(value, list | dict) else str(value) for name, value in report.items()}
    return [(name.replace("_", " ").capitalize(), text) for name, text in told.items()]


class ParliamentDataViewSet(ViewSet):
    """What letters rest on, for those who look after it."""

    name = "parliament_data"
    url_prefix = "parliament-data"
    icon = "site"
    menu_label = "Data about Parliament"
    menu_item_class = menu_item_for(VIEW_MEMBERS, CHANGE_MEMBERS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", ParliamentDataView.as_view(), name="index")]
