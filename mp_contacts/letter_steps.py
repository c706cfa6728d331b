"""The small pages around a letter: which page they belong to, and in which language they are read."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from mp_contacts.models import LetterPage
from supporters.speaking import speaking


def letter_page_or_404(page_id: int) -> LetterPage:
    """A live page to write letters from; raises Http404 where there is none."""
    page = LetterPage.objects.live().public().select_related("locale").filter(pk=page_id).first()
    if page is None:
        raise Http404("There is no such letter.")
    return page


def step(
    request: HttpRequest, page: LetterPage, template: str, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """``mp_contacts/<template>.html`` with ``page`` and ``context``, in the language people read the page in."""
    with speaking(request, page.locale.language_code):
        whole = page.get_context(request) | context
        return TemplateResponse(request, f"mp_contacts/{template}.html", whole, status=status).render()
