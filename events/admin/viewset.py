"""Where the pages about events stand in the workspace."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from events.admin.events import EventIndexView, ShowEventView
from events.admin.messages import MessageIndexView, WriteMessageView
from events.admin.needs import NeedsView
from events.admin.one_event import NAMESPACE
from events.admin.one_registration import RegistrationView
from events.admin.questions import QuestionsView
from events.admin.rosters import (
    AddRegistrationView,
    FindRegistrationView,
    PrintRosterView,
    RosterView,
    TakeListView,
)
from events.admin.whole_event import CallOffView, DuplicateView
from events.permissions import MODERATE_QUESTIONS, VIEW_REGISTRATIONS
from supporters.admin.access import menu_item_for


class EventsViewSet(ViewSet):
    """Events and who comes to them."""

    name = NAMESPACE
    url_prefix = "events"
    icon = "date"
    menu_label = "Events"
    menu_order = 157  # behind letters, before supporters
    menu_item_class = menu_item_for(VIEW_REGISTRATIONS, MODERATE_QUESTIONS)
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", EventIndexView.as_view(), name="index"),
            path("<int:event_id>/", ShowEventView.as_view(), name="show"),
            path("<int:event_id>/roster/", RosterView.as_view(), name="roster"),
            path("<int:event_id>/roster/print/", PrintRosterView.as_view(), name="print"),
            path("<int:event_id>/roster/list/", TakeListView.as_view(), name="take_list"),
            path("<int:event_id>/roster/find/", FindRegistrationView.as_view(), name="find"),
            path("<int:event_id>/roster/add/", AddRegistrationView.as_view(), name="add"),
            path("<int:event_id>/roster/<uuid:registration_id>/", RegistrationView.as_view(), name="registration"),
            path("<int:event_id>/needs/", NeedsView.as_view(), name="needs"),
            path("<int:event_id>/questions/", QuestionsView.as_view(), name="questions"),
            path("<int:event_id>/messages/", MessageIndexView.as_view(), name="messages"),
            path("<int:event_id>/messages/write/", WriteMessageView.as_view(), name="write_message"),
            path("<int:event_id>/duplicate/", DuplicateView.as_view(), name="duplicate"),
            path("<int:event_id>/call-off/", CallOffView.as_view(), name="call_off"),
        ]
