"""Answering what was asked about a postcode, and forgetting it."""

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from mp_contacts.clients.json_source import SourceFailed
from mp_contacts.clients.postcodes_io import seat_by_postcodes_io
from mp_contacts.models import Constituency, LetterSettings, PostcodeQuestion
from supporters.retention import retention_rule

logger = logging.getLogger("parasol.postcodes")

KEPT_FOR: Final = timedelta(hours=1)
ASKED_FOR: Final = timedelta(minutes=2)
"""Nobody looks at the page that waits any longer; then the postcode need not leave the server any more."""
LEFT_ALONE_FOR: Final = timedelta(minutes=1)
"""Since somebody asked who got no answer. While the service is down, the worker waits for it once a minute, not for
everybody in turn."""
State = PostcodeQuestion.State


def answer_question(question_id: UUID) -> None:
    """Ask the service about one question, unless it was answered, is too old, or an organiser has switched it off.

    Whatever comes of it stands in the question afterwards: found, unknown, or failed. While the service is in trouble
    the question is forgotten instead, which its page shows as a failure: only those that were asked count as trouble.
    """
    question = PostcodeQuestion.objects.filter(
        pk=question_id, state=State.ASKING, asked_at__gt=Now() - ASKED_FOR
    ).first()
    if question is None:
        # Late or answered: whoever still looks is told that there is no answer.
        _settle(question_id, State.FAILED)
        return
    if not LetterSettings.load().asks_postcodes_io:
        _settle(question_id, State.FAILED)
        return
    if _gave_no_answer_lately():
        question.delete()
        return
    try:
        code = seat_by_postcodes_io(question.postcode)
    except SourceFailed as error:
        logger.warning("A postcode could not be asked about. %s", error)
        _settle(question_id, State.FAILED)
        return
    # A seat we do not have, as on a site with invented ones, is as good as none.
    is_ours = bool(code) and Constituency.objects.filter(pk=code).exists()
    _settle(question_id, State.FOUND if is_ours else State.UNKNOWN, code if is_ours else "")


@retention_rule(
    "mp_contacts.questions",
    what=gettext_noop("A postcode that our own list does not know"),
    fields=("mp_contacts.PostcodeQuestion.postcode",),
    until=gettext_noop(
        "an outside service has answered about a postcode, where an organiser allowed to ask, or an hour at the most"
    ),
)
def forget_questions() -> int:
    """Delete what was asked an hour ago, answered or not; how many questions there were."""
    deleted, _ = PostcodeQuestion.objects.filter(asked_at__lt=Now() - KEPT_FOR).delete()
    return deleted


def _gave_no_answer_lately() -> bool:
    return PostcodeQuestion.objects.filter(state=State.FAILED, asked_at__gt=Now() - LEFT_ALONE_FOR).exists()


@transaction.atomic
def _settle(question_id: UUID, state: State, code: str = "") -> None:
    """Write down what came of it, and forget the postcode: nobody needs it any more, and no erasure could find it."""
    question = PostcodeQuestion.objects.select_for_update().filter(pk=question_id, state=State.ASKING).first()
    if question is not None:
        question.state, question.constituency_code, question.postcode = state, code, ""
        question.save(update_fields=["state", "constituency_code", "postcode"])
