"""Who takes part, who waits, what they need and what they ask."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.models.pages import EventPage
from supporters.crypto.fields import EncryptedTextField
from supporters.models import Action
from supporters.models.one_action import kept_on_the_original


class Place(models.TextChoices):
    """Where a registration stands. Seats are those of SEATED, and of OFFERED while the offer is good."""

    UNCONFIRMED = "unconfirmed", _("Waiting for the address to be confirmed")
    SEATED = "seated", _("Has a seat")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Was offered a seat")
    LAPSED = "lapsed", _("Let an offer lapse")
    CANCELLED = "cancelled", _("Cancelled")


class Registration(Action):
    """One person's, or one group's, place at an event.

    ``name`` is what is shown in the room, a pseudonym if they like. ``supporter`` is set only for those who agreed to
    be written to: to come to an event makes nobody known to us.
    """

    seat_follows_postcode = False

    page = models.ForeignKey(EventPage, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    place = models.CharField(max_length=12, choices=Place, db_default=Place.UNCONFIRMED)
    seats = models.PositiveSmallIntegerField(db_default=1, help_text="How many people come with this registration.")
    queued_at = models.DateTimeField(null=True, editable=False, help_text="Since when it waits; the order of the list.")
    offered_until = models.DateTimeField(null=True, editable=False)
    time_zone = models.CharField(max_length=60, blank=True, db_default="", help_text="The registrant's own, for mails.")
    mailed_sequence = models.PositiveIntegerField(
        null=True, editable=False, help_text="The event's sequence when they were last told of its time."
    )
    wants_reminders = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "person_key"],
                name="events_registration_once_per_person",
                violation_error_message="This person has registered for this event already.",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", confirmed_at__isnull=True, withdrawn_at__isnull=True)
                | Q(state="confirmed", confirmed_at__isnull=False, withdrawn_at__isnull=True)
                | Q(state="withdrawn", withdrawn_at__isnull=False),
                name="events_registration_state_has_its_times",
                violation_error_message="A registration's state and its dates must agree.",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", place="unconfirmed")
                | Q(state="confirmed", place__in=["seated", "waiting", "offered", "lapsed"])
                | Q(state="withdrawn", place="cancelled"),
                name="events_registration_only_confirmed_ones_have_a_place",
                violation_error_message="Only a registration whose address was confirmed has a place.",
            ),
            models.CheckConstraint(
                condition=Q(place="offered", offered_until__isnull=False)
                | ~Q(place="offered") & Q(offered_until__isnull=True),
                name="events_registration_offer_has_an_end",
                violation_error_message="An offered seat says until when it is kept.",
            ),
            models.CheckConstraint(
                condition=~Q(place__in=["waiting", "offered"]) | Q(queued_at__isnull=False),
                name="events_registration_waits_since",
                violation_error_message="Whoever waits does so since some time.",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1),
                name="events_registration_takes_a_seat",
                violation_error_message="A registration takes one seat at least.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(person_key__isnull=True, name__isnull=True, email__isnull=True, supporter__isnull=True),
                name="events_registration_withdrawn_is_forgotten",
                violation_error_message="A registration that was cancelled keeps nothing about the person.",
            ),
            models.CheckConstraint(
                condition=Q(postcode__isnull=True),
                name="events_registration_asks_no_postcode",
                violation_error_message="Nobody is asked where they live to come to an event.",
            ),
        ]
        indexes = [
            models.Index(fields=["page", "place", "queued_at"], name="events_registration_line"),
            models.Index(
                fields=["offered_until"], name="events_registration_offers", condition=Q(offered_until__isnull=False)
            ),
            models.Index(fields=["created_at"], name="events_registration_created"),
        ]
        triggers = [kept_on_the_original("page_id")]
        permissions = [
            ("message_registrants", "Can write to the people registered for an event"),
            ("export_registrations", "Can take out the list of who is registered, with addresses"),
        ]

    @cached_property
    def page_read(self) -> EventPage:
        """The event as told in the language its holder reads."""
        return self.page.in_language(self.language)


class AccessNeeds(models.Model):
    """What somebody needs to take part. Health and disability: kept apart, seen by few, erased first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="access_needs")
    page = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="+")
    text = EncryptedTextField(help_text="What was ticked and what was written, as JSON.")

    class Meta:
        verbose_name_plural = "access needs"
        # The permission to view is the only one there is.
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"Access needs {str(self.pk)[:8]}"


class Question(models.Model):
    """What somebody wants to ask, sent in before."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for an organiser"
        KEPT = "kept", "For the chair"
        REFUSED = "refused", "Left out"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="questions")
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="question")
    text = EncryptedTextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"Question {str(self.pk)[:8]}"


class ReminderKind(models.TextChoices):
    """Which mail by the clock. Hours and minutes are elapsed time before the start."""

    WEEK = "week", "A week before"
    DAY = "day", "A day before"
    HOUR = "hour", "An hour before"
    NOW = "now", "Ten minutes before"
    THANKS = "thanks", "Afterwards, with what there is to see"


class Reminder(models.Model):
    """That a mail by the clock was queued, or passed over; once for each time the event was set for."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="reminders", db_index=False)
    kind = models.CharField(max_length=10, choices=ReminderKind)
    sequence = models.PositiveIntegerField(help_text="The event's sequence then: another time is reminded of anew.")
    was_skipped = models.BooleanField(default=False, help_text="It was too late, or they had only just registered.")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind", "sequence"],
                name="events_reminder_once",
                violation_error_message="This reminder was dealt with already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder {self.pk} ({self.kind})"


class EventMessage(models.Model):
    """What an organiser wrote to those registered; each gets a mail of their own through the outbox."""

    class Audience(models.TextChoices):
        SEATED = "seated", "Those with a seat"
        WAITING = "waiting", "The waiting list"
        EVERYBODY = "everybody", "All who registered"
        CAME = "came", "Those who joined"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="messages")
    audience = models.CharField(max_length=10, choices=Audience)
    subject = models.CharField(max_length=120)
    body = models.TextField(max_length=5000)
    written_by = models.ForeignKey("home.User", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"Message {str(self.pk)[:8]}"
