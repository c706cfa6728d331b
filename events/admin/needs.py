"""What people need to take part: how many need what, and for those who arrange it, who."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from events.admin.one_event import EventView, may
from events.overview import needs_in_numbers, needs_of
from events.permissions import VIEW_ACCESS_NEEDS
from supporters.admin.access import organiser
from supporters.audit import record_audit


class NeedsView(EventView):
    """Counts; and one by one at the press of a button, which goes on record."""

    template_name = "events/admin/needs.html"
    page_title = "Access needs"
    header_icon = "glasses"

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        if not may(request, VIEW_ACCESS_NEEDS):
            raise PermissionDenied
        known = list(needs_of(self.event))
        # On record before the first word is shown.
        record_audit(actor=organiser(request), action="read_access_needs", subject=self.event.title, count=len(known))
        return self._page(known=known)

    def _page(self, **more: Any) -> HttpResponse:
        context = self.get_context_data(
            needs=needs_in_numbers(self.event), may_read=may(self.request, VIEW_ACCESS_NEEDS), **more
        )
        return self.render_to_response(context)
