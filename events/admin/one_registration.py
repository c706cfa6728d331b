"""One registration: where it stands, and what an organiser may do about it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_variables
from wagtail.admin import messages

from events.admin.one_event import EventView, SureForm, may
from events.admin.rosters import roster_crumb
from events.models import Place, Registration
from events.permissions import CHANGE_REGISTRATIONS, EXPORT_REGISTRATIONS
from events.selectors import place_in_line
from events.services import UnseatOutcome, cancel_for_somebody, move_to_waiting, promote
from supporters.admin.access import organiser
from supporters.audit import record_audit
from supporters.models import ActionState

TOO_LATE = "Nothing was changed: they moved or cancelled meanwhile, or the event is over."
NOBODY_WAITS = "Nothing was changed: nobody waits, and the seat would go straight back to them. Cancel it instead."


class RegistrationView(EventView):
    """Who it is by the name shown, and the buttons that move, seat and cancel."""

    template_name = "events/admin/registration.html"
    header_icon = "user"

    @cached_property
    def registration(self) -> Registration:
        """Which one; raises Http404, also for one of another event."""
        found = Registration.objects.filter(page=self.event)
        registration: Registration = get_object_or_404(found, pk=self.kwargs["registration_id"])
        return registration

    def get_page_title(self) -> str:
        return str(self.registration)

    def crumbs(self) -> list[dict[str, str]]:
        return [*super().crumbs(), roster_crumb(self)]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(SureForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        verbs: dict[str, tuple[str, Callable[[], HttpResponse]]] = {
            "seat": (CHANGE_REGISTRATIONS, self._seat),
            "unseat": (CHANGE_REGISTRATIONS, self._unseat),
            "cancel": (CHANGE_REGISTRATIONS, self._cancel),
            "address": (EXPORT_REGISTRATIONS, self._show_address),
        }
        permission, act = verbs.get(request.POST.get("verb", ""), ("", self._again))
        if permission and not may(request, permission):
            raise PermissionDenied
        return act()

    def _seat(self) -> HttpResponse:
        is_done = promote(self.registration.pk, by=organiser(self.request))
        return self._told(is_done, "They have a seat, and are told by mail.")

    def _unseat(self) -> HttpResponse:
        outcome = move_to_waiting(self.registration.pk, by=organiser(self.request))
        if outcome is UnseatOutcome.POINTLESS:
            messages.warning(self.request, NOBODY_WAITS)
            return self._again()
        return self._told(
            outcome is UnseatOutcome.MOVED, "They are at the end of the waiting list, and are told by mail."
        )

    def _cancel(self) -> HttpResponse:
        form = SureForm(self.request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        is_done = cancel_for_somebody(self.registration.pk, by=organiser(self.request))
        return self._told(is_done, "Cancelled. Who it was is forgotten; the seat goes to whoever waits.")

    @method_decorator(sensitive_variables())
    def _show_address(self) -> HttpResponse:
        if self.registration.email:
            subject = f"{self.registration}: {self.event.title}"
            record_audit(actor=organiser(self.request), action="view_registrant", subject=subject, count=1)
        return self._page(SureForm(), address=self.registration.email or "")

    def _told(self, is_done: bool, text: str) -> HttpResponse:
        if is_done:
            messages.success(self.request, text)
        else:
            messages.warning(self.request, TOO_LATE)
        return self._again()

    def _again(self) -> HttpResponse:
        return self.go_to("registration", self.registration.pk)

    def _page(self, form: SureForm, *, address: str = "", status: int = 200) -> HttpResponse:
        registration, may_change = self.registration, may(self.request, CHANGE_REGISTRATIONS)
        is_to_come = not self.event.is_over and not self.event.is_cancelled
        is_confirmed = registration.state == ActionState.CONFIRMED
        return self.form_page(
            form,
            status=status,
            registration=registration,
            line=place_in_line(registration),
            address=address,
            can_seat=may_change and is_to_come and is_confirmed and registration.place != Place.SEATED,
            can_unseat=may_change and is_to_come and is_confirmed and registration.place != Place.WAITING,
            can_cancel=may_change and registration.state != ActionState.WITHDRAWN,
            can_show_address=bool(registration.email) and not address and may(self.request, EXPORT_REGISTRATIONS),
        )
