"""Signing a petition, and the pages people pass on the way."""

from functools import lru_cache
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from petitions.forms import SignatureForm
from petitions.models import PetitionPage
from petitions.selectors import SigningTerms, signing_terms
from petitions.services import SignatureDraft, SigningOutcome, resend_confirmation, sign_petition
from supporters.audience import personal_page, public_page
from supporters.consent_boxes import FURTHER, ticked_texts
from supporters.group_commit import Overloaded
from supporters.networks import client_network
from supporters.same_origin import same_origin_post
from supporters.speaking import speaking
from supporters.typed import AddressForm

TOO_MANY = _(
    "We have had a great many forms from your network in a short time, so we stored nothing this time. "
    "What you typed is still here. Please wait a few minutes, then send it again."
)
OVERLOADED = _(
    "So many people are signing right now that we could not store your signature. "
    "What you typed is still here. Please send it again in a moment."
)
RETRY_SECONDS = 120


@same_origin_post
@personal_page
def sign(request: HttpRequest, petition_id: int) -> HttpResponseBase:
    """Take a signature, or answer with the page itself and everything that was typed."""
    terms = _terms_or_404(petition_id)
    if not terms.is_open:
        return _petition_page(request, terms, status=HTTPStatus.CONFLICT)
    form = bound_form(terms, request)
    if not form.is_valid():
        return _petition_page(request, terms, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        outcome = sign_petition(_draft(terms, form, request))
    except Overloaded:
        form.add_error(None, OVERLOADED)
        return _petition_page(request, terms, form=form, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if outcome is SigningOutcome.TOO_MANY:
        form.add_error(None, TOO_MANY)
        return _petition_page(request, terms, form=form, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _see_other("petitions:check_email", petition_id)


@require_safe
@public_page
def check_email(request: HttpRequest, petition_id: int) -> HttpResponseBase:
    """What happens next, the same for everybody, and a way to ask for the mail again."""
    return _step(request, _terms_or_404(petition_id), "check_email", form=AddressForm())


@same_origin_post
@personal_page
def resend(request: HttpRequest, petition_id: int) -> HttpResponseBase:
    """Ask for the confirmation again; the answer never says whether there was one."""
    terms = _terms_or_404(petition_id)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _step(request, terms, "check_email", form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    outcome = resend_confirmation(terms=terms, address=form.cleaned_data["email"], network=client_network(request))
    if outcome is SigningOutcome.TOO_MANY:
        form.add_error(None, TOO_MANY)
        return _step(request, terms, "check_email", form=form, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _see_other("petitions:check_email", petition_id)


@require_safe
@public_page
def thank_you(request: HttpRequest, petition_id: int) -> HttpResponseBase:
    """Thanks, the next thing to do, and ways to share."""
    return _step(request, _terms_or_404(petition_id), "thank_you")


@require_safe
@public_page
def withdrawn(request: HttpRequest, petition_id: int) -> HttpResponseBase:
    """A signature was taken back and forgotten."""
    return _step(request, _terms_or_404(petition_id), "withdrawn")


@require_safe
@public_page
def too_late(request: HttpRequest, petition_id: int) -> HttpResponseBase:
    """The link was followed more than a day after the petition closed."""
    return _step(request, _terms_or_404(petition_id), "too_late")


@require_safe
@public_page
def count(request: HttpRequest, petition_id: int) -> HttpResponseBase:
    """``{"count": n, "goal": n, "as_of": "…Z"}`` for any site that wants to show it."""
    progress = _petition_or_404(petition_id).progress
    as_of = progress.as_of.strftime("%Y-%m-%dT%H:%M:%SZ")
    response = JsonResponse({"count": progress.count, "goal": progress.goal, "as_of": as_of})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def bound_form(terms: SigningTerms, request: HttpRequest) -> AddressForm:
    """The form this petition asks people to fill in, holding what was posted."""
    if terms.counts_only:
        return AddressForm(request.POST)
    return SignatureForm(
        request.POST,
        consent_wording=terms.consent_wording,
        consent_text_id=terms.consent_text_id,
        further_consents=terms.further_consents,
    )


def _draft(terms: SigningTerms, form: AddressForm, request: HttpRequest) -> SignatureDraft:
    cleaned = dict(form.cleaned_data)
    wants_updates = cleaned.pop("updates", False)
    cleaned.pop("wording", None)
    ticked = ticked_texts(terms.further_consents, cleaned)
    typed = {name: value for name, value in cleaned.items() if not name.startswith(FURTHER)}
    return SignatureDraft(
        terms=terms, network=client_network(request), wants_updates=wants_updates, ticked_texts=ticked, **typed
    )


def _terms_or_404(petition_id: int) -> SigningTerms:
    terms = signing_terms(petition_id)
    if terms is None:
        raise Http404("There is no such petition.")
    return terms


def _petition_or_404(petition_id: int) -> PetitionPage:
    petition = PetitionPage.objects.live().public().filter(pk=petition_id).first()
    if petition is None:
        raise Http404("There is no such petition.")
    return petition


def _petition_page(
    request: HttpRequest, terms: SigningTerms, *, form: AddressForm | None = None, status: HTTPStatus
) -> HttpResponse:
    """The petition's own page, with the form as it was sent."""
    petition = _petition_or_404(terms.page_id)
    context = petition.get_context(request) | ({"form": form} if form else {})
    response = _render(request, terms, petition.get_template(request), context, status)
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _step(
    request: HttpRequest,
    terms: SigningTerms,
    template: str,
    *,
    form: AddressForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """One of the pages around the petition, in the petition's language."""
    petition = _petition_or_404(terms.page_id)
    context = petition.get_context(request) | {
        "form": form,
        "resend_url": reverse("petitions:resend", args=[petition.pk]),
    }
    return _render(request, terms, f"petitions/{template}.html", context, status)


def _render(
    request: HttpRequest, terms: SigningTerms, template: str, context: dict[str, object], status: HTTPStatus
) -> HttpResponse:
    with speaking(request, terms.language):
        return TemplateResponse(request, template, context, status=status).render()


def _see_other(url_name: str, petition_id: int) -> HttpResponse:
    # 303 and not 302: whatever was posted, the next request is a GET (RFC 9110, section 15.4.4).
    return HttpResponseRedirect(_address(url_name, petition_id), status=HTTPStatus.SEE_OTHER)


@lru_cache(maxsize=256)
def _address(url_name: str, petition_id: int) -> str:
    """The path of one of our own pages: the same in every language, and looked up with every signature."""
    return reverse(url_name, args=[petition_id])
