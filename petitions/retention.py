"""What is forgotten about signers, and when: rules of supporters.retention, carried out every hour.

Whatever happens to a row, it stays in the total.
"""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop

from petitions.emails import CONFIRM_LIFETIME, CONFIRM_LINK
from petitions.models import CommentState, PetitionPage, ShownAs, Signature
from supporters.models import ActionState, Link, Message, MessageState, PrivacyMode
from supporters.retention import retention_rule

# Longer than any link in a mail can still confirm, so that nothing is deleted under somebody's finger.
UNCONFIRMED_LIFETIME = CONFIRM_LIFETIME + timedelta(days=1)
CLOSED_FOR = timedelta(days=2)
# Long enough to hand the petition in and to answer doubts about its number.
SETTLED_FOR = timedelta(days=90)
# A petition that nobody ever closes is no reason to know for ever who signed it.
LONGEST_NAMED = timedelta(days=365)

TYPED: Final = tuple(f"petitions.Signature.{name}" for name in ("name", "email", "postcode", "comment"))
PERSON_KEY: Final = "petitions.Signature.person_key"
FORGOTTEN: Final[dict[str, Any]] = {
    "supporter": None,
    "name": None,
    "email": None,
    "postcode": None,
    "comment": None,
    "comment_state": CommentState.NONE,
    "shown_as": ShownAs.NOT_SHOWN,
    "wants_updates": False,
    "ticked_texts": [],
}


@retention_rule(
    "petitions.unconfirmed",
    what=gettext_noop("What you typed to sign a petition"),
    fields=(*TYPED, PERSON_KEY),
    until=gettext_noop("8 days have passed, if the address is not confirmed"),
)
def forget_unconfirmed() -> int:
    """Delete signatures whose address nobody confirmed while the link was good."""
    about_it = {"subject_id": OuterRef("pk")}
    deleted, _ = (
        Signature.objects.filter(state=ActionState.PENDING, created_at__lt=Now() - UNCONFIRMED_LIFETIME)
        # A mail that left late, or was asked for again, has a link that lives on.
        .exclude(Exists(Link.objects.filter(**about_it, purpose=CONFIRM_LINK, expires_at__gt=Now())))
        .exclude(Exists(Message.objects.filter(**about_it, state=MessageState.QUEUED)))
        .delete()
    )
    return deleted


@retention_rule(
    "petitions.counted",
    what=gettext_noop("The mark that stops anyone from signing twice, on a petition that only counts"),
    fields=(PERSON_KEY,),
    until=gettext_noop("2 days after the petition closed, if it only counts"),
)
def forget_closed_counts() -> int:
    """Wipe the keyed hashes of closed count-only petitions: they were there to stop a second signature."""
    petitions = _closed_for(CLOSED_FOR).filter(privacy_mode=PrivacyMode.COUNT)
    return _confirmed().filter(petition__in=petitions).exclude(person_key=None).update(person_key=None)


@retention_rule(
    "petitions.settled",
    what=gettext_noop(
        "Your name, e-mail address, postcode and comment on a petition, and the mark that stops anyone from signing "
        "twice"
    ),
    fields=(*TYPED, PERSON_KEY),
    until=gettext_noop("90 days after the petition closed, or was taken off the site"),
)
def forget_settled_signers() -> int:
    """Wipe everything about the signers of long-closed petitions; the rows stay, so the totals do."""
    left = Q(person_key__isnull=False) | _named()
    return _confirmed().filter(left, petition__in=_closed_for(SETTLED_FOR)).update(person_key=None, **FORGOTTEN)


@retention_rule(
    "petitions.long_open",
    what=gettext_noop("Your name, e-mail address, postcode and comment on a petition"),
    fields=TYPED,
    until=gettext_noop("a year after the address was confirmed, while the petition is open"),
)
def forget_long_ago_signers() -> int:
    """Wipe who signed a year ago, however long the petition stays open.

    The keyed hash stays until it closes, so that nobody signs it twice.
    """
    return _confirmed().filter(_named(), confirmed_at__lt=Now() - LONGEST_NAMED).update(**FORGOTTEN)


def _confirmed() -> QuerySet[Signature]:
    return Signature.objects.filter(state=ActionState.CONFIRMED)


def _named() -> Q:
    """Anything is left of who signed."""
    return Q(
        *[(f"{name}__isnull", False) for name in ("supporter", "name", "email", "postcode", "comment")], _connector=Q.OR
    )


def _closed_for(time: timedelta) -> QuerySet[PetitionPage]:
    """Petitions that stopped collecting so long ago: at their closing time, or when somebody closed them.

    One that was taken off the site without being closed counts as closed after 90 days, whatever ``time`` is:
    somebody may have done it by mistake, and put it back.
    """
    _note_what_was_taken_down()
    long_ago = timezone.now() - time
    return PetitionPage.objects.filter(
        Q(closes_at__lt=long_ago)
        | Q(stopped_collecting_at__lt=long_ago)
        | Q(live=False, taken_down_at__lt=timezone.now() - SETTLED_FOR)
    )


def _note_what_was_taken_down() -> None:
    """Start the clock of what is public no more, and stop that of what is again.

    Looked at, not listened for: pages are taken down in ways that tell this app nothing.
    """
    PetitionPage.objects.filter(live=True, taken_down_at__isnull=False).update(taken_down_at=None)
    PetitionPage.objects.filter(live=False, taken_down_at__isnull=True).update(taken_down_at=timezone.now())
