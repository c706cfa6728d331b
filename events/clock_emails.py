"""The mails about an event that nobody asked for at that moment: it is near, it moved, it is off, it is over."""

import json

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.calendar import event_ics
from events.emails import event_mail, in_their_zone
from events.mail_kinds import CANCELLED_MAIL, CHANGED_MAIL, REMINDER_MAIL, THANKS_MAIL
from events.models import Place, Registration, ReminderKind
from events.reminding import is_too_late
from events.selectors import registration_by_id
from events.telling import CONCERNED
from home.public_address import public_address
from supporters.mails import Mail, mail_writer
from supporters.models import ActionState, Message


@mail_writer(REMINDER_MAIL, is_requested=True, says=_("A reminder"))
def reminder_mail(message: Message) -> Mail | None:
    """Says that the event is near; not when it is too late for that, moved, or they gave their seat up."""
    registration = _still_seated(message)
    kind = _kind_of(message)
    if registration is None or kind is None or is_too_late(registration.page, kind, timezone.now()):
        return None
    return event_mail(f"reminder_{kind.value}", registration)


@mail_writer(THANKS_MAIL, is_requested=True, says=_("Thanks, with what there is to see"))
def thanks_mail(message: Message) -> Mail | None:
    """Says thanks, and where the recording and the next thing to do are."""
    registration = _still_seated(message)
    if registration is None:
        return None
    page = registration.page_read
    has_recording = bool(page.recording_url or page.recording_file_id)
    return event_mail("thanks", registration, page_url=public_address(page), has_recording=has_recording)


@mail_writer(CHANGED_MAIL, is_requested=True, says=_("A note that an event moved"))
def changed_mail(message: Message) -> Mail | None:
    """The old and the new time side by side, with the calendar entry that takes the place of the earlier one."""
    registration = _concerned(message)
    if registration is None or registration.page.is_cancelled:
        return None
    page = registration.page_read
    before = page.previous_starts_at
    return event_mail(
        "changed",
        registration,
        before=before.astimezone(page.zone) if before else None,
        their_before=in_their_zone(before, registration) if before else None,
        calendar=event_ics(page, method="PUBLISH", stamp=timezone.now()),
    )


@mail_writer(CANCELLED_MAIL, is_requested=True, says=_("A note that an event will not take place"))
def cancelled_mail(message: Message) -> Mail | None:
    """It will not take place; with the file that takes it out of the calendar."""
    registration = _concerned(message)
    if registration is None or not registration.page.is_cancelled:
        return None
    return event_mail(
        "cancelled", registration, calendar=event_ics(registration.page_read, method="CANCEL", stamp=timezone.now())
    )


def _concerned(message: Message) -> Registration | None:
    registration = registration_by_id(message.subject_id)
    if registration is None or registration.state != ActionState.CONFIRMED or registration.place not in CONCERNED:
        return None
    return registration


def _still_seated(message: Message) -> Registration | None:
    registration = _concerned(message)
    if registration is None or registration.place != Place.SEATED or registration.page.is_cancelled:
        return None
    # Of an event that moved there is another one.
    return registration if _body_of(message).get("sequence") == registration.page.sequence else None


def _kind_of(message: Message) -> ReminderKind | None:
    kind = _body_of(message).get("kind")
    return ReminderKind(kind) if kind in ReminderKind.values else None


def _body_of(message: Message) -> dict[str, object]:
    body: dict[str, object] = json.loads(message.body or "{}")
    return body
