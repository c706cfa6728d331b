"""What is forgotten about people who registered, and when: rules of supporters.retention, carried out hourly.

Whatever happens to a row, it stays in the total.
"""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop

from events.counting import count_registrations
from events.mail_kinds import CONFIRM_LINK
from events.models import AccessNeeds, AttendancePress, EventPage, JoinUse, ProviderPlace, Question, Registration, Room
from supporters.models import ActionState, Link, Message, MessageState
from supporters.retention import retention_rule

# A day longer than the link that confirms, so that nothing is deleted under somebody's finger.
UNCONFIRMED_LIFETIME: Final = timedelta(days=8)
NEEDS_AFTER_END: Final = timedelta(days=1)
PERSON_AFTER_END: Final = timedelta(days=7)

PERSON: Final = tuple(f"events.Registration.{name}" for name in ("name", "email", "postcode", "person_key"))
NO_PERSON: Final[dict[str, Any]] = {
    "supporter": None,
    "person_key": None,
    "name": None,
    "email": None,
    "time_zone": "",
    "wants_updates": False,
    "ticked_texts": [],
}


@retention_rule(
    "events.unconfirmed",
    what=gettext_noop("What you typed to register for an event"),
    fields=PERSON,
    until=gettext_noop("8 days have passed, if a registration is not confirmed"),
)
def forget_unconfirmed() -> int:
    """Delete registrations that were not confirmed while the link was good."""
    about_it = {"subject_id": OuterRef("pk")}
    deleted, _ = (
        Registration.objects.filter(state=ActionState.PENDING, created_at__lt=Now() - UNCONFIRMED_LIFETIME)
        .exclude(Exists(Link.objects.filter(**about_it, purpose=CONFIRM_LINK, expires_at__gt=Now())))
        .exclude(Exists(Message.objects.filter(**about_it, state=MessageState.QUEUED)))
        .delete()
    )
    return deleted


@retention_rule(
    "events.needs",
    what=gettext_noop("What you need so that you can take part in an event"),
    fields=("events.AccessNeeds.text",),
    until=gettext_noop("a day after the event"),
)
def forget_needs() -> int:
    """What somebody needs because of their health goes first."""
    deleted, _ = AccessNeeds.objects.filter(page__in=_over_for(NEEDS_AFTER_END)).delete()
    return deleted


@retention_rule(
    "events.people",
    what=gettext_noop("Your name and e-mail address at an event, what you asked, and your own link to the room"),
    fields=(*PERSON, "events.Question.text", "events.ProviderPlace.join_url"),
    until=gettext_noop("7 days after the event"),
)
def forget_people() -> int:
    """Wipe who registered, what they asked and what a provider knew them by; that somebody came stays counted."""
    over = _over_for(PERSON_AFTER_END)
    left = Q(person_key__isnull=False) | Q(email__isnull=False) | Q(name__isnull=False) | Q(supporter__isnull=False)
    registrations = Registration.objects.filter(left, page__in=over)
    wiped = registrations.filter(state=ActionState.CONFIRMED).update(**NO_PERSON)
    deleted, _ = registrations.filter(state=ActionState.PENDING).delete()
    for model in (ProviderPlace, JoinUse):
        gone, _ = model._default_manager.filter(registration__page__in=over).delete()
        deleted += gone
    gone, _ = Question.objects.filter(page__in=over).delete()
    return wiped + deleted + gone


@retention_rule(
    "events.rooms",
    what=gettext_noop("Where the room of an online event is"),
    fields=("events.Room.address", "events.Room.fallback_address", "events.Room.dial_in"),
    until=gettext_noop("30 days after the event"),
)
def forget_rooms() -> int:
    """A room may be used again for something else: its address goes with the event."""
    deleted, _ = Room.objects.filter(page__in=_over_for(timedelta(days=30))).delete()
    return deleted


@retention_rule(
    "events.presses",
    what=gettext_noop("That a device pressed the button to join an event"),
    fields=("events.AttendancePress.hash",),
    until=gettext_noop("the day after, or the day after that"),
)
def forget_presses() -> int:
    """The count of who came stays; what kept one press from counting twice goes, as does the key it was made with."""
    count_registrations()
    deleted, _ = AttendancePress.objects.filter(pressed_on__lt=timezone.localdate() - timedelta(days=1)).delete()
    return deleted


def _over_for(time: timedelta) -> QuerySet[EventPage]:
    return EventPage.objects.filter(ends_at__lt=Now() - time)
