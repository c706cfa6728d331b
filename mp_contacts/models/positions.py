"""Where a member stands on a campaign, and what shows it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mp_contacts.models.seats import Member


class Stance(models.TextChoices):
    """Where a member stands, as far as anybody can show it."""

    CHAMPION = "champion", _("Champion")
    SUPPORTIVE = "supportive", _("Supportive")
    UNDECIDED = "undecided", _("Undecided")
    OPPOSED = "opposed", _("Opposed")
    UNKNOWN = "unknown", _("Unknown")


class Position(models.Model):
    """What one member said or did about one campaign. The newest public one is where they stand.

    A member of whom nothing is recorded is UNKNOWN.
    """

    class DrawnFrom(models.TextChoices):
        REPLY = "reply", "A reply to a letter"
        VOTE = "vote", "A vote"
        WORDS = "words", "Public words"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="positions")
    campaign = models.ForeignKey("home.CampaignPage", on_delete=models.CASCADE, related_name="positions")
    stance = models.CharField(max_length=12, choices=Stance)
    drawn_from = models.CharField(max_length=10, choices=DrawnFrom, default=DrawnFrom.WORDS)
    quote = models.TextField(
        blank=True, max_length=600, help_text="Their words. Nothing that could tell who they were written to."
    )
    source = models.CharField(max_length=200, help_text="Where it can be checked, such as 'Hansard, 3 March 2026'.")
    source_url = models.URLField(blank=True)
    said_on = models.DateField()
    is_public = models.BooleanField(default=True, help_text="Shown on the public pages.")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=["champion", "supportive", "undecided", "opposed", "unknown"]),
                name="mp_contacts_position_known_stance",
                violation_error_message="Choose one of the listed stances.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="mp_contacts_position_has_source",
                violation_error_message="Say where this can be checked.",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "member", "-said_on"], name="mp_contacts_position_newest")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_stance_display()}"
