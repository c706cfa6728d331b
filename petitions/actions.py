"""What the people's side of the house needs to know about signatures; see supporters.action_kinds."""

from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop
from django_countries import countries

from petitions.models import CommentState, ShownAs, Signature
from petitions.overview import signatures_of_address
from petitions.services import erase_signature, withdraw_signature
from supporters.action_kinds import register_action_kind
from supporters.models import Action


class Signing:
    """A name put to a petition."""

    name = "signature"
    label = gettext_noop("Signed")
    model: type[Action] = Signature
    page_field = "petition"

    def of_address(self, address: str) -> QuerySet[Action]:
        """As supporters.action_kinds.ActionKind says. A count-only petition that closed cannot be traced any more."""
        return cast("QuerySet[Action]", signatures_of_address(address))

    def details(self, action: Action) -> dict[str, str]:
        """The name signed with and, where given, the comment and how to be shown."""
        signature = cast("Signature", action)
        details = {
            gettext_noop("Name"): signature.name,
            gettext_noop("Postcode"): signature.postcode,
            gettext_noop("Country"): countries.name(signature.country),
        }
        if signature.comment_state != CommentState.NONE:
            details |= {
                gettext_noop("Comment"): signature.comment,
                gettext_noop("Comment is"): str(CommentState(signature.comment_state).label),
                gettext_noop("Shown as"): str(ShownAs(signature.shown_as).label),
            }
        return {label: value for label, value in details.items() if value}

    def withdraw(self, action_id: UUID) -> None:
        """Take the signature back: the total goes down by one."""
        withdraw_signature(action_id)

    def erase(self, action_id: UUID) -> None:
        """Forget the signer: the total stays as it is."""
        erase_signature(action_id)


register_action_kind(Signing())
