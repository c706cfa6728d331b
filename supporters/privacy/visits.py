"""A visit to one's own page: the address it is for, as long as its link lives."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop

from supporters.models import PrivacyVisit
from supporters.retention import retention_rule

PRIVACY_LINK: Final = "privacy"
VISIT_LIFETIME: Final = timedelta(hours=1)


def begin_visit(*, visit_id: UUID, address: str, language: str) -> PrivacyVisit:
    """Let the link in the mail ``visit_id`` open what is held about ``address``, from now for an hour.

    A mail that is sent again after a failure begins the same visit anew.
    """
    visit = PrivacyVisit(pk=visit_id, email=address, language=language, expires_at=timezone.now() + VISIT_LIFETIME)
    PrivacyVisit.objects.bulk_create(
        [visit], update_conflicts=True, unique_fields=["id"], update_fields=["email", "language", "expires_at"]
    )
    return visit


def running_visit(visit_id: UUID) -> PrivacyVisit | None:
    """The visit, unless its hour is over or the person has been erased."""
    return PrivacyVisit.objects.filter(pk=visit_id, expires_at__gt=Now()).first()


@retention_rule(
    "supporters.privacy_visits",
    what=gettext_noop("The e-mail address you typed to see what we hold about you"),
    fields=("supporters.PrivacyVisit.email",),
    until=gettext_noop("an hour after the link to the privacy page was sent"),
)
def forget_expired_visits() -> int:
    """Delete the visits whose hour is over; how many there were."""
    deleted, _ = PrivacyVisit.objects.filter(expires_at__lt=Now()).delete()
    return deleted
