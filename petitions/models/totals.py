"""How many people signed: added up by a job, never by a request."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from petitions.models.pages import PetitionPage
from supporters.models.one_action import kept_on_the_original


class PetitionTotals(models.Model):
    """The running total of one petition, correct up to ``counted_until``."""

    petition = models.OneToOneField(PetitionPage, primary_key=True, on_delete=models.CASCADE, related_name="totals")
    confirmed = models.PositiveBigIntegerField(db_default=0)
    paper = models.PositiveBigIntegerField(db_default=0)
    counted_until = models.DateTimeField(help_text="Confirmations up to this moment are in the total.")
    recounted_at = models.DateTimeField(null=True, help_text="When every signature was last counted afresh.")

    class Meta:
        verbose_name_plural = "petition totals"

    def __str__(self) -> str:
        return f"Totals of petition {self.pk}"

    @property
    def count(self) -> int:
        """People who signed, online and on paper."""
        return self.confirmed + self.paper


class PaperSignatures(models.Model):
    """A batch of signatures collected on paper."""

    petition = models.ForeignKey(PetitionPage, on_delete=models.CASCADE, related_name="paper_signatures")
    number = models.PositiveIntegerField(help_text="How many valid signatures are on the sheets.")
    note = models.CharField(max_length=300, help_text="Where they were collected, and where the sheets are kept.")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "paper signatures"
        triggers = [kept_on_the_original("petition_id")]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="petitions_papersignatures_at_least_one",
                violation_error_message="Enter how many signatures the sheets hold, one or more.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} on paper"
