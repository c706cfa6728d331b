"""Asking writers whether their MP answered: after two weeks, and once more after three.

Like WriteToThem, whose figures rest on the same two questions. Who does not say is not asked a third time.
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from mp_contacts.mail_kinds import ANSWERED_MAIL
from mp_contacts.models import Letter, LetterStage, Reply
from supporters.models import ActionState, PrivacyMode, Suppression
from supporters.outbox import queue_message

ASK_AFTER: Final = timedelta(days=14)
ASK_AGAIN_AFTER: Final = timedelta(days=21)
BETWEEN: Final = ASK_AGAIN_AFTER - ASK_AFTER
TOO_LATE_AFTER: Final = timedelta(days=28)
"""Where the worker stood still for weeks, a question that comes out of the blue is better not asked."""
ASKED_AT_ONCE: Final = 2_000
"""Every hour, so that a crowd who wrote on one day is not written to in one minute."""


def ask_whether_answered() -> int:
    """Put the question into the outbox for each letter whose time has come; how many were asked.

    Safe to call from several workers: each letter is locked, asked about and marked in one transaction.
    """
    return _ask(_first_time(), "asked_once_at") + _ask(_second_time(), "asked_twice_at")


def _first_time() -> Q:
    return Q(asked_once_at=None, sent_at__lte=Now() - ASK_AFTER)


def _second_time() -> Q:
    # Where the first question was late, the second keeps its distance.
    return Q(asked_twice_at=None, sent_at__lte=Now() - ASK_AGAIN_AFTER, asked_once_at__lte=Now() - BETWEEN)


@transaction.atomic
def _ask(whose_turn: Q, mark: str) -> int:
    """Nobody on a count-only page: there we promised to use the address once. Nobody without a record: the mail
    must say how to stop, and only a record can be told apart by such a link.
    """
    letters = list(
        Letter.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(
            whose_turn,
            state=ActionState.CONFIRMED,
            stage__in=[LetterStage.SENT, LetterStage.DELIVERED],
            sent_at__gt=Now() - TOO_LATE_AFTER,
            email__isnull=False,
            supporter__isnull=False,
        )
        .exclude(page__privacy_mode=PrivacyMode.COUNT)
        .exclude(Exists(Reply.objects.filter(letter=OuterRef("pk"))))
        .exclude(Exists(Suppression.objects.filter(email_key=OuterRef("supporter__email_key"))))
        .only("email")
        .order_by("sent_at")[:ASKED_AT_ONCE]
    )
    for letter in letters:
        queue_message(kind=ANSWERED_MAIL, subject_id=letter.pk, recipient=letter.email)
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(**{mark: timezone.now()})
    return len(letters)
