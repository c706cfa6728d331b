"""Behind the link in the survey's mail: four answers, and a box for the reply. Looking changes nothing."""

from functools import update_wrapper
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mp_contacts.answer_form import AnswerForm
from mp_contacts.mail_kinds import ANSWER_LINK
from mp_contacts.models import Letter, LetterStage, Reply
from mp_contacts.selectors import letter_by_id
from mp_contacts.services.answering import record_answer
from supporters.audience import personal_page, public_page
from supporters.links import register_purpose
from supporters.links.holding import drop_cookie, link_gone, no_cookie, opened_by, token_of
from supporters.models import ActionState
from supporters.same_origin import same_origin_post
from supporters.speaking import speaking


class AnswerPage:
    """Says what became of one letter, as often as the writer changes their mind."""

    name = ANSWER_LINK
    url_name = "mp_contacts:answer"

    def show(self, request: HttpRequest, *, token: str, subject_id: UUID) -> HttpResponse | None:
        letter = _sent_letter(subject_id)
        if letter is None:
            return None
        return _page(request, letter, token=token, form=AnswerForm(earlier=_earlier(letter)))


register_purpose(AnswerPage())


@require_safe
@personal_page
def look(request: HttpRequest) -> HttpResponse:
    """`GET /letters/answer/`: the question."""
    token = token_of(request)
    if not token:
        return no_cookie(request)
    letter = _letter_behind(token)
    if letter is None:
        return link_gone(request)
    return _page(request, letter, token=token, form=AnswerForm(earlier=_earlier(letter)))


@personal_page
@same_origin_post
def tell(request: HttpRequest) -> HttpResponse:
    """`POST /letters/answer/`: keep the answer. Sending it again changes nothing."""
    token = token_of(request)
    letter = _letter_behind(token)
    if letter is None:
        return link_gone(request)
    form = AnswerForm(request.POST, earlier=_earlier(letter))
    if not form.is_valid():
        return _page(request, letter, token=token, form=form)
    told = form.cleaned_data
    kept = record_answer(letter.pk, answer=told["answer"], text=told["text"], drops_text=told.get("drops_text", False))
    if kept is None:
        return link_gone(request)
    response = HttpResponseRedirect(reverse("mp_contacts:answered"), status=HTTPStatus.SEE_OTHER)
    drop_cookie(response)
    return response


def look_or_tell(request: HttpRequest) -> HttpResponseBase:
    """`/letters/answer/`: one address, so that the address bar tells nothing."""
    if request.method == "POST":
        return tell(request)
    if request.method in ("GET", "HEAD"):
        return look(request)
    return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


# Every POST to this address goes to `tell`, so what its decorators declare holds for both.
update_wrapper(look_or_tell, tell, assigned=())


@require_safe
@public_page
def answered(request: HttpRequest) -> HttpResponse:
    """`/letters/answered/`: the same words whatever was answered, so that none of them can be out of place."""
    return render(request, "mp_contacts/answered.html")


def _letter_behind(token: str) -> Letter | None:
    link, _purpose = opened_by(token)
    return _sent_letter(link.subject_id) if link and link.purpose == ANSWER_LINK else None


def _sent_letter(letter_id: UUID) -> Letter | None:
    letter = letter_by_id(letter_id)
    if letter is None or letter.state != ActionState.CONFIRMED:
        return None
    return letter if letter.stage in {LetterStage.SENT, LetterStage.DELIVERED} else None


def _earlier(letter: Letter) -> Reply | None:
    return Reply.objects.filter(letter=letter).first()


def _page(request: HttpRequest, letter: Letter, *, token: str, form: AnswerForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "token": token, "member": letter.member, "sent_at": letter.sent_at}
    with speaking(request, letter.language):
        return render(request, "mp_contacts/answer.html", context, status=status)
