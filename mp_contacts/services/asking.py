"""Asking an outside service about a postcode that our own directory does not know."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from mp_contacts import tasks
from mp_contacts.models import LetterSettings, PostcodeQuestion
from supporters.typed import UK_POSTCODE

MOST_WAITING: Final = 50
"""Somebody who makes up postcodes must not use us to flood the service, nor keep the worker from its clock."""


def ask_about(postcode: str) -> PostcodeQuestion | None:
    """Have the worker ask about ``postcode``; None when that is off, when it is no postcode, or too many wait.

    Nobody waits for the service here: the question is stored, locked, and a job is given its random number alone.
    Two people who ask about the same postcode ask twice; to find that out we would have to compare what they typed.
    """
    if not LetterSettings.load().asks_postcodes_io:
        return None
    try:
        clean = UK_POSTCODE.clean(postcode)
    except ValidationError:
        return None
    if PostcodeQuestion.objects.filter(state=PostcodeQuestion.State.ASKING).count() >= MOST_WAITING:
        return None
    with transaction.atomic():
        question = PostcodeQuestion.objects.create(postcode=clean)
        tasks.answer.defer(question_id=str(question.pk))
    return question
