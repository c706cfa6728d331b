"""What every page about one event in the workspace has in common."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from events.models import EventPage
from events.permissions import VIEW_REGISTRATIONS
from supporters.admin.access import WorkspacePage, crumb

NAMESPACE: Final = "events_admin"


class SureForm(forms.Form):
    """The last question before something that cannot be taken back."""

    sure = forms.BooleanField(label="I am sure.", error_messages={"required": "Tick the box to say that you are."})


class EventView(WorkspacePage):
    """A page about one event, for those who may see who is registered."""

    permission = VIEW_REGISTRATIONS
    header_icon = "date"

    @cached_property
    def event(self) -> EventPage:
        """Which event it is about; raises Http404."""
        event: EventPage = get_object_or_404(EventPage.objects.defer_streamfields(), pk=self.kwargs["event_id"])
        return event.original

    def get_page_subtitle(self) -> str:
        return str(self.event.title)

    def crumbs(self) -> list[dict[str, str]]:
        events = crumb("Events", f"{NAMESPACE}:index")
        if not self.request.user.has_perm(VIEW_REGISTRATIONS):
            return [events]
        return [events, crumb(self.event.title, f"{NAMESPACE}:show", self.event.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "event": self.event}

    def go_to(self, name: str, *args: object) -> HttpResponse:
        """Answer a form that did something: on to one of this event's pages."""
        return HttpResponseRedirect(reverse(f"{NAMESPACE}:{name}", args=[self.event.pk, *args]))

    def form_page(self, form: forms.BaseForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """The page with ``form``, as typed."""
        return self.render_to_response(self.get_context_data(form=form, **more), status=status)


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the organiser has ``permission``."""
    return bool(request.user.has_perm(permission))
