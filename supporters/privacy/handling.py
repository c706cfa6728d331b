"""From what was posted to what the page then says. One handler for each thing that can be done there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from supporters.models import PrivacyVisit, Purpose
from supporters.privacy.answers import current_wording
from supporters.privacy.changing import (
    agree,
    correct_details,
    never_write_again,
    stop_everything,
    take_back_act,
    take_back_agreement,
)
from supporters.privacy.forms import AgreementForm, CorrectionForm, ErasureForm
from supporters.privacy.held import record_of


@dataclass(frozen=True)
class Outcome:
    """What the page says after an act: a ``notice``, or the one form that came back with mistakes in it."""

    notice: str = ""
    wrong: dict[str, forms.Form] = field(default_factory=dict)


Handler = Callable[[PrivacyVisit, QueryDict], Outcome]


def correct(visit: PrivacyVisit, posted: QueryDict) -> Outcome:
    form = CorrectionForm(posted)
    if not form.is_valid():
        return Outcome(wrong={"correct": form})
    details: dict[str, Any] = form.cleaned_data
    if not correct_details(address=visit.email, **details):
        return _no_record()
    return Outcome(_("Your details are changed. They now stand as you see them below."))


def consent(visit: PrivacyVisit, posted: QueryDict) -> Outcome:
    purpose = posted.get("purpose", "")
    record = record_of(visit.email)
    if purpose not in Purpose.values or record is None or record.merged_into_id is not None:
        return _no_record()
    text = current_wording(purpose=purpose, language=visit.language, own=record)
    if text is None:
        return Outcome(_("Nobody asks for this at the moment, so nothing was changed."))
    form = AgreementForm(posted, text=text)
    if not form.is_valid():
        return Outcome(wrong={f"agree_{purpose}": form})
    if not agree(address=visit.email, text=text):
        return _no_record()
    return Outcome(
        _("Thank you. Your yes is written down, with the words you agreed to. You can take it back any time.")
    )


def take_back_consent(visit: PrivacyVisit, posted: QueryDict) -> Outcome:
    purpose = posted.get("purpose", "")
    if purpose not in Purpose.values or not take_back_agreement(address=visit.email, purpose=purpose):
        return _no_record()
    return Outcome(_("Your no is written down, and counts from this moment."))


def unsubscribe(visit: PrivacyVisit, posted: QueryDict) -> Outcome:
    stop_everything(address=visit.email)
    return Outcome(
        _(
            "You are unsubscribed from everything. We write to you only if you do something here that needs "
            "a mail, such as asking for this page."
        )
    )


def block(visit: PrivacyVisit, posted: QueryDict) -> Outcome:
    never_write_again(address=visit.email)
    return Outcome(_("From now on, no mail of any kind goes to this address again, not even a link to this page."))


def withdraw(visit: PrivacyVisit, posted: QueryDict) -> Outcome:
    if take_back_act(address=visit.email, reference=posted.get("what", "")):
        return Outcome(_("It is taken back. What you typed for it is deleted, and it no longer counts."))
    return Outcome(_("There is nothing left of it to take back."))


def refuse_to_erase(visit: PrivacyVisit, posted: QueryDict) -> Outcome:
    """Erasing was asked for without the tick."""
    form = ErasureForm(posted)
    form.is_valid()
    return Outcome(wrong={"erase": form})


HANDLERS: dict[str, Handler] = {
    "correct": correct,
    "agree": consent,
    "disagree": take_back_consent,
    "unsubscribe": unsubscribe,
    "block": block,
    "withdraw": withdraw,
    "erase": refuse_to_erase,
}


def _no_record() -> Outcome:
    return Outcome(_("There is no record under this address any more, so nothing was changed."))
