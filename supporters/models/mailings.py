"""One text to many people, each of whom agreed to it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from supporters.models.consent import Purpose
from supporters.models.people import Supporter
from supporters.models.segments import Segment


class MailingState(models.TextChoices):
    """Where a mailing stands."""

    DRAFT = "draft", "Draft"
    SENDING = "sending", "Being put into the outbox"
    SENT = "sent", "Handed to the outbox"
    STOPPED = "stopped", "Stopped"


class Mailing(models.Model):
    """What is written to everybody in a segment who agreed to ``consent_purpose`` and still does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    segment = models.ForeignKey(
        Segment, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Empty for everybody."
    )
    consent_purpose = models.CharField("what people agreed to", max_length=20, choices=Purpose, default=Purpose.UPDATES)
    subject = models.CharField(max_length=120, help_text="Neutral: it is seen on locked screens and over shoulders.")
    body = models.TextField(help_text="Plain text. Put the link to one page on a line of its own.")
    state = models.CharField(max_length=8, choices=MailingState, default=MailingState.DRAFT, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    addressed = models.PositiveIntegerField(
        db_default=0, editable=False, help_text="How many people it was for when it was sent."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(body=""),
                name="supporters_mailing_says_something",
                violation_error_message="Write a subject and a text.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class MailingRecipient(models.Model):
    """One person one mailing goes to, once, however often the job that puts it into the outbox is started again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients", db_index=False)
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="mailings")
    created_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField(
        null=True, editable=False, help_text="When their turn came: the mail went into the outbox, or they had said no."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "supporter"],
                name="supporters_mailingrecipient_once",
                violation_error_message="Nobody gets the same mailing twice.",
            ),
        ]
        indexes = [
            models.Index(fields=["mailing"], name="supporters_mailing_whose_turn", condition=Q(queued_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"Recipient {str(self.pk)[:8]}"
