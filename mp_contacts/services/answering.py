"""What writers tell us about their MP's answer."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mp_contacts.models import Letter, LetterStage, Reply
from supporters.models import ActionState


@transaction.atomic
def record_answer(letter_id: UUID, *, answer: str, text: str = "", drops_text: bool = False) -> Reply | None:
    """Keep what a writer says became of their letter; the last click wins.

    ``answer`` is one of Answer. ``text`` is what the member wrote, for organisers to read; a new one takes the
    place of an earlier one and waits to be read, none leaves it alone, and ``drops_text`` deletes it. None when
    there is no such letter, or none that was sent.
    """
    letter = (
        # The letter and not its reply: two clicks at once would both find that there is none yet.
        Letter.objects.select_for_update()
        .filter(pk=letter_id, state=ActionState.CONFIRMED, stage__in=[LetterStage.SENT, LetterStage.DELIVERED])
        .only("page_id", "member_id")
        .first()
    )
    if letter is None:
        return None
    # With its key from the start: what is encrypted is bound to its row.
    reply = Reply.objects.filter(letter=letter).first() or Reply(
        letter=letter, page_id=letter.page_id, member_id=letter.member_id
    )
    reply.answer = answer
    reply.answered_at = timezone.now()
    if text or drops_text:
        reply.text = text or None
        reply.state = Reply.State.WAITING if text else Reply.State.NO_TEXT
        reply.read_by = None
    reply.save()
    return reply


def forget_reply(letter_id: UUID) -> int:
    """Delete what the writer of a letter showed us of the answer, and that it was theirs; how many replies.

    What stays is that a member answered somebody on a page, or did not.
    """
    return wipe_texts(Q(letter=letter_id), letter=None)


def wipe_texts(which: Q, **also: Any) -> int:
    """Delete the pasted texts of ``which`` replies; how many rows. What was read stays marked as read."""
    replies = Reply.objects.filter(which)
    return replies.exclude(state=Reply.State.WAITING).update(text=None, **also) + replies.filter(
        state=Reply.State.WAITING
    ).update(text=None, state=Reply.State.NO_TEXT, **also)
