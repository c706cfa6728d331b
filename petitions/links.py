"""What the links in our mails lead to: confirm a signature, or withdraw it."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from petitions.emails import CONFIRM_LINK, WITHDRAW_LINK
from petitions.selectors import signature_by_id
from petitions.services import confirm_signature, withdraw_signature
from petitions.services.confirming import ConfirmOutcome
from supporters.links import LinkPage, register_purpose
from supporters.models import ActionState


class ConfirmSignature:
    """Shows what is about to be confirmed, so that nobody confirms a stranger's words."""

    name = CONFIRM_LINK

    def page(self, subject_id: UUID) -> LinkPage | None:
        signature = signature_by_id(subject_id)
        if signature is None or signature.state == ActionState.WITHDRAWN:
            return None
        return LinkPage(
            title=_("Confirm your signature"),
            template="petitions/links/confirm.html",
            context={"signature": signature, "petition": signature.petition.in_language(signature.language)},
            button=_("Confirm my signature"),
            language=signature.language,
        )

    def act(self, subject_id: UUID) -> str | None:
        outcome, page_id = confirm_signature(subject_id)
        if outcome is ConfirmOutcome.GONE:
            return None
        url_name = "petitions:thank_you" if outcome is ConfirmOutcome.CONFIRMED else "petitions:too_late"
        return reverse(url_name, args=[page_id])


class WithdrawSignature:
    """Takes a signature back. Works as long as the link does, before and after confirming."""

    name = WITHDRAW_LINK

    def page(self, subject_id: UUID) -> LinkPage | None:
        signature = signature_by_id(subject_id)
        if signature is None:
            return None
        return LinkPage(
            title=_("Take your signature back"),
            template="petitions/links/withdraw.html",
            context={"signature": signature, "petition": signature.petition.in_language(signature.language)},
            button=_("Take my signature back"),
            language=signature.language,
        )

    def act(self, subject_id: UUID) -> str | None:
        page_id = withdraw_signature(subject_id)
        return None if page_id is None else reverse("petitions:withdrawn", args=[page_id])


register_purpose(ConfirmSignature())
register_purpose(WithdrawSignature())
