"""Events as an editor leaves them, and registrations as the services do."""

from datetime import timedelta
from typing import cast

import factory
import wagtail_factories
from django.utils import timezone

from events.models import EventPage, Place, Registration, Room
from home.models import CampaignPage
from supporters.identity import person_key
from supporters.models import ActionState
from tests.factories.petitions import CampaignPageFactory, ConsentTextFactory


class EventPageFactory(wagtail_factories.PageFactory):
    """Three days from now, an hour long; ten seats."""

    title = factory.Sequence("Event {}".format)
    summary = "An hour about safety and the law."
    controller = "Example Campaign"
    consent_text = factory.SubFactory(ConsentTextFactory)
    parent = factory.LazyFunction(lambda: CampaignPage.objects.first() or CampaignPageFactory())
    starts_at = factory.LazyFunction(lambda: timezone.now().replace(microsecond=0) + timedelta(days=3))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=1))
    capacity = 10

    class Meta:
        model = EventPage


class RoomFactory(factory.django.DjangoModelFactory):
    page = factory.SubFactory(EventPageFactory)
    address = "https://rooms.example/lantern-7421"

    class Meta:
        model = Room


def make_registration(
    page: EventPage | None = None,
    *,
    place: str = Place.SEATED,
    email: str = "ada@example.org",
    **values: object,
) -> Registration:
    """A registration at ``place``, as the services would have left it."""
    page = page or cast("EventPage", EventPageFactory())
    now = timezone.now()
    confirmed, cancelled = place != Place.UNCONFIRMED, place == Place.CANCELLED
    state = ActionState.WITHDRAWN if cancelled else ActionState.CONFIRMED if confirmed else ActionState.PENDING
    return Registration.objects.create(
        **{
            "page": page,
            "person_key": None if cancelled else person_key(page_id=page.pk, address=email),
            "name": None if cancelled else "Guest 4821",
            "email": None if cancelled else email,
            "state": state,
            "confirmed_at": now if confirmed else None,
            "withdrawn_at": now if cancelled else None,
            "place": place,
            "queued_at": now if place in {Place.WAITING, Place.OFFERED} else None,
            "offered_until": now + timedelta(hours=4) if place == Place.OFFERED else None,
            "consent_text": page.consent_text,
            **values,
        }
    )
