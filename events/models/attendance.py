"""That people came, counted without saying who."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from events.models.pages import EventPage
from events.models.registrations import Registration


class AttendancePress(models.Model):
    """One press on the button to join. The hash is keyed with a secret of that day, which is gone the day after."""

    page = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="presses", db_index=False)
    pressed_on = models.DateField()
    hash = models.BinaryField(max_length=32, editable=False)

    class Meta:
        verbose_name_plural = "attendance presses"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "pressed_on", "hash"],
                name="events_attendancepress_once_a_day",
                violation_error_message="This press is counted already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Press {self.pk}"


class JoinUse(models.Model):
    """One device that joined with somebody's link. Two at a time; each can be ended by itself. Gone with the event."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="join_uses")
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["registration"], name="events_joinuse_live", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"Join {self.pk}"
