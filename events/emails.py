"""The mails about one registration. They name no event by its title, no speaker and no campaign.

They may be read over a shoulder: what it is about stands behind the link.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.calendar import event_ics
from events.clock import zone_named
from events.mail_kinds import (
    ALREADY_REGISTERED_MAIL,
    CONFIRM_LINK,
    CONFIRM_MAIL,
    LAPSED_MAIL,
    MANAGE_LINK,
    OFFERED_MAIL,
    REGISTERED_MAIL,
    TAKE_LINK,
    WAITING_MAIL,
)
from events.models import Place, Registration
from events.selectors import place_in_line, registration_by_id
from supporters.links import mint_link
from supporters.mails import Mail, mail_writer
from supporters.models import ActionState, Message

CONFIRM_LIFETIME: Final = timedelta(days=7)
# As long as anything is kept about a registration; the event may be a year away.
MANAGE_LIFETIME: Final = timedelta(days=500)


@mail_writer(CONFIRM_MAIL, is_requested=True, says=_("The button to confirm a registration"))
def confirm_mail(message: Message) -> Mail | None:
    """Asks the owner of the address to confirm; nothing to do once they have, or have cancelled."""
    registration = registration_by_id(message.subject_id)
    if registration is None or registration.state != ActionState.PENDING:
        return None
    confirm_url = mint_link(purpose=CONFIRM_LINK, subject_id=registration.pk, lifetime=CONFIRM_LIFETIME)
    return event_mail("confirm", registration, confirm_url=confirm_url)


@mail_writer(ALREADY_REGISTERED_MAIL, is_requested=True, says=_("A note that a registration was confirmed already"))
def already_registered_mail(message: Message) -> Mail | None:
    """Leads somebody who registered twice to what they have."""
    return _of_a_confirmed("already_registered", message, *Place.values)


@mail_writer(REGISTERED_MAIL, is_requested=True, says=_("A note that a seat is taken"))
def registered_mail(message: Message) -> Mail | None:
    """Tells that there is a seat; not if it was given up meanwhile."""
    registration = registration_by_id(message.subject_id)
    entry = event_ics(registration.page_read, stamp=timezone.now()) if registration else b""
    return _of_a_confirmed("registered", message, Place.SEATED, calendar=entry)


@mail_writer(WAITING_MAIL, is_requested=True, says=_("A note about the waiting list"))
def waiting_mail(message: Message) -> Mail | None:
    """Tells where somebody is in the line; not if they have moved up meanwhile."""
    registration = registration_by_id(message.subject_id)
    place = place_in_line(registration) if registration else 0
    return _of_a_confirmed("waiting", message, Place.WAITING, place=place)


@mail_writer(OFFERED_MAIL, is_requested=True, says=_("An offer of a seat"))
def offered_mail(message: Message) -> Mail | None:
    """Offers a seat, with the button that takes it and until when."""
    registration = registration_by_id(message.subject_id)
    if registration is None or registration.place != Place.OFFERED or registration.offered_until is None:
        return None
    take_url = mint_link(
        purpose=TAKE_LINK,
        subject_id=registration.pk,
        lifetime=max(registration.offered_until - registration.page.starts_at, timedelta()) + timedelta(days=2),
    )
    until = in_their_zone(registration.offered_until, registration)
    return event_mail("offered", registration, take_url=take_url, until=until)


@mail_writer(LAPSED_MAIL, is_requested=True, says=_("A note that an offer has run out"))
def lapsed_mail(message: Message) -> Mail | None:
    """Tells that an offered seat went to somebody else."""
    return _of_a_confirmed("lapsed", message, Place.LAPSED)


def event_mail(template: str, registration: Registration, *, calendar: bytes = b"", **context: Any) -> Mail:
    """A mail about ``registration``, with the way to manage it and the time as they read it.

    ``template`` is the name of a folder below ``templates/emails/events/``; ``calendar`` is what goes into a calendar.
    """
    manage_url = mint_link(purpose=MANAGE_LINK, subject_id=registration.pk, lifetime=MANAGE_LIFETIME)
    page = registration.page_read
    return Mail(
        template=f"events/{template}",
        context={
            "title": page.mailed_title,
            "starts_at": page.local_start,
            "ends_at": page.local_end,
            "zone": page.time_zone,
            "their_start": in_their_zone(page.starts_at, registration),
            "manage_url": manage_url,
            **context,
        },
        language=registration.language,
        calendar=calendar,
    )


def in_their_zone(moment: datetime, registration: Registration) -> datetime:
    """``moment`` by the registrant's own clock, or by the event's where they did not tell."""
    zone: ZoneInfo | None = zone_named(registration.time_zone) if registration.time_zone else None
    return moment.astimezone(zone or registration.page.zone)


def _of_a_confirmed(
    template: str, message: Message, *places: str, calendar: bytes = b"", **context: Any
) -> Mail | None:
    registration = registration_by_id(message.subject_id)
    if registration is None or registration.state != ActionState.CONFIRMED or registration.place not in places:
        return None
    return event_mail(template, registration, calendar=calendar, **context)
