"""What the links in our mails lead to: confirm a letter, take it back, or read what came back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mp_contacts.mail_kinds import CONFIRM_LINK, RETURNED_LINK, WITHDRAW_LINK
from mp_contacts.returned import returned_letter, returned_page
from mp_contacts.selectors import letter_by_id
from mp_contacts.services import ConfirmOutcome, confirm_letter, withdraw_letter
from mp_contacts.services.forgetting import has_left
from supporters.links import LinkPage, register_purpose
from supporters.models import ActionState


class ConfirmLetter:
    """Shows the letter and who will get it, so that nobody confirms a stranger's words."""

    name = CONFIRM_LINK

    def page(self, subject_id: UUID) -> LinkPage | None:
        letter = letter_by_id(subject_id)
        if letter is None or letter.state == ActionState.WITHDRAWN:
            return None
        return LinkPage(
            title=_("Confirm your letter"),
            template="mp_contacts/links/confirm.html",
            context={"letter": letter, "is_confirmed": letter.state == ActionState.CONFIRMED},
            button=_("Confirm my letter"),
            language=letter.language,
        )

    def act(self, subject_id: UUID) -> str | None:
        outcome, page_id = confirm_letter(subject_id)
        if outcome is ConfirmOutcome.GONE:
            return None
        url_name = "mp_contacts:thank_you" if outcome is ConfirmOutcome.CONFIRMED else "mp_contacts:too_late"
        return reverse(url_name, args=[page_id])


class WithdrawLetter:
    """Takes a letter back, or forgets it here if it has left. Works as long as the link does."""

    name = WITHDRAW_LINK

    def page(self, subject_id: UUID) -> LinkPage | None:
        letter = letter_by_id(subject_id)
        if letter is None:
            return None
        return LinkPage(
            title=_("Take your letter back"),
            template="mp_contacts/links/withdraw.html",
            context={"letter": letter, "has_left": has_left(letter)},
            button=_("Delete my letter here") if has_left(letter) else _("Take my letter back"),
            language=letter.language,
        )

    def act(self, subject_id: UUID) -> str | None:
        page_id = withdraw_letter(subject_id)
        return None if page_id is None else reverse("mp_contacts:withdrawn", args=[page_id])


class ReturnedLetter:
    """A letter that was not delivered, to read, copy and print."""

    name = RETURNED_LINK
    url_name = "mp_contacts:returned"

    def show(self, request: HttpRequest, *, token: str, subject_id: UUID) -> HttpResponse | None:
        letter = returned_letter(subject_id)
        return returned_page(request, letter, token=token) if letter else None


register_purpose(ConfirmLetter())
register_purpose(WithdrawLetter())
register_purpose(ReturnedLetter())
