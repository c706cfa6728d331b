"""Rooms: where each event takes place, whether its provider answers, and the way in for whoever hosts it.

Only those who see to rooms come here; no other page of the workspace shows an address.
"""

from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from events.joining import way_for_host
from events.models import EventPage, Provider, Room
from events.permissions import CHANGE_ROOMS
from events.providers import PROVIDERS, ProviderTrouble, provider_of
from events.providers.zoom import number_of
from events.room_lists import upcoming_rooms
from events.services.rooms import RoomTerms, set_room
from supporters.admin.access import WorkspacePage, crumb, menu_item_for, organiser

NAMESPACE: Final = "rooms"
LONGEST_ADDRESS: Final = 1000
LONGEST_DIAL_IN: Final = 500
MOST_MINUTES_BEFORE: Final = 240
MOST_MINUTES_AFTER: Final = 480
HTTPS_ONLY: Final = URLValidator(schemes=["https"], message="Give an address that begins with https://.")


class RoomForm(forms.Form):
    """What is said of a room; see events.services.rooms.RoomTerms."""

    provider = forms.ChoiceField(choices=Provider.choices, widget=forms.RadioSelect, label="Who runs it")
    address = forms.URLField(
        required=False,
        label="Address of the room",
        assume_scheme="https",
        max_length=LONGEST_ADDRESS,
        validators=[HTTPS_ONLY],
        help_text="For a link of your own. Whoever has gone in can pass it on: ask for a waiting room where it is.",
    )
    outside_id = forms.CharField(
        required=False, max_length=80, label="Number of the Zoom webinar", help_text="Such as 123 4567 8901."
    )
    fallback_address = forms.URLField(
        required=False,
        label="Address of another room",
        assume_scheme="https",
        max_length=LONGEST_ADDRESS,
        validators=[HTTPS_ONLY],
        help_text="People are sent there if the provider does not answer when they press the button.",
    )
    dial_in = forms.CharField(
        required=False,
        max_length=LONGEST_DIAL_IN,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="By telephone",
        help_text="Number and code. Shown to those with a seat when they press the button.",
    )
    opens_before = forms.IntegerField(
        min_value=0, max_value=MOST_MINUTES_BEFORE, initial=15, label="Minutes the door opens before the start"
    )
    closes_after = forms.IntegerField(
        min_value=0, max_value=MOST_MINUTES_AFTER, initial=30, label="Minutes it stays open after the end"
    )

    def clean_outside_id(self) -> str:
        number: str = self.cleaned_data["outside_id"]
        try:
            return number_of(number) if number else ""
        except ProviderTrouble:
            raise forms.ValidationError("A webinar's number has only digits.") from None

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        wanted = {Provider.LINK.value: "address", Provider.ZOOM.value: "outside_id"}.get(typed.get("provider", ""))
        if wanted and not typed.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, "This is needed for the kind of room that you chose.")
        return typed


class HostForm(forms.Form):
    """The name that others in the room see."""

    name = forms.CharField(max_length=64, initial="Host", label="Name that is shown in the room")


# Where a room is, and how to get in by telephone, belongs into no error report.
@method_decorator(sensitive_post_parameters(), name="dispatch")
class RoomView(WorkspacePage):
    """What the pages of this part have in common."""

    permission = CHANGE_ROOMS
    header_icon = "key"


class RoomIndexView(RoomView):
    """Every event to come with its room, and which providers this site can talk to."""

    template_name = "events/admin/rooms.html"
    page_title = "Rooms of events"

    def get(self, request: HttpRequest) -> HttpResponse:
        providers = [(Provider(name).label, provider.check()) for name, provider in PROVIDERS.items()]
        return self.render_to_response(self.get_context_data(rows=upcoming_rooms(), providers=providers))


class SetRoomView(RoomView):
    """The room of one event: to set, to try out, and to go into as its host."""

    template_name = "events/admin/room.html"
    page_title = "Room"

    @cached_property
    def event(self) -> EventPage:
        event: EventPage = get_object_or_404(EventPage, pk=self.kwargs["page_id"])
        return event.original

    @cached_property
    def room(self) -> Room | None:
        return Room.objects.select_related("page").filter(page=self.event).first()

    def get_page_subtitle(self) -> str:
        return str(self.event.title)

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Rooms of events", f"{NAMESPACE}:index")]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self.page_with(self._form())

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        form = RoomForm(request.POST)
        if not form.is_valid():
            return self.page_with(form, status=422)
        set_room(self.event.pk, RoomTerms(**form.cleaned_data), by=organiser(request))
        messages.success(request, "The room is set. People are let into it from now on.")
        return HttpResponseRedirect(reverse(f"{NAMESPACE}:set", args=[self.event.pk]))

    def page_with(self, form: RoomForm | None = None, *, status: int = 200, **shown: Any) -> HttpResponse:
        """The page, with what a button on it has brought about."""
        context: dict[str, Any] = {
            "event": self.event,
            "room": self.room,
            "form": form or self._form(),
            "host_form": HostForm(),
            "missing": provider_of(self.room).check() if self.room else "",
            "findings": [],
            "was_looked_over": False,
            "trouble_now": "",
            "host_address": "",
            **shown,
        }
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _form(self) -> RoomForm:
        room = self.room
        return RoomForm(initial={name: getattr(room, name) or "" for name in RoomForm.base_fields} if room else None)


class LookOverView(SetRoomView):
    """The button that asks the provider now whether all is well."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        if self.room is None:
            return self.page_with(status=409)
        provider = provider_of(self.room)
        try:
            findings = [missing] if (missing := provider.check()) else provider.look_over(self.room)
        except ProviderTrouble as trouble:
            return self.page_with(trouble_now=str(trouble), status=503)
        return self.page_with(findings=findings, was_looked_over=True)


class HostView(SetRoomView):
    """The way in as host, made at this moment. Not a redirect: nothing leads out of the workspace by itself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        form = HostForm(request.POST)
        if self.room is None or not form.is_valid():
            return self.page_with(status=409 if self.room is None else 422, host_form=form)
        try:
            address = way_for_host(self.room, name=form.cleaned_data["name"])
        except ProviderTrouble as trouble:
            return self.page_with(trouble_now=str(trouble), status=503)
        return self.page_with(host_address=address)


class RoomViewSet(ViewSet):
    """Rooms, for those who see to them."""

    name = NAMESPACE
    url_prefix = "rooms"
    icon = "key"
    menu_label = "Rooms of events"
    menu_order = 158  # behind events
    menu_item_class = menu_item_for(CHANGE_ROOMS)
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", RoomIndexView.as_view(), name="index"),
            path("<int:page_id>/", SetRoomView.as_view(), name="set"),
            path("<int:page_id>/look-over/", LookOverView.as_view(), name="look_over"),
            path("<int:page_id>/host/", HostView.as_view(), name="host"),
        ]
