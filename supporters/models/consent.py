"""What people were asked, in the exact words, and what they answered."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from supporters.models.people import Supporter


class Purpose(models.TextChoices):
    """What a consent is for. One unticked box each."""

    UPDATES = "updates", "Updates from the campaign"


class ConsentText(models.Model):
    """One wording of one question. Cannot be changed once it has been shown to people."""

    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.UPDATES)
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=10, default="en", help_text="The language it is written in.")
    wording = models.TextField(
        help_text="The sentence beside the box, as people will read it. Say who writes, about what, and how to stop."
    )
    controller = models.CharField(
        max_length=200, help_text="The organisation that is responsible for the data, by its full name."
    )
    published_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was first used. From then on it cannot be changed."
    )

    class Meta:
        ordering = ["purpose", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "language", "controller", "version"],
                name="supporters_consenttext_one_per_version",
                violation_error_message="This version of the wording exists already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(wording="") & ~models.Q(controller=""),
                name="supporters_consenttext_says_something",
                violation_error_message="Write the wording, and name the organisation responsible.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="immutable_once_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, version {self.version} ({self.language}), {self.controller}"


class ConsentRecord(models.Model):
    """One answer of one person to one wording. Only ever added to: a change of mind is a new row."""

    class Choice(models.TextChoices):
        GIVEN = "given", "Given"
        WITHDRAWN = "withdrawn", "Withdrawn"

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)
    method = models.CharField(max_length=40, help_text="How it was given, for example 'web form'.")
    # Nothing may change a record, so the key of a page stays here after the page is deleted.
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    asked_at = models.DateTimeField(help_text="When the person ticked or unticked the box.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(choice__in=["given", "withdrawn"]),
                name="supporters_consentrecord_known_choice",
                violation_error_message="A consent is either given or withdrawn.",
            ),
        ]
        triggers = [
            # Erasing a person lifts this trigger by name for its own transaction; nothing else may.
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk} ({self.choice})"
