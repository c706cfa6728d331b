"""When what members answered is forgotten: a rule of supporters.retention, carried out every hour."""

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _

from mp_contacts.services.answering import wipe_texts
from supporters.retention import retention_rule

LONGEST_KEPT: Final = timedelta(days=365)
CLOSED_FOR: Final = timedelta(days=90)


@retention_rule(
    "mp_contacts.replies",
    what=_("What your MP answered, if you showed it to us"),
    fields=("mp_contacts.Reply.text",),
    until=_(
        "a year after it was pasted, or 90 days after the letter page closed; at once when an organiser drops it, "
        "or the letter is taken back or erased"
    ),
)
def forget_replies() -> int:
    """Delete the replies that writers pasted; how a member answered, without a text, stays in the figures."""
    long_ago = Now() - CLOSED_FOR
    over = (
        Q(answered_at__lt=Now() - LONGEST_KEPT)
        | Q(page__closes_at__lt=long_ago)
        | Q(page__stopped_collecting_at__lt=long_ago)
        # Noted by the rule that forgets the letters themselves.
        | Q(page__live=False, page__taken_down_at__lt=long_ago)
    )
    return wipe_texts(over & Q(text__isnull=False))
