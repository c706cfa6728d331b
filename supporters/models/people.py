"""One record per person, and the addresses we must never write to again."""

import uuid

from django.db import models
from django.db.models.functions import Now

from supporters.crypto.fields import EncryptedTextField


class Supporter(models.Model):
    """A person who confirmed their address on some action. Known by ``email_key`` alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email_key = models.BinaryField(max_length=32, editable=False)
    name = EncryptedTextField()
    email = EncryptedTextField()
    phone = EncryptedTextField()
    postcode = EncryptedTextField()
    country = models.CharField(max_length=2, blank=True)
    constituency_code = models.CharField(max_length=9, blank=True)
    language = models.CharField(max_length=10, default="en")
    source = models.CharField(
        max_length=80, blank=True, help_text="Where this person first came from: a campaign or a link tag."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email_key"],
                name="supporters_supporter_one_per_address",
                violation_error_message="This address already has a supporter record.",
            ),
        ]

    def __str__(self) -> str:
        # Shown in lists, logs and error pages: must never be a name or an address.
        return f"Supporter {str(self.pk)[:8]}"


class Suppression(models.Model):
    """An address that must not be written to, kept as a keyed hash so that it outlives erasure."""

    class Reason(models.TextChoices):
        ASKED = "asked", "The person asked us to stop"
        BOUNCED = "bounced", "The address does not accept mail"
        COMPLAINED = "complained", "The person marked our mail as spam"
        BLOCKED = "blocked", "An organiser blocked this address"

    email_key = models.BinaryField(max_length=32, unique=True, editable=False)
    reason = models.CharField(max_length=12, choices=Reason)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=["asked", "bounced", "complained", "blocked"]),
                name="supporters_suppression_known_reason",
                violation_error_message="Choose one of the listed reasons.",
            ),
        ]

    def __str__(self) -> str:
        return f"Suppression {self.pk} ({self.reason})"
