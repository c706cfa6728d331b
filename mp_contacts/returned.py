"""Behind the link in the mail about a letter that came back: its text, why it came back, and its PDF.

Works until the text is erased, a week after it came back. Looking changes nothing, and the PDF is made and forgotten.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mp_contacts.exports.documents import LetterSheet, envelope_name, letter_pdf
from mp_contacts.mail_kinds import RETURNED_LINK
from mp_contacts.models import Letter, LetterStage
from mp_contacts.selectors import letter_by_id
from supporters.audience import personal_page
from supporters.links.holding import link_gone, no_cookie, opened_by, token_of
from supporters.models import ActionState
from supporters.same_origin import same_origin_post
from supporters.speaking import speaking

CAME_BACK = {LetterStage.RETURNED, LetterStage.REFUSED}


def returned_letter(letter_id: UUID) -> Letter | None:
    """A letter that came back to its writer, as long as its text is kept."""
    letter = letter_by_id(letter_id)
    if letter is None or letter.state != ActionState.CONFIRMED or letter.stage not in CAME_BACK or not letter.body:
        return None
    return letter


def returned_page(request: HttpRequest, letter: Letter, *, token: str) -> HttpResponse:
    """The letter, why it came back, and what its writer can do now; in the writer's language."""
    with speaking(request, letter.language):
        context = {
            "letter": letter,
            "token": token,
            "is_refused": letter.stage == LetterStage.REFUSED,
            "envelope_name": envelope_name(letter.member),
        }
        return render(request, "mp_contacts/returned.html", context)


@require_safe
@personal_page
def returned(request: HttpRequest) -> HttpResponse:
    """`GET /letters/returned/`: changes nothing."""
    token = token_of(request)
    if not token:
        return no_cookie(request)
    letter = _letter_behind(token)
    return returned_page(request, letter, token=token) if letter else link_gone(request)


@personal_page
@same_origin_post
def returned_pdf(request: HttpRequest) -> HttpResponse:
    """`POST /letters/returned/pdf/`: the letter to print and post. The token comes from the form."""
    letter = _letter_behind(token_of(request))
    if letter is None:
        return link_gone(request)
    response = HttpResponse(letter_pdf(_sheet(letter)), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return response


def _letter_behind(token: str) -> Letter | None:
    link, _purpose = opened_by(token)
    return returned_letter(link.subject_id) if link and link.purpose == RETURNED_LINK else None


def _sheet(letter: Letter) -> LetterSheet:
    return LetterSheet(
        member_name=envelope_name(letter.member),
        subject=letter.subject,
        body=letter.body,
        writer_name=letter.name,
        address=letter.address,
        postcode=letter.postcode,
        language=letter.page.letter_language,
    )
