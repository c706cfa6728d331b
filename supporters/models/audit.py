"""Who did what to people's data. Each entry holds the hash of the one before it."""

import pgtrigger
from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One sensitive act by one organiser. Holds no supporter's data."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    # Nothing may change an entry, so the key of an account stays here after the account is deleted.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    actor_label = models.CharField(max_length=80, help_text="Who acted, readable after their account is gone.")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, help_text="What it was done to, for example a petition's title.")
    count = models.PositiveIntegerField(default=0, help_text="How many records it concerned.")
    purpose = models.CharField(max_length=300, blank=True, help_text="Why, in the organiser's own words.")
    previous_hash = models.BinaryField(max_length=32)
    entry_hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["-sequence"]
        verbose_name_plural = "audit entries"
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.action}"
