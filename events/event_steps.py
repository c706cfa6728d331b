"""What the views about one event share: finding it, showing it, and the pages around it."""

from http import HTTPStatus
from typing import Any, Final

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import EventPage
from events.selectors import EventTerms, event_terms
from supporters.speaking import speaking

TOO_MANY: Final = _(
    "We have had a great many forms from your network in a short time, so we stored nothing this time. "
    "What you typed is still here. Please wait a few minutes, then send it again."
)
OVERLOADED: Final = _(
    "So many people are registering right now that we could not store your registration. "
    "What you typed is still here. Please send it again in a moment."
)
RETRY_SECONDS: Final = 120


def event_or_404(page_id: int) -> EventPage:
    """A live event that everybody may see."""
    page: EventPage | None = EventPage.objects.live().public().filter(pk=page_id).first()
    if page is None:
        raise Http404("There is no such event.")
    return page


def terms_or_404(page_id: int) -> EventTerms:
    """What registering needs to know of that event."""
    terms = event_terms(page_id)
    if terms is None:
        raise Http404("There is no such event.")
    return terms


def form_options(terms: EventTerms) -> dict[str, Any]:
    """What `RegistrationForm` asks for, as this event has it."""
    return {
        "most_seats": terms.most_seats,
        "asks_access_needs": terms.asks_access_needs,
        "asks_questions": terms.asks_questions,
        "consent_wording": terms.consent_wording,
        "consent_text_id": terms.consent_text_id,
        "further_consents": terms.further_consents,
    }


def event_page(request: HttpRequest, page: EventPage, *, form: Form | None, status: HTTPStatus) -> HttpResponse:
    """The event's own page, with the form as it was sent."""
    context = page.get_context(request) | ({"form": form} if form else {})
    return _render(request, page, page.get_template(request), context, status)


def step(
    request: HttpRequest,
    page: EventPage,
    template: str,
    *,
    form: Form | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """One of the pages around the event, in the event's language."""
    context = page.get_context(request) | {"form": form, "resend_url": reverse("events:resend", args=[page.pk])}
    return _render(request, page, f"events/{template}.html", context, status)


def see_other(url_name: str, page_id: int) -> HttpResponse:
    """On to another page by GET (RFC 9110, section 15.4.4)."""
    return HttpResponseRedirect(reverse(url_name, args=[page_id]), status=HTTPStatus.SEE_OTHER)


def _render(
    request: HttpRequest, page: EventPage, template: str, context: dict[str, Any], status: HTTPStatus
) -> HttpResponse:
    with speaking(request, page.locale.language_code):
        response = TemplateResponse(request, template, context, status=status).render()
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response
