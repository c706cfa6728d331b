"""What organisers do with a whole event: call it off, and set another date for the same."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from wagtail.coreutils import find_available_slug

from events.models import EventPage, EventStatus, Registration
from events.places import locked_event
from events.services.forgetting import cancel_registration
from supporters.audit import record_audit
from supporters.models import ActionState

LONGEST_NOTE = 300  # characters, as the field holds


@transaction.atomic
def cancel_for_somebody(registration_id: UUID, *, by: AbstractUser) -> bool:
    """Cancel in somebody's place: who they are is forgotten, and the seat goes on. False when it was cancelled already.

    They are not written to: nothing is kept by which they could be.
    """
    registration = Registration.objects.select_related("page").filter(pk=registration_id).first()
    if registration is None or registration.state == ActionState.WITHDRAWN:
        return False
    if cancel_registration(registration_id) is None:
        return False
    _audit(by, "cancel_registrant", f"{registration}: {registration.page.title}", count=1)
    return True


@transaction.atomic
def cancel_event(page_id: int, *, by: AbstractUser, note: str) -> bool:
    """Call an event off, with the reason everybody reads. A job then tells each of those registered, once.

    What an editor has not published yet stays so. False when it is not published, was called off already, or is over.
    """
    with locked_event(page_id) as page:
        if page is None or not page.live or page.is_cancelled or page.is_over:
            return False
        draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
        _call_off(page, note)
        page.save_revision(user=by).publish(user=by)
        if draft is not None:
            _call_off(draft, note)
            draft.save_revision(user=by)
        _audit(by, "cancel_event", page.title, count=page.registrations.filter(state=ActionState.CONFIRMED).count())
        return True


@transaction.atomic
def duplicate_event(page: EventPage, *, title: str, starts_at: datetime, by: AbstractUser) -> EventPage:
    """An unpublished copy of ``page`` for another date, as long as this one: its words, and nothing of its people.

    Room, registrations and what came of the event stay behind; the copy has a calendar entry of its own.
    """
    parent = page.get_parent()
    fresh: dict[str, Any] = {
        "title": title,
        "draft_title": title,
        "slug": find_available_slug(parent, page.slug),
        "starts_at": starts_at,
        "ends_at": starts_at + page.duration,
        "status": EventStatus.SCHEDULED,
        "status_note": "",
        "opens_at": None,
        "closes_at": None,
        "recording_url": "",
        "recording_file": None,
        "transcript": "",
        "report": [],
    }
    copy: EventPage = page.copy(update_attrs=fresh, copy_revisions=False, keep_live=False, user=by)
    return copy


def _call_off(page: EventPage, note: str) -> None:
    page.status, page.status_note = EventStatus.CANCELLED, note


def _audit(by: AbstractUser, action: str, subject: str, *, count: int) -> None:
    record_audit(actor=by, action=action, subject=subject, count=count)
