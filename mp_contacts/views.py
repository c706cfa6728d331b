"""Writing to one's MP, and the pages people pass on the way. The page it begins on is Wagtail's."""

from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mp_contacts.desk import Desk, own_mail
from mp_contacts.exports.documents import envelope_name
from mp_contacts.forms import FindForm, LetterForm
from mp_contacts.letter_fields import signed
from mp_contacts.letter_steps import letter_page_or_404, step
from mp_contacts.models import LetterPage, Member
from mp_contacts.office_text import office_text
from mp_contacts.own_words import own_percent
from mp_contacts.postcodes import seat_for
from mp_contacts.selectors import LetterTerms, letter_terms, seat_by_code
from mp_contacts.services import LetterDraft, WritingOutcome, resend_confirmation, write_letter
from mp_contacts.services.asking import ask_about
from supporters.audience import personal_page, public_page
from supporters.consent_boxes import FIRST_BOX, FURTHER, ticked_texts
from supporters.networks import client_network
from supporters.same_origin import same_origin_post
from supporters.typed import AddressForm, clean_text

TOO_MANY: Final = _(
    "We have had a great many forms from your network in a short time, so we stored nothing this time. "
    "What you typed is still here. Please wait a few minutes, then send it again."
)
RETRY_SECONDS: Final = 120
FINDING, PREVIEWING, SENDING = "find", "preview", "send"
KEEPING: Final = frozenset({"compose", "edit"})
KEPT: Final = frozenset({*LetterForm.base_fields, FIRST_BOX, "wording"}) - {*FindForm.base_fields}


@same_origin_post
@personal_page
def write(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Every step of writing: find the MP, write, look at the letter, send it. What was typed is always kept."""
    page, terms = letter_page_or_404(page_id), _terms_or_404(page_id)
    if not terms.is_open:
        return _letter_page(request, page, FindForm(), HTTPStatus.CONFLICT)
    act = request.POST.get("act") or (SENDING if request.POST.get("email") else FINDING)
    if act not in {PREVIEWING, SENDING} | KEEPING:
        return _find(request, page, terms)
    code = clean_text(request.POST.get("constituency", "")) or seat_for(request.POST.get("postcode", ""))
    seat = seat_by_code(code)
    if seat is None:
        return _find(request, page, terms)
    desk = Desk(page, terms, seat)
    if act in KEEPING:
        return _compose(request, desk)
    return _judge(request, desk, is_sending=act == SENDING)


def _find(request: HttpRequest, page: LetterPage, terms: LetterTerms) -> HttpResponse:
    """From a postcode, or a seat chosen from the list, to the page people write on."""
    form = FindForm(request.POST)
    if form.is_valid() and form.seat:
        return _compose(request, Desk(page, terms, form.seat))
    question = ask_about(form.asked_postcode) if form.asked_postcode else None
    if question:
        return _see_other("mp_contacts:looking", page.pk, question.pk)
    return _letter_page(request, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _judge(request: HttpRequest, desk: Desk, *, is_sending: bool) -> HttpResponse:
    """Look at a whole letter: show it as the office will get it, or take it."""
    member = desk.member
    if member is None or not desk.sends:
        return _compose(request, desk, status=HTTPStatus.CONFLICT)
    form = _letter_form(desk, request.POST)
    if not form.is_valid():
        return _compose(request, desk, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not is_sending:
        return _preview(request, desk, form)
    outcome = write_letter(_draft(request, desk, member, form))
    if outcome is WritingOutcome.OBSTACLE:
        # Asked anew: what stands in the way now did not a moment ago.
        return _compose(request, Desk(desk.page, desk.terms, desk.seat), status=HTTPStatus.CONFLICT)
    if outcome is WritingOutcome.TOO_MANY:
        form.add_error(None, TOO_MANY)
        return _wait(_compose(request, desk, form=form, status=HTTPStatus.TOO_MANY_REQUESTS))
    return _see_other("mp_contacts:check_email", desk.page.pk)


@require_safe
@public_page
def check_email(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """What happens next, the same for everybody, and a way to ask for the mail again."""
    return _check_email(request, letter_page_or_404(page_id), AddressForm())


@same_origin_post
@personal_page
def resend(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Ask for the confirmation again; the answer never says whether there was one."""
    page, terms = letter_page_or_404(page_id), _terms_or_404(page_id)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _check_email(request, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    outcome = resend_confirmation(terms=terms, address=form.cleaned_data["email"], network=client_network(request))
    if outcome is WritingOutcome.TOO_MANY:
        form.add_error(None, TOO_MANY)
        return _wait(_check_email(request, page, form, HTTPStatus.TOO_MANY_REQUESTS))
    return _see_other("mp_contacts:check_email", page_id)


@require_safe
@public_page
def thank_you(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Thanks, what becomes of the letter, and ways to share."""
    return step(request, letter_page_or_404(page_id), "thank_you", {})


@require_safe
@public_page
def withdrawn(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """A letter was taken back and forgotten."""
    return step(request, letter_page_or_404(page_id), "withdrawn", {})


@require_safe
@public_page
def too_late(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The link was followed when the page no longer took letters."""
    return step(request, letter_page_or_404(page_id), "too_late", {})


def _terms_or_404(page_id: int) -> LetterTerms:
    terms = letter_terms(page_id)
    if terms is None:
        raise Http404("There is no such letter.")
    return terms


def _letter_form(desk: Desk, *data: Any) -> LetterForm:
    initial = {"constituency": desk.seat.pk, "body": desk.starting_text}
    return LetterForm(*data, page=desk.page, terms=desk.terms, initial=initial)


def _letter_page(request: HttpRequest, page: LetterPage, form: FindForm, status: HTTPStatus) -> HttpResponse:
    """The page it begins on, with what was typed further on kept out of sight."""
    kept = [(name, value) for name, value in request.POST.items() if name in KEPT or name.startswith(FURTHER)]
    context = {"form": form, "kept": kept, "typed_body": request.POST.get("body", "")}
    return step(request, page, "letter_page", context, status)


def _compose(
    request: HttpRequest, desk: Desk, *, form: LetterForm | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The page people write on. Without a ``form`` that was judged, whatever was typed is kept as it is."""
    if form is None:
        form = _letter_form(desk)
        form.keep(request.POST)
    subject = form["own_subject"].value() or form["subject"].value() or ""
    body = form["body"].value() or ""
    context = {
        "desk": desk,
        "form": form,
        "own_mail": own_mail(desk, subject=subject, body=body),
        "envelope_name": envelope_name(desk.member) if desk.member else "",
        "typed_body": request.POST.get("body", ""),
        "own_percent": own_percent(body, desk.draft.opening),
    }
    return step(request, desk.page, "compose", context, status)


def _preview(request: HttpRequest, desk: Desk, form: LetterForm) -> HttpResponse:
    """The letter exactly as the office will get it."""
    typed = form.cleaned_data
    text = office_text(
        name=typed["name"],
        address=typed["address"],
        postcode=typed["postcode"],
        body=signed(typed["body"], name=typed["name"], signature_line=desk.draft.signature_line),
        language=desk.terms.letter_language,
        written_on=timezone.localdate(),
    )
    percent = own_percent(typed["body"], desk.draft.opening)
    return step(request, desk.page, "preview", {"desk": desk, "form": form, "text": text, "own_percent": percent})


def _draft(request: HttpRequest, desk: Desk, member: Member, form: LetterForm) -> LetterDraft:
    typed = form.cleaned_data
    return LetterDraft(
        terms=desk.terms,
        member=member,
        email=typed["email"],
        network=client_network(request),
        name=typed["name"],
        postcode=typed["postcode"],
        address=typed["address"],
        subject=typed["chosen_subject"],
        body=signed(typed["body"], name=typed["name"], signature_line=desk.draft.signature_line),
        own_percent=own_percent(typed["body"], desk.draft.opening),
        seat_from_list=seat_for(typed["postcode"]) != desk.seat.pk,
        wants_updates=typed.get("updates", False),
        ticked_texts=ticked_texts(desk.terms.further_consents, typed),
    )


def _check_email(
    request: HttpRequest, page: LetterPage, form: AddressForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "resend_url": reverse("mp_contacts:resend", args=[page.pk])}
    return step(request, page, "check_email", context, status)


def _wait(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _see_other(url_name: str, *arguments: object) -> HttpResponse:
    # 303 and not 302: whatever was posted, the next request is a GET (RFC 9110, section 15.4.4).
    return HttpResponseRedirect(reverse(url_name, args=arguments), status=HTTPStatus.SEE_OTHER)
