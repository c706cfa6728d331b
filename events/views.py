"""Registering for an event, and the pages people pass on the way. The page it begins on is Wagtail's."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from events.event_steps import (
    OVERLOADED,
    TOO_MANY,
    event_or_404,
    event_page,
    form_options,
    see_other,
    step,
    terms_or_404,
)
from events.forms import RegistrationForm
from events.selectors import EventTerms
from events.services import RegisterOutcome, RegistrationDraft, register, resend_confirmation
from supporters.audience import personal_page, public_page
from supporters.consent_boxes import FIRST_BOX, ticked_texts
from supporters.group_commit import Overloaded
from supporters.networks import client_network
from supporters.same_origin import same_origin_post
from supporters.typed import AddressForm


@same_origin_post
@personal_page
def take_registration(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Take a registration, or answer with the page itself and everything that was typed."""
    terms = terms_or_404(page_id)
    form = RegistrationForm(request.POST, **form_options(terms))
    if not terms.is_open:
        return _page_again(request, page_id, HTTPStatus.CONFLICT)
    # The name of whoever gives none is a word too.
    with translation.override(terms.language):
        is_right = form.is_valid()
    if not is_right:
        return _page_again(request, page_id, HTTPStatus.UNPROCESSABLE_ENTITY, form)
    try:
        outcome = register(_draft(request, terms, form))
    except Overloaded:
        form.add_error(None, OVERLOADED)
        return _page_again(request, page_id, HTTPStatus.SERVICE_UNAVAILABLE, form)
    if outcome is RegisterOutcome.CLOSED:
        return _page_again(request, page_id, HTTPStatus.CONFLICT)
    if outcome is RegisterOutcome.TOO_MANY:
        form.add_error(None, TOO_MANY)
        return _page_again(request, page_id, HTTPStatus.TOO_MANY_REQUESTS, form)
    return see_other("events:check_email", page_id)


@require_safe
@public_page
def check_email(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """What happens next, the same for everybody, and a way to ask for the mail again."""
    return step(request, event_or_404(page_id), "check_email", form=AddressForm())


@same_origin_post
@personal_page
def resend(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Ask for the mail again; the answer never says whether there was one."""
    page, terms = event_or_404(page_id), terms_or_404(page_id)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return step(request, page, "check_email", form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    outcome = resend_confirmation(terms=terms, address=form.cleaned_data["email"], network=client_network(request))
    if outcome is RegisterOutcome.TOO_MANY:
        form.add_error(None, TOO_MANY)
        return step(request, page, "check_email", form=form, status=HTTPStatus.TOO_MANY_REQUESTS)
    return see_other("events:check_email", page_id)


@require_safe
@public_page
def thank_you(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Confirmed: the same for everybody, so whether there is a seat stands in the mail."""
    return step(request, event_or_404(page_id), "thank_you")


@require_safe
@public_page
def cancelled(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """A registration was cancelled and forgotten."""
    return step(request, event_or_404(page_id), "cancelled")


@require_safe
@public_page
def too_late(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The event is over or called off, or the seat that was offered went to the next."""
    return step(request, event_or_404(page_id), "too_late")


def _page_again(
    request: HttpRequest, page_id: int, status: HTTPStatus, form: RegistrationForm | None = None
) -> HttpResponseBase:
    # The page is asked for only here: whoever is simply registered never needs it.
    return event_page(request, event_or_404(page_id), form=form, status=status)


def _draft(request: HttpRequest, terms: EventTerms, form: RegistrationForm) -> RegistrationDraft:
    cleaned = form.cleaned_data
    return RegistrationDraft(
        terms=terms,
        email=cleaned["email"],
        network=client_network(request),
        time_zone=cleaned["time_zone"],
        wants_updates=cleaned.get(FIRST_BOX, False),
        ticked_texts=ticked_texts(terms.further_consents, cleaned),
        **form.typed_place,
    )
