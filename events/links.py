"""What the links in our mails lead to: confirm a registration, and take a seat that was offered."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.mail_kinds import CONFIRM_LINK, TAKE_LINK
from events.models import Place
from events.selectors import registration_by_id
from events.services import ConfirmOutcome, TakeOutcome, confirm_registration, take_offer
from supporters.links import LinkPage, register_purpose
from supporters.models import ActionState


class ConfirmRegistration:
    """Shows what they are about to register for."""

    name = CONFIRM_LINK

    def page(self, subject_id: UUID) -> LinkPage | None:
        registration = registration_by_id(subject_id)
        if registration is None or registration.state == ActionState.WITHDRAWN:
            return None
        return LinkPage(
            title=_("Confirm your registration"),
            template="events/links/confirm.html",
            context={
                "registration": registration,
                "page": registration.page_read,
                "is_confirmed": registration.state == ActionState.CONFIRMED,
            },
            button=_("Confirm my registration"),
            language=registration.language,
        )

    def act(self, subject_id: UUID) -> str | None:
        outcome, _page_id = confirm_registration(subject_id)
        registration = registration_by_id(subject_id)
        if outcome is ConfirmOutcome.GONE or registration is None:
            return None
        url_name = "events:thank_you" if outcome is ConfirmOutcome.CONFIRMED else "events:too_late"
        return reverse(url_name, args=[registration.page_read.pk])


class TakeSeat:
    """Takes the seat that was offered, for as long as it is kept."""

    name = TAKE_LINK

    def page(self, subject_id: UUID) -> LinkPage | None:
        registration = registration_by_id(subject_id)
        if registration is None or registration.state != ActionState.CONFIRMED:
            return None
        return LinkPage(
            title=_("A seat is free for you"),
            template="events/links/take.html",
            context={
                "registration": registration,
                "page": registration.page_read,
                "is_offered": registration.place == Place.OFFERED,
            },
            button=_("Take the seat"),
            language=registration.language,
        )

    def act(self, subject_id: UUID) -> str | None:
        outcome, _page_id = take_offer(subject_id)
        registration = registration_by_id(subject_id)
        if outcome is TakeOutcome.GONE or registration is None:
            return None
        url_name = "events:thank_you" if outcome is TakeOutcome.TAKEN else "events:too_late"
        return reverse(url_name, args=[registration.page_read.pk])


register_purpose(ConfirmRegistration())
register_purpose(TakeSeat())
