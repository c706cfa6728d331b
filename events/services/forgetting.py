"""Cancelling a registration, and forgetting who made it."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from events.enrolling import give_up
from events.models import AccessNeeds, JoinUse, Place, ProviderPlace, Question, Registration
from events.places import give_places, locked_event, page_of
from supporters.models import ActionState, Link
from supporters.outbox import cancel_messages
from supporters.services.people import forget_if_unconnected

PERSON: Final[dict[str, Any]] = {"name": "", "email": "", "time_zone": "", "wants_updates": False, "ticked_texts": []}
"""Who registered, emptied; but for what ties registration and person together."""


@transaction.atomic
def cancel_registration(registration_id: UUID) -> int | None:
    """Give the place up, and forget who had it; the page's id, or None if there was nothing left.

    Whoever waits moves up at once. The row stays, empty, so that it is known how many cancelled.
    """
    with locked_event(page_of(registration_id)) as page:
        registration = _locked(registration_id)
        if registration is None or page is None:
            return None
        if registration.state == ActionState.WITHDRAWN:
            return page.pk
        supporter = registration.supporter
        registration.state, registration.withdrawn_at = ActionState.WITHDRAWN, Now()
        registration.place, registration.offered_until = Place.CANCELLED, None
        _forget(registration)
        registration.save()
        Link.objects.filter(subject_id=registration.pk).delete()
        if supporter is not None:
            forget_if_unconnected(supporter)
        give_places(page.pk)
        return page.pk


@transaction.atomic
def erase_registration(registration_id: UUID) -> None:
    """Forget who registered. What is to come is cancelled; what is over stays counted; what waits is deleted."""
    registration = Registration.objects.select_related("page").filter(pk=registration_id).first()
    if registration is None or registration.state == ActionState.WITHDRAWN:
        return
    if registration.state == ActionState.CONFIRMED and not registration.page.is_over:
        cancel_registration(registration_id)
        return
    Link.objects.filter(subject_id=registration_id).delete()
    if registration.state == ActionState.PENDING:
        cancel_messages(subject_id=registration_id)
        registration.delete()
        return
    _forget(registration)
    registration.save()


def forget_all_of(registration_ids: list[UUID]) -> None:
    """Delete what hangs on registrations: needs, questions, links, what a provider knows them by."""
    for model in (AccessNeeds, Question, ProviderPlace, JoinUse):
        model._default_manager.filter(registration__in=registration_ids).delete()
    Link.objects.filter(subject_id__in=registration_ids).delete()


def _forget(registration: Registration) -> None:
    """Empty everything personal, unsaved, and take back what waits to be mailed."""
    cancel_messages(subject_id=registration.pk)
    give_up([registration.pk])
    for model in (AccessNeeds, Question, JoinUse):
        model._default_manager.filter(registration=registration).delete()
    registration.person_key = None
    registration.supporter = None
    for name, value in PERSON.items():
        setattr(registration, name, value)


def _locked(registration_id: UUID) -> Registration | None:
    return Registration.objects.select_for_update(of=("self",)).filter(pk=registration_id).first()
