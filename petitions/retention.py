"""What is forgotten about signers, and when. Run hourly; each function says how many rows it changed."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from petitions.emails import CONFIRM_LIFETIME
from petitions.models import PetitionPage, PetitionState, Signature
from supporters.models import ActionState, PrivacyMode

# Longer than any link in a mail can still confirm, so that nothing is deleted under somebody's finger.
UNCONFIRMED_LIFETIME = CONFIRM_LIFETIME + timedelta(days=1)
CLOSED_FOR = timedelta(days=2)


def forget_unconfirmed() -> int:
    """Delete signatures whose address nobody confirmed while the link was good."""
    deleted, _ = Signature.objects.filter(
        state=ActionState.PENDING, created_at__lt=Now() - UNCONFIRMED_LIFETIME
    ).delete()
    return deleted


def forget_closed_counts() -> int:
    """Wipe the keyed hashes of closed count-only petitions: they were there to stop a second signature."""
    return (
        Signature.objects.filter(petition__in=_closed_count_only(), state=ActionState.CONFIRMED)
        .exclude(person_key=None)
        .update(person_key=None)
    )


def _closed_count_only() -> QuerySet[PetitionPage]:
    long_ago = timezone.now() - CLOSED_FOR
    return PetitionPage.objects.filter(
        Q(closes_at__lt=long_ago) | ~Q(state=PetitionState.COLLECTING) & Q(last_published_at__lt=long_ago),
        privacy_mode=PrivacyMode.COUNT,
    )
