"""Which of the questions people sent in beforehand are put to the speakers."""

from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from events.models import Question
from supporters.audit import record_audit


@transaction.atomic
def decide_question(question_id: UUID, *, state: str, by: AbstractUser) -> bool:
    """Keep a question for the chair, or leave it out. False when it is so already, or gone.

    Raises ValueError for a ``state`` that nobody decides on.
    """
    if state not in {Question.State.KEPT, Question.State.REFUSED}:
        raise ValueError(f"A question is kept or refused, not {state!r}.")
    if not Question.objects.filter(pk=question_id).exclude(state=state).update(state=state):
        return False
    question = Question.objects.select_related("page").only("page__title").get(pk=question_id)
    action = "keep_question" if state == Question.State.KEPT else "refuse_question"
    record_audit(actor=by, action=action, subject=f"{question}: {question.page.title}", count=1)
    return True
