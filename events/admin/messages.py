"""Writing to those registered: written, looked at, then sent to each in a mail of their own."""

from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from wagtail.admin import messages

from events.admin.one_event import EventView, SureForm
from events.models import EventMessage, EventPage
from events.overview import audience_sizes, gives_the_room_away
from events.permissions import MESSAGE_REGISTRANTS
from events.services import send_message
from supporters.admin.access import crumb, organiser
from supporters.mailings.advice import advice_on

LATEST: Final = 100


class MessageForm(forms.ModelForm):
    """What to write, and to whom. ``key`` becomes the message's: pressed twice, it is sent once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = EventMessage
        fields: ClassVar[list[str]] = ["audience", "subject", "body"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"body": forms.Textarea(attrs={"rows": 12})}
        help_texts: ClassVar[dict[str, str]] = {
            "subject": "Others may see it on a locked screen: name neither the event nor what it is about.",
            "body": "Only about this event: they did not agree to anything else.",
        }

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        sizes = audience_sizes(event.pk)
        self.fields["audience"] = forms.ChoiceField(
            label="To",
            choices=[(value, f"{label} ({sizes[value]:,})") for value, label in EventMessage.Audience.choices],
            widget=forms.RadioSelect,
        )

    def clean_subject(self) -> str:
        return self._without_room(" ".join(self.cleaned_data["subject"].split()))

    def clean_body(self) -> str:
        return self._without_room(self.cleaned_data["body"])

    def _without_room(self, text: str) -> str:
        if gives_the_room_away(self.event, text):
            raise forms.ValidationError(
                "The address of the room stands in it. Leave it out: everybody gets in by the link of their own."
            )
        return text


class MessageIndexView(EventView):
    """What was written before, the newest first."""

    permission = MESSAGE_REGISTRANTS
    template_name = "events/admin/messages.html"
    page_title = "Messages"
    header_icon = "mail"

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        sent = EventMessage.objects.filter(page=self.event).select_related("written_by")[:LATEST]
        return self.render_to_response(self.get_context_data(sent=sent))


class WriteMessageView(EventView):
    """The form; then the same once more as people will read it, with the button that sends."""

    permission = MESSAGE_REGISTRANTS
    template_name = "events/admin/write_message.html"
    page_title = "Write to those registered"
    header_icon = "mail"

    def crumbs(self) -> list[dict[str, str]]:
        return [*super().crumbs(), crumb("Messages", "events_admin:messages", self.event.pk)]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        initial = {"key": uuid4(), "audience": EventMessage.Audience.SEATED}
        return self.form_page(MessageForm(event=self.event, initial=initial))

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        form = MessageForm(request.POST, event=self.event)
        if not form.is_valid():
            return self.form_page(form, status=422)
        if request.POST.get("verb") != "send":
            return self._look_at(form, SureForm())
        sure = SureForm(request.POST)
        if not sure.is_valid():
            return self._look_at(form, sure, status=422)
        return self._send(form.cleaned_data.pop("key"), form.cleaned_data)

    def _look_at(self, form: MessageForm, sure: SureForm, status: int = 200) -> HttpResponse:
        number = audience_sizes(self.event.pk)[form.cleaned_data["audience"]]
        return self.form_page(
            form,
            status=status,
            sure=sure,
            written=form.cleaned_data,
            to=EventMessage.Audience(form.cleaned_data["audience"]).label,
            number=number,
            advice=advice_on(form.cleaned_data["subject"]),
        )

    def _send(self, key: UUID, written: dict[str, str]) -> HttpResponse:
        number = send_message(page=self.event, by=organiser(self.request), message_id=key, **written)
        if number is None:
            messages.warning(self.request, "This message was sent before; nothing was sent again.")
        else:
            messages.success(self.request, f"On its way to {number:,}, each in a mail of their own.")
        return self.go_to("messages")
