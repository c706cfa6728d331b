"""Where an event takes place. Kept apart from its page, so that no revision, search or export ever holds an address."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from events.models.pages import EventPage
from events.models.registrations import Registration
from supporters.crypto.fields import EncryptedTextField


class Provider(models.TextChoices):
    """Who runs the room."""

    LINK = "link", "A link of your own"
    BIGBLUEBUTTON = "bigbluebutton", "BigBlueButton"
    JITSI = "jitsi", "Jitsi"
    ZOOM = "zoom", "Zoom"


class Room(models.Model):
    """The room of one event, and when its door opens. Secrets of a provider are in the environment, never here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.OneToOneField(EventPage, on_delete=models.CASCADE, related_name="room")
    provider = models.CharField(max_length=16, choices=Provider, default=Provider.LINK)
    address = EncryptedTextField(help_text="Where the room is, for a link of your own.")
    fallback_address = EncryptedTextField(help_text="Where people are sent when the provider does not answer.")
    dial_in = EncryptedTextField(help_text="How to take part by telephone; shown on the page to join from.")
    outside_id = models.CharField(
        max_length=80, blank=True, help_text="What the provider calls it, such as the number of a Zoom webinar."
    )
    opens_before = models.PositiveSmallIntegerField("minutes the door opens before the start", default=15)
    closes_after = models.PositiveSmallIntegerField("minutes it stays open after the end", default=30)
    trouble_at = models.DateTimeField(null=True, editable=False, help_text="When the provider last failed somebody.")
    trouble = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(provider="link") | Q(address__isnull=False),
                name="events_room_link_has_address",
                violation_error_message="Give the address of the room.",
            ),
            models.CheckConstraint(
                condition=~Q(provider="zoom") | ~Q(outside_id=""),
                name="events_room_zoom_has_number",
                violation_error_message="Give the number of the Zoom webinar.",
            ),
        ]

    def __str__(self) -> str:
        return f"Room {str(self.pk)[:8]}"


class ProviderPlace(models.Model):
    """What a provider keeps for one registration: its number there, and a link for them alone.

    Without a number yet where the provider was asked and did not answer; see events.enrolling.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="provider_place")
    outside_id = models.CharField(max_length=120, blank=True)
    join_url = EncryptedTextField()
    tries = models.PositiveSmallIntegerField(db_default=0, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"Provider's place {str(self.pk)[:8]}"


class GivenUpPlace(models.Model):
    """A provider's place whose registration has no seat any more, until the provider was told. Knows nobody."""

    page = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="+")
    provider = models.CharField(max_length=16, choices=Provider)
    room_number = models.CharField(max_length=80, help_text="What the provider calls the room.")
    outside_id = models.CharField(max_length=120)
    key = models.CharField(max_length=40, help_text="What the provider told the guest apart by; no address, no id.")
    given_up_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"Given up place {self.pk}"
