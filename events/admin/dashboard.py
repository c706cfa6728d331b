"""Events on the page an organiser sees first: what comes next, who waits, what stands in the way."""

from typing import Any, Final

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from events.models import EventPage
from events.overview import event_lines, rooms_in_trouble, upcoming_events, without_room
from events.permissions import MODERATE_QUESTIONS, VIEW_REGISTRATIONS

SHOWN_EVENTS: Final = 6


class EventsPanel(Component):
    """The next events with their numbers, those without a room, and rooms that failed."""

    name = "events"
    order = 157
    template_name = "events/admin/panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def is_shown(self) -> bool:
        """To those who work with events, where there is one."""
        if not any(self.request.user.has_perm(one) for one in (VIEW_REGISTRATIONS, MODERATE_QUESTIONS)):
            return False
        return EventPage.objects.exists()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        pages = list(upcoming_events())
        return {
            "lines": event_lines(pages[:SHOWN_EVENTS]),
            "not_shown": max(0, len(pages) - SHOWN_EVENTS),
            "without_room": without_room(pages),
            "in_trouble": rooms_in_trouble(pages),
            "may_view": self.request.user.has_perm(VIEW_REGISTRATIONS),
            "may_moderate": self.request.user.has_perm(MODERATE_QUESTIONS),
        }
