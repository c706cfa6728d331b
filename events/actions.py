"""What the people's side of the house needs to know about registrations; see supporters.action_kinds."""

import json
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from events.models import AccessNeeds, Place, Question, Registration
from events.selectors import registrations_of_address
from events.services import cancel_registration, erase_registration
from supporters.action_kinds import register_action_kind
from supporters.models import Action


class Registering:
    """A place at an event."""

    name = "registration"
    label = gettext_noop("Registered")
    model: type[Action] = Registration
    page_field = "page"

    def of_address(self, address: str) -> QuerySet[Action]:
        """As supporters.action_kinds.ActionKind says."""
        return cast("QuerySet[Action]", registrations_of_address(address))

    def details(self, action: Action) -> dict[str, str]:
        """Under which name, for how many, what they need and what they ask, and where they stand."""
        registration = cast("Registration", action)
        needs = AccessNeeds.objects.filter(registration=registration).first()
        question = Question.objects.filter(registration=registration).first()
        details = {
            gettext_noop("Name shown"): registration.name,
            gettext_noop("Seats"): str(registration.seats) if registration.seats > 1 else "",
            gettext_noop("Access needs"): needs_in_words(needs.text) if needs else "",
            gettext_noop("Question"): question.text if question else "",
            gettext_noop("It is"): str(Place(registration.place).label),
        }
        return {label: value for label, value in details.items() if value}

    def withdraw(self, action_id: UUID) -> None:
        """Cancel; the seat goes to whoever waits."""
        cancel_registration(action_id)

    def erase(self, action_id: UUID) -> None:
        """Forget who registered. What is to come is cancelled by it."""
        erase_registration(action_id)


def needs_in_words(text: str) -> str:
    """What the JSON of AccessNeeds says: ``{"choices": […], "text": "…"}``; as it stands where it is none."""
    try:
        needs = json.loads(text)
    except ValueError:
        return text
    return "; ".join(filter(None, [*needs.get("choices", []), needs.get("text", "")]))


register_action_kind(Registering())
