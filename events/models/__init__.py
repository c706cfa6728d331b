from events.models.attendance import AttendancePress, JoinUse
from events.models.choices import Captions, EventStatus, RecordingAudience, RecordingNotice
from events.models.pages import EventPage
from events.models.parts import AgendaItem, EventFootnote, EventTotals, Speaker
from events.models.registrations import (
    AccessNeeds,
    EventMessage,
    Place,
    Question,
    Registration,
    Reminder,
    ReminderKind,
)
from events.models.rooms import GivenUpPlace, Provider, ProviderPlace, Room
from events.models.series import EventSeriesPage

__all__ = [
    "AccessNeeds",
    "AgendaItem",
    "AttendancePress",
    "Captions",
    "EventFootnote",
    "EventMessage",
    "EventPage",
    "EventSeriesPage",
    "EventStatus",
    "EventTotals",
    "GivenUpPlace",
    "JoinUse",
    "Place",
    "Provider",
    "ProviderPlace",
    "Question",
    "RecordingAudience",
    "RecordingNotice",
    "Registration",
    "Reminder",
    "ReminderKind",
    "Room",
    "Speaker",
]
