"""Who is registered: the list, one exact address, somebody added, and lists to take away."""

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.admin import messages

from events.admin.one_event import EventView, may
from events.exports.rosters import roster_csv
from events.models import Place
from events.overview import registrations_found, roster
from events.permissions import CHANGE_REGISTRATIONS, EXPORT_REGISTRATIONS
from events.services import add_by_organiser
from supporters.admin.access import crumb, organiser
from supporters.audit import LONGEST_PURPOSE, record_audit
from supporters.typed import NAME_LENGTH, AddressField, clean_name

PEOPLE_A_PAGE: Final = 50


class RosterView(EventView):
    """Everybody under the name they chose, with where they stand."""

    template_name = "events/admin/roster.html"
    page_title = "Who is registered"
    header_icon = "group"

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        asked = request.GET.get("place", "")
        place = asked if asked in Place.values else ""
        page = Paginator(roster(self.event, place), PEOPLE_A_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            page=page,
            place=place,
            places=Place.choices,
            query=f"place={place}&" if place else "",
            may_change=may(request, CHANGE_REGISTRATIONS),
        )
        return self.render_to_response(context)


class PrintRosterView(EventView):
    """The list for the door: whoever has a seat, under the name shown, on paper without anything else."""

    template_name = "events/admin/print_roster.html"
    page_title = "List to print"
    header_icon = "form"

    def crumbs(self) -> list[dict[str, str]]:
        return [*super().crumbs(), roster_crumb(self)]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        # Names are encrypted: the database cannot put them in order.
        seated = sorted(roster(self.event, Place.SEATED), key=lambda one: (one.name or "").casefold())
        context = self.get_context_data(rows=seated, people=sum(one.seats for one in seated))
        return self.render_to_response(context)


class FindForm(forms.Form):
    """The whole address, or nothing is found."""

    email = AddressField(
        label="E-mail address",
        help_text="The whole address. It is not kept, and not written down anywhere; that you searched is.",
    )


# What is typed here is about somebody, and belongs into no error report.
@method_decorator(sensitive_post_parameters(), name="dispatch")
class FindRegistrationView(EventView):
    """Who registered with one exact address: posted, so that it stands in no URL and no log."""

    template_name = "events/admin/find.html"
    page_title = "Find by e-mail"
    header_icon = "search"

    def crumbs(self) -> list[dict[str, str]]:
        return [*super().crumbs(), roster_crumb(self)]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self.form_page(FindForm())

    @sensitive_variables()
    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.form_page(form, status=422)
        found = registrations_found(self.event, form.cleaned_data["email"])
        record_audit(actor=organiser(request), action="find_registrants", subject=self.event.title, count=len(found))
        return self.form_page(FindForm(), found=found, has_searched=True)


class AddForm(forms.Form):
    """Somebody who asked an organiser; they get the mail that everybody gets."""

    name = forms.CharField(label="Name to be shown", max_length=NAME_LENGTH, help_text="As they want to be called.")
    email = AddressField(label="E-mail address", help_text="They get the mail with the way in, and to cancel.")
    asked = forms.BooleanField(
        label="They asked me to register them.",
        error_messages={"required": "Nobody is registered without having asked for it."},
    )

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AddRegistrationView(EventView):
    """Registers somebody who cannot do it themselves; a seat, or the end of the line."""

    permission = CHANGE_REGISTRATIONS
    template_name = "events/admin/add.html"
    page_title = "Add somebody"
    header_icon = "plus"

    def crumbs(self) -> list[dict[str, str]]:
        return [*super().crumbs(), roster_crumb(self)]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self.form_page(AddForm())

    @sensitive_variables()
    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        form = AddForm(request.POST)
        if not form.is_valid():
            return self.form_page(form, status=422)
        if self.event.is_over or self.event.is_cancelled:
            messages.warning(request, "Nobody was added: the event is over, or was called off.")
            return self.go_to("roster")
        address, name = form.cleaned_data["email"], form.cleaned_data["name"]
        added = add_by_organiser(page_id=self.event.pk, address=address, name=name, by=organiser(request))
        if added is None:
            form.add_error("email", "Somebody is registered for this event with this address already.")
            return self.form_page(form, status=422)
        messages.success(request, f"Added. {Place(added.place).label}. They are told by mail.")
        return self.go_to("roster")


class TakeListForm(forms.Form):
    """What for, and whether with addresses."""

    with_people = forms.BooleanField(label="With names and e-mail addresses", required=False)
    purpose = forms.CharField(
        label="What is it for?",
        max_length=LONGEST_PURPOSE,
        help_text="For example “Seating at the round table”. Kept with your name in the audit trail.",
    )

    def __init__(self, *args: Any, may_take_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_take_people:
            del self.fields["with_people"]


class TakeListView(EventView):
    """The roster as a file. Names and addresses are in it for those who may take them, and on record."""

    template_name = "events/admin/take_list.html"
    page_title = "List for a spreadsheet"
    header_icon = "download"

    def crumbs(self) -> list[dict[str, str]]:
        return [*super().crumbs(), roster_crumb(self)]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self.form_page(self._form())

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponseBase:
        form = self._form(request.POST)
        if not form.is_valid():
            return self.form_page(form, status=422)
        with_people = form.cleaned_data.get("with_people", False)
        rows = roster(self.event)
        # Committed by itself before the first byte leaves: a download broken off is on record as well.
        record_audit(
            actor=organiser(request),
            action="export_registrants" if with_people else "export_registrations_without_names",
            subject=self.event.title,
            count=rows.count(),
            purpose=form.cleaned_data["purpose"],
        )
        # A name that says nothing about the event: it is seen in download folders and on shared screens.
        name = f"list-{timezone.localdate().isoformat()}.csv"
        return StreamingHttpResponse(
            roster_csv(rows, with_people=with_people),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )

    def _form(self, typed: Any = None) -> TakeListForm:
        return TakeListForm(typed, may_take_people=may(self.request, EXPORT_REGISTRATIONS))


def roster_crumb(view: EventView) -> dict[str, str]:
    """The step of the way that is the roster of the event ``view`` is about."""
    return crumb("Who is registered", "events_admin:roster", view.event.pk)
