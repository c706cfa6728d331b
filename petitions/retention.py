"""What is forgotten about signers, and when. Run hourly; each function says how many rows it changed."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from petitions.emails import CONFIRM_LIFETIME, CONFIRM_LINK
from petitions.models import CommentState, PetitionPage, Signature
from supporters.models import ActionState, Link, Message, MessageState, PrivacyMode

# Longer than any link in a mail can still confirm, so that nothing is deleted under somebody's finger.
UNCONFIRMED_LIFETIME = CONFIRM_LIFETIME + timedelta(days=1)
CLOSED_FOR = timedelta(days=2)
# Long enough to hand the petition in and to answer doubts about its number.
SETTLED_FOR = timedelta(days=90)


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


def forget_closed_counts() -> int:
    """Wipe the keyed hashes of closed count-only petitions: they were there to stop a second signature."""
    petitions = _closed_for(CLOSED_FOR).filter(privacy_mode=PrivacyMode.COUNT)
    return _named().filter(petition__in=petitions).update(person_key=None)


def forget_settled_signers() -> int:
    """Wipe everything about the signers of long-closed petitions; the rows stay, so the totals do."""
    return (
        _named()
        .filter(petition__in=_closed_for(SETTLED_FOR))
        .update(
            person_key=None,
            supporter=None,
            name=None,
            email=None,
            postcode=None,
            comment=None,
            comment_state=CommentState.NONE,
            wants_updates=False,
            ticked_texts=[],
        )
    )


def _named() -> QuerySet[Signature]:
    return Signature.objects.filter(state=ActionState.CONFIRMED).exclude(person_key=None)


def _closed_for(time: timedelta) -> QuerySet[PetitionPage]:
    """Petitions that stopped collecting so long ago: at their closing time, or when somebody closed them."""
    long_ago = timezone.now() - time
    return PetitionPage.objects.filter(Q(closes_at__lt=long_ago) | Q(stopped_collecting_at__lt=long_ago))
