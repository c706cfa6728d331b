"""All events in a list, and where one of them stands."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from events.admin.one_event import EventView, may
from events.admin.whole_event import may_call_off, may_duplicate
from events.models import Room
from events.overview import event_lines, events_for_list, needs_in_numbers, registrations_by_day, standing_of
from events.permissions import (
    CHANGE_REGISTRATIONS,
    EXPORT_REGISTRATIONS,
    MESSAGE_REGISTRANTS,
    MODERATE_QUESTIONS,
    VIEW_ACCESS_NEEDS,
    VIEW_REGISTRATIONS,
)
from supporters.admin.access import WorkspacePage

EVENTS_A_PAGE: Final = 30


class EventIndexView(WorkspacePage):
    """Every event with its numbers; also for those who only read questions."""

    permission = VIEW_REGISTRATIONS
    or_permission = MODERATE_QUESTIONS
    template_name = "events/admin/events.html"
    page_title = "Events"
    header_icon = "date"

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(events_for_list(), EVENTS_A_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            page=page,
            lines=event_lines(page),
            may_view=may(request, VIEW_REGISTRATIONS),
            may_moderate=may(request, MODERATE_QUESTIONS),
        )
        return self.render_to_response(context)


class ShowEventView(EventView):
    """One event in numbers, and the ways to everything about it."""

    template_name = "events/admin/event.html"

    def get_page_title(self) -> str:
        return str(self.event.title)

    def get_page_subtitle(self) -> str:
        return ""

    def crumbs(self) -> list[dict[str, str]]:
        return super().crumbs()[:1]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        days = registrations_by_day(self.event)
        context = self.get_context_data(
            standing=standing_of(self.event),
            days=days,
            busiest=max((day.confirmed for day in days), default=0),
            needs=needs_in_numbers(self.event),
            has_room=Room.objects.filter(page=self.event.pk).exists(),
            may_change=may(request, CHANGE_REGISTRATIONS),
            may_message=may(request, MESSAGE_REGISTRANTS),
            may_export=may(request, EXPORT_REGISTRATIONS),
            may_read_needs=may(request, VIEW_ACCESS_NEEDS),
            may_moderate=may(request, MODERATE_QUESTIONS),
            may_call_off=may_call_off(request, self.event),
            may_duplicate=may_duplicate(request, self.event),
        )
        return self.render_to_response(context)
