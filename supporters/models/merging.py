"""Two records that are one person, or look like it and are not."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from supporters.crypto.fields import EncryptedTextField
from supporters.models.people import Supporter


class Merge(models.Model):
    """A person's decision that two records are one, and what is needed to take it back for 30 days.

    ``journal`` holds what was moved and what both records said before, as JSON; it is wiped when the
    merge becomes final.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="merges")
    lost = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="merged_away")
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    journal = EncryptedTextField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("lost")),
                name="supporters_merge_two_records",
                violation_error_message="Choose two different records.",
            ),
            models.UniqueConstraint(
                fields=["lost"],
                condition=Q(undone_at__isnull=True),
                name="supporters_merge_lost_once",
                violation_error_message="This record is part of another one already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Merge {str(self.pk)[:8]}"


class PairVerdict(models.TextChoices):
    """What a person decided about two records that look alike."""

    NOT_SAME = "not_same", "Two different people"
    KEEP_APART = "keep_apart", "One person, who is to keep two identities"


class PairDecision(models.Model):
    """Two records that are not to be suggested again. ``first`` is the one with the smaller id."""

    first = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=12, choices=PairVerdict)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="supporters_pairdecision_once",
                violation_error_message="This pair has been decided already.",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="supporters_pairdecision_in_order",
                violation_error_message="The two records of a pair are kept in the order of their ids.",
            ),
        ]

    def __str__(self) -> str:
        return f"Pair decision {self.pk} ({self.verdict})"


class DuplicateSuggestion(models.Model):
    """Two records that may be one person, with the reasons. Found by a job; decided by a person."""

    first = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, help_text="Names of what is the same; see supporters.duplicates.")
    found_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="supporters_duplicatesuggestion_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="supporters_duplicatesuggestion_in_order"),
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.pk} ({self.score})"
