"""Which postcode lies in which seat, and what the site has been told to do about Parliament."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseGenericSetting

from supporters.crypto.fields import EncryptedTextField

WHILE_DISSOLVED = (
    "<p>Switch this on at the moment of dissolution, and off when the new members are in and were read by a sync. "
    "While it is on, nobody can write to a member from this site, and people read why. Letters that wait do not leave; "
    "what was sent before stays sent.</p>"
)


class PostcodeDirectory(models.Model):
    """One edition of the directory as the compact file that every process maps; see mp_contacts.postcodes.

    Kept here so that each node fetches the same bytes. The newest complete one is current.
    """

    edition = models.CharField(max_length=120, help_text="Which release it was made from.")
    content = models.BinaryField(help_text="The file, byte for byte.")
    sha256 = models.CharField(max_length=64)
    postcodes = models.PositiveIntegerField(help_text="How many postcodes it knows.")
    is_current = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "postcode directories"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="mp_contacts_postcodedirectory_one_current",
                violation_error_message="Another edition of the directory is current.",
            ),
        ]

    def __str__(self) -> str:
        return self.edition


class PostcodeQuestion(models.Model):
    """A postcode that the directory does not know, while an outside service is asked about it by the worker.

    Only where an organiser has allowed it; see LetterSettings.
    """

    class State(models.TextChoices):
        ASKING = "asking", "Being asked"
        FOUND = "found", "Found"
        UNKNOWN = "unknown", "Not known there either"
        FAILED = "failed", "No answer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    postcode = EncryptedTextField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKING)
    constituency_code = models.CharField(max_length=9, blank=True)
    asked_at = models.DateTimeField(db_default=Now(), db_index=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="found") & ~Q(constituency_code="") | ~Q(state="found") & Q(constituency_code=""),
                name="mp_contacts_postcodequestion_found_has_seat",
                violation_error_message="A postcode that was found names its constituency.",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {str(self.pk)[:8]}"


class LetterSettings(BaseGenericSetting):
    """What holds for every letter of the site."""

    is_dissolved = models.BooleanField(
        "Parliament is dissolved",
        default=False,
        help_text="From dissolution to polling day there are no MPs: no letter leaves, and people are told why.",
    )
    dissolution_note = models.TextField(
        blank=True,
        max_length=400,
        help_text="What people read meanwhile, such as the day of the election and what they can do until then.",
    )
    asks_postcodes_io = models.BooleanField(
        "ask postcodes.io about unknown postcodes",
        default=False,
        help_text="Off: postcodes never leave this server. On: a postcode that our own directory does not know is "
        "sent to the public service postcodes.io, which then knows that somebody here asked about it.",
    )

    panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [HelpPanel(content=WHILE_DISSOLVED), FieldPanel("is_dissolved"), FieldPanel("dissolution_note")],
            heading="Between Parliaments",
        ),
        FieldPanel("asks_postcodes_io"),
    ]

    class Meta:
        verbose_name = "letters to MPs"
