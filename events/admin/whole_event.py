"""Calling an event off, and setting the same for another date."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateTimeInput

from events.admin.one_event import EventView, SureForm, may
from events.clock import clock_problem
from events.models import EventPage, Registration
from events.permissions import CHANGE_REGISTRATIONS
from events.services import cancel_event, duplicate_event
from events.services.organising import LONGEST_NOTE
from events.telling import CONCERNED
from supporters.admin.access import organiser

TITLE_LENGTH = 255  # characters, as Wagtail's field holds


def may_call_off(request: HttpRequest, event: EventPage) -> bool:
    """Who sees to registrations and may publish the page: what the public reads changes as well."""
    can_publish = event.permissions_for_user(request.user).can_publish()
    return can_publish and may(request, CHANGE_REGISTRATIONS)


def may_duplicate(request: HttpRequest, event: EventPage) -> bool:
    """Who may add a page beside this one."""
    return bool(event.get_parent().permissions_for_user(request.user).can_add_subpage())


class CallOffForm(SureForm):
    """The reason, and the last question."""

    note = forms.CharField(
        label="Why?",
        max_length=LONGEST_NOTE,
        help_text="A sentence or two for everybody: it stands on the event's page. The mail names neither this "
        "reason nor the event, as others may see it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("note", "sure")


class CallOffView(EventView):
    """Calls the event off; everybody registered gets one mail."""

    permission = CHANGE_REGISTRATIONS
    template_name = "events/admin/call_off.html"
    page_title = "Call off"
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_call_off(request, self.event):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self._page(CallOffForm())

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        form = CallOffForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        if cancel_event(self.event.pk, by=organiser(request), note=form.cleaned_data["note"]):
            messages.success(request, "The event is called off. Everybody registered is told by mail within minutes.")
        else:
            messages.warning(request, "Nothing was changed: it is not published, over, or was called off already.")
        return self.go_to("show")

    def _page(self, form: CallOffForm, status: int = 200) -> HttpResponse:
        told = Registration.objects.filter(page=self.event, place__in=CONCERNED).count()
        return self.form_page(form, status=status, told=told)


class DuplicateForm(forms.Form):
    """What is different about the copy. How long it lasts stays the same."""

    title = forms.CharField(max_length=TITLE_LENGTH)
    starts_at = forms.DateTimeField(
        label="Starts at", widget=AdminDateTimeInput, help_text="In the time zone of this site, as on the event's page."
    )

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event

    def clean_starts_at(self) -> datetime:
        starts_at: datetime = self.cleaned_data["starts_at"]
        if starts_at <= timezone.now():
            raise forms.ValidationError("Choose a time that is still to come.")
        if problem := clock_problem(starts_at, self.event.time_zone):
            raise forms.ValidationError(problem)
        # Only now: past the last year of all calendars there is nothing to add to.
        if problem := clock_problem(starts_at + self.event.duration, self.event.time_zone):
            raise forms.ValidationError(problem)
        return starts_at


class DuplicateView(EventView):
    """Makes an unpublished copy for another date, and leads to its editor."""

    template_name = "events/admin/duplicate.html"
    page_title = "Duplicate"
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_duplicate(request, self.event):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        next_week = max(self.event.starts_at, timezone.now()) + timedelta(weeks=1)
        # By the event's own clock: in UTC the same hour would be another one once the clocks have changed.
        suggested = self.event.local_start + timedelta(weeks=(next_week - self.event.starts_at).days // 7)
        return self.form_page(
            DuplicateForm(event=self.event, initial={"title": self.event.title, "starts_at": suggested})
        )

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        form = DuplicateForm(request.POST, event=self.event)
        if not form.is_valid():
            return self.form_page(form, status=422)
        copy = duplicate_event(self.event, by=organiser(request), **form.cleaned_data)
        messages.success(request, "Copied. Read it through and publish it; its room has to be set up anew.")
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[copy.pk]))
