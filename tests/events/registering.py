"""Registering as the form does."""

from typing import cast

from events.models import EventPage, Registration
from events.selectors import EventTerms, event_terms
from events.services import RegistrationDraft, confirm_registration, register
from tests.factories.events import EventPageFactory


def terms_of(page: EventPage) -> EventTerms:
    terms = event_terms(page.pk)
    assert terms is not None
    return terms


def draft_for(page: EventPage | None = None, **typed: object) -> RegistrationDraft:
    page = page or cast("EventPage", EventPageFactory())
    values: dict[str, object] = {
        "terms": terms_of(page),
        "email": "ada@example.org",
        "network": "192.0.2.0",
        "name": "Guest 4821",
        **typed,
    }
    return RegistrationDraft(**values)  # type: ignore[arg-type]


def registered(draft: RegistrationDraft) -> Registration:
    """The registration that ``draft`` becomes, not confirmed."""
    register(draft)
    return Registration.objects.get(pk=draft.id)


def confirmed(draft: RegistrationDraft) -> Registration:
    registration = registered(draft)
    confirm_registration(registration.pk)
    registration.refresh_from_db()
    return registration


def people(page: EventPage, number: int, **typed: object) -> list[Registration]:
    """So many who have confirmed, one after the other."""
    return [
        confirmed(draft_for(page, email=f"p{which}@example.org", network=f"198.51.{which}.0", **typed))
        for which in range(number)
    ]


def places_of(page: EventPage) -> list[str]:
    """Where everybody stands, in the order in which they registered."""
    return list(page.registrations.order_by("created_at", "pk").values_list("place", flat=True))
