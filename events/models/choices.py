"""What an organiser chooses from when describing an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventStatus(models.TextChoices):
    """What became of the date; that it is over is told by the clock. The words of schema.org's EventStatusType."""

    SCHEDULED = "scheduled", _("Scheduled")
    MOVED = "moved", _("Moved to another time")
    CANCELLED = "cancelled", _("Cancelled")


class Captions(models.TextChoices):
    """Whether what is said can be read. What a machine hears is not what a person writes."""

    NONE = "none", _("No captions")
    AUTOMATIC = "automatic", _("Automatic captions")
    HUMAN = "human", _("Captions written by a person")


class RecordingNotice(models.TextChoices):
    """What people are told about recording before they register."""

    NOT_RECORDED = "not_recorded", _("Not recorded")
    SPEAKERS = "speakers", _("Only the speakers are recorded")
    EVERYBODY = "everybody", _("Recorded, with whoever speaks or is seen")


class RecordingAudience(models.TextChoices):
    """Who may see the recording afterwards."""

    PUBLIC = "public", "Everybody"
    REGISTERED = "registered", "Those who registered"
