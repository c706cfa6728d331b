"""An event as search engines read it: https://schema.org/Event. Never the address of a room, nor a pseudonym."""

import json
from typing import Any, Final

from events.models import EventPage, EventStatus
from home.public_address import public_address

STATUSES: Final = {
    EventStatus.SCHEDULED: "EventScheduled",
    EventStatus.MOVED: "EventRescheduled",
    EventStatus.CANCELLED: "EventCancelled",
}
# What would end the element, or begin another, written so that it cannot: as Django's json_script does.
ESCAPED: Final = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def event_data(page: EventPage) -> dict[str, Any]:
    """The properties search engines ask for; speakers only under a name of their own."""
    schema = "https://schema.org/"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "url": public_address(page),
        "startDate": page.local_start.isoformat(),
        "endDate": page.local_end.isoformat(),
        "eventStatus": schema + STATUSES[EventStatus(page.status)],
        "eventAttendanceMode": f"{schema}OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": public_address(page)},
        "organizer": {"@type": "Organization", "name": page.controller},
        "isAccessibleForFree": True,
        "inLanguage": page.locale.language_code,
    }
    if page.status == EventStatus.MOVED and page.previous_starts_at:
        data["previousStartDate"] = page.previous_starts_at.astimezone(page.zone).isoformat()
    performers = [
        {"@type": "Person", "name": speaker.name} for speaker in page.speakers.all() if not speaker.is_pseudonym
    ]
    if performers:
        data["performer"] = performers
    return data


def as_json(data: dict[str, Any]) -> str:
    """``data`` as JSON that can stand inside a script element, whatever anybody typed into it."""
    return json.dumps(data, ensure_ascii=False).translate(ESCAPED)
