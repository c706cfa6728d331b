"""Waiting while the worker asks an outside service about a postcode that our own directory does not know."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from mp_contacts.letter_steps import letter_page_or_404, step
from mp_contacts.models import PostcodeQuestion
from mp_contacts.selectors import member_of, seat_by_code
from supporters.audience import personal_page

LOOK_AGAIN_SECONDS: Final = 3
LONGEST_LOOK: Final = timedelta(minutes=1)


@require_safe
@personal_page
def looking(request: HttpRequest, page_id: int, question_id: UUID) -> HttpResponseBase:
    """What has become of the question about a postcode; never which postcode it was."""
    page = letter_page_or_404(page_id)
    question = PostcodeQuestion.objects.defer("postcode").filter(pk=question_id).first()
    seat = seat_by_code(question.constituency_code) if question else None
    is_asking = (
        question is not None
        and question.state == PostcodeQuestion.State.ASKING
        and timezone.now() - question.asked_at < LONGEST_LOOK
    )
    context = {
        "seat": seat,
        "member": member_of(seat) if seat else None,
        "is_asking": is_asking,
        "look_again_seconds": LOOK_AGAIN_SECONDS,
    }
    return step(request, page, "looking", context)
