"""What the people's side of the house needs to know about letters; see supporters.action_kinds."""

from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mp_contacts.models import Letter, LetterStage
from mp_contacts.selectors import letters_of_address
from mp_contacts.services import erase_letter, withdraw_letter
from mp_contacts.services.forgetting import has_left
from supporters.action_kinds import register_action_kind
from supporters.models import Action


class Writing:
    """A letter to one's own member of Parliament."""

    name = "letter"
    label = gettext_noop("Wrote to their MP")
    model: type[Action] = Letter
    page_field = "page"

    def of_address(self, address: str) -> QuerySet[Action]:
        """As supporters.action_kinds.ActionKind says."""
        return cast("QuerySet[Action]", letters_of_address(address))

    def details(self, action: Action) -> dict[str, str]:
        """To whom, in what words, under which name and address, and how far it came."""
        letter = cast("Letter", action)
        details = {
            gettext_noop("To"): letter.member.name,
            gettext_noop("Name"): letter.name,
            gettext_noop("Postal address"): letter.address,
            gettext_noop("Postcode"): letter.postcode,
            gettext_noop("Subject"): letter.subject,
            gettext_noop("Letter"): letter.body,
            gettext_noop("It is"): str(LetterStage(letter.stage).label),
            gettext_noop("Taking it back"): _("The office has it. Only our copy can be deleted.")
            if has_left(letter)
            else "",
        }
        return {label: value for label, value in details.items() if value}

    def withdraw(self, action_id: UUID) -> None:
        """Take the letter back if it has not left, and forget it here if it has."""
        withdraw_letter(action_id)

    def erase(self, action_id: UUID) -> None:
        """Forget the writer: the total stays as it is."""
        erase_letter(action_id)


register_action_kind(Writing())
