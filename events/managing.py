"""Behind the private link: one's own registration, to see, change and cancel, with its calendar file.

Looking changes nothing. What a form sends carries the token itself, so that two open tabs never mix.
"""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.access_needs import pack_needs
from events.calendar_views import calendar_answer
from events.event_steps import see_other
from events.forms import ChangeForm, told_before
from events.joining import JoinOutcome, door_for, door_opens_at, join, live_uses
from events.mail_kinds import MANAGE_LINK
from events.models import AccessNeeds, Place, Question, Registration
from events.selectors import event_terms, place_in_line, registration_by_id
from events.services import (
    ChangeOutcome,
    RegisterOutcome,
    TakeOutcome,
    cancel_registration,
    change_registration,
    resend_confirmation,
    take_offer,
)
from supporters.audience import personal_page
from supporters.links import register_purpose
from supporters.links.holding import drop_cookie, link_gone, no_cookie, opened_by, token_of
from supporters.models import ActionState
from supporters.networks import client_network
from supporters.same_origin import same_origin_post
from supporters.speaking import speaking

NO_ROOM: Final = _("There are not so many seats left. What you had before is still yours.")
CHANGED, TAKEN, TOO_LATE, RESENT, TOO_MANY = "changed", "taken", "too_late", "resent", "too_many"
SHUT: Final = "shut"
LONGEST_NUMBER: Final = 18  # digits of a row's number


class ManageRegistration:
    """The page on which somebody sees to their own registration."""

    name = MANAGE_LINK
    url_name = "events:manage"

    def show(self, request: HttpRequest, *, token: str, subject_id: UUID) -> HttpResponse | None:
        registration = manageable(subject_id)
        return manage_page(request, registration, token=token) if registration else None


register_purpose(ManageRegistration())


def manageable(registration_id: UUID) -> Registration | None:
    """A registration that its holder can still do something about, or learn something from."""
    registration = registration_by_id(registration_id)
    if registration is None or registration.state == ActionState.WITHDRAWN:
        return None
    return registration


def manage_page(
    request: HttpRequest,
    registration: Registration,
    *,
    token: str,
    form: ChangeForm | None = None,
    news: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Everything about one registration, in its holder's language; ``news`` says what was just done."""
    with speaking(request, registration.language):
        context = {
            "registration": registration,
            "page": registration.page_read,
            "token": token,
            "news": news,
            "form": form or _change_form(registration),
            "place_in_line": place_in_line(registration),
            "is_confirmed": registration.state == ActionState.CONFIRMED,
            "shows_recording": shows_recording(registration),
            "is_seated": registration.place == Place.SEATED,
            "door": door_for(registration),
            "opens_at": door_opens_at(registration),
            # Seven days after the event nobody knows any more whose it was; the recording can still be seen.
            "is_forgotten": not registration.email,
        }
        return render(request, "events/manage.html", context, status=status)


@require_safe
@personal_page
def manage(request: HttpRequest) -> HttpResponse:
    """`GET /events/manage/`: the page itself."""
    token = token_of(request)
    if not token:
        return no_cookie(request)
    registration = _behind(token)
    return manage_page(request, registration, token=token) if registration else link_gone(request)


@personal_page
@same_origin_post
def change(request: HttpRequest) -> HttpResponse:
    """`POST /events/manage/change/`: what somebody told us, put right."""
    token = token_of(request)
    registration = _behind(token)
    if registration is None or registration.page.is_over or not registration.email:
        return link_gone(request)
    form = _change_form(registration, request)
    with speaking(request, registration.language):
        is_right = form.is_valid()
    if not is_right:
        return manage_page(request, registration, token=token, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    outcome = change_registration(
        registration.pk, wants_reminders=form.cleaned_data["wants_reminders"], **_kept_or_typed(registration, form)
    )
    if outcome is ChangeOutcome.NO_ROOM:
        form.add_error("seats" if "seats" in form.fields else None, NO_ROOM)
        return manage_page(request, registration, token=token, form=form, status=HTTPStatus.CONFLICT)
    fresh = manageable(registration.pk) if outcome is ChangeOutcome.CHANGED else None
    return manage_page(request, fresh, token=token, news=CHANGED) if fresh else link_gone(request)


@personal_page
@same_origin_post
def cancel(request: HttpRequest) -> HttpResponse:
    """`POST /events/manage/cancel/`: the place is given up, and who had it forgotten."""
    registration = _behind(token_of(request))
    if registration is None or registration.page.is_over:
        return link_gone(request)
    if cancel_registration(registration.pk) is None:
        return link_gone(request)
    response = see_other("events:cancelled", registration.page_read.pk)
    drop_cookie(response)
    return response


@personal_page
@same_origin_post
def take(request: HttpRequest) -> HttpResponse:
    """`POST /events/manage/take/`: take the seat that is offered."""
    token = token_of(request)
    registration = _behind(token)
    if registration is None:
        return link_gone(request)
    outcome, _page_id = take_offer(registration.pk)
    fresh = manageable(registration.pk)
    if outcome is TakeOutcome.GONE or fresh is None:
        return link_gone(request)
    is_taken = outcome is TakeOutcome.TAKEN
    status = HTTPStatus.OK if is_taken else HTTPStatus.CONFLICT
    return manage_page(request, fresh, token=token, news=TAKEN if is_taken else TOO_LATE, status=status)


@personal_page
@same_origin_post
def send_again(request: HttpRequest) -> HttpResponse:
    """`POST /events/manage/send-again/`: the mail with the private link once more, to the address we have."""
    token = token_of(request)
    registration = _behind(token)
    terms = event_terms(registration.page_id) if registration else None
    if registration is None or terms is None or not registration.email:
        return link_gone(request)
    outcome = resend_confirmation(terms=terms, address=registration.email, network=client_network(request))
    if outcome is RegisterOutcome.TOO_MANY:
        return manage_page(request, registration, token=token, news=TOO_MANY, status=HTTPStatus.TOO_MANY_REQUESTS)
    return manage_page(request, registration, token=token, news=RESENT)


@personal_page
@same_origin_post
def go_in(request: HttpRequest) -> HttpResponse:
    """`POST /events/manage/join/`: into the room. A page with the way in, and not a redirect: the policy of the page
    that was pressed on allows its forms to lead nowhere else.

    ``end`` is the number of a device that is to be ended first.
    """
    token = token_of(request)
    registration = _behind(token)
    if registration is None:
        return link_gone(request)
    ended = request.POST.get("end", "")
    way = join(registration, ends=int(ended) if ended.isdecimal() and len(ended) < LONGEST_NUMBER else None)
    if way.outcome is JoinOutcome.SHUT:
        return manage_page(request, registration, token=token, news=SHUT, status=HTTPStatus.CONFLICT)
    status = {JoinOutcome.IN_USE: HTTPStatus.CONFLICT, JoinOutcome.TROUBLE: HTTPStatus.SERVICE_UNAVAILABLE}
    with speaking(request, registration.language):
        context = {
            "registration": registration,
            "page": registration.page_read,
            "token": token,
            "way": way,
            "uses": live_uses(registration) if way.outcome is JoinOutcome.IN_USE else [],
        }
        return render(request, "events/join.html", context, status=status.get(way.outcome, HTTPStatus.OK))


@personal_page
@same_origin_post
def calendar_file(request: HttpRequest) -> HttpResponse:
    """`POST /events/manage/calendar.ics`: the file alone, which holds nothing about the person.

    By POST, so that it is had where cookies are refused as well.
    """
    registration = _behind(token_of(request))
    return calendar_answer(registration.page_read) if registration else link_gone(request)


@personal_page
@same_origin_post
def recording_file(request: HttpRequest) -> HttpResponseBase:
    """`POST /events/manage/recording/`: the recording kept here, even in a collection closed to all others."""
    registration = _behind(token_of(request))
    if registration is None or not shows_recording(registration) or registration.page.recording_file is None:
        return link_gone(request)
    document = registration.page.recording_file
    try:
        opened = document.file.open("rb")
    except FileNotFoundError:
        return link_gone(request)
    return FileResponse(opened, as_attachment=True, filename=document.filename)


def shows_recording(registration: Registration) -> bool:
    """Whether it is there for whoever holds this link: after the event, and only if they confirmed."""
    return registration.page.is_over and registration.state == ActionState.CONFIRMED


def _behind(token: str) -> Registration | None:
    link, _purpose = opened_by(token)
    return manageable(link.subject_id) if link and link.purpose == MANAGE_LINK else None


def _change_form(registration: Registration, request: HttpRequest | None = None) -> ChangeForm:
    page = registration.page
    return ChangeForm(
        request.POST if request else None,
        # An organiser may have lowered what one registration takes; nobody loses seats by it.
        most_seats=max(page.most_seats, registration.seats),
        asks_access_needs=page.asks_access_needs,
        asks_questions=page.asks_questions,
        initial=_told(registration),
    )


def _told(registration: Registration) -> dict[str, Any]:
    needs = AccessNeeds.objects.filter(registration=registration).first()
    question = Question.objects.filter(registration=registration).first()
    return told_before(
        name=registration.name or "",
        seats=registration.seats,
        needs=needs.text if needs else "",
        question=question.text if question else "",
        wants_reminders=registration.wants_reminders,
    )


def _kept_or_typed(registration: Registration, form: ChangeForm) -> dict[str, Any]:
    """What was typed; and of what this event no longer asks about, what was told before."""
    typed, told = form.typed_place, _told(registration)
    if "seats" not in form.fields:
        typed["seats"] = told["seats"]
    if "needs" not in form.fields:
        typed["needs"] = pack_needs(told["needs"], told["needs_text"])
    if "question" not in form.fields:
        typed["question"] = told["question"]
    return typed
