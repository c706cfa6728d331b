"""What is printed, as it arrives from the page people write on."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mp_contacts.exports.documents import LetterSheet, envelope_name
from mp_contacts.models import Constituency
from mp_contacts.selectors import Obstacle, member_of, obstacle_to, seat_by_code
from supporters.typed import NAME_LENGTH

BODY_LENGTH: Final = 10_000  # characters
CODE: Final = re.compile(r"[ENSWX]\d{8}")
NOBODY_THERE: Final = {
    Obstacle.DISSOLVED: _("Parliament is dissolved, so there are no MPs to write to until the election is over."),
    Obstacle.VACANT: _("This seat has no MP at the moment. You can write as soon as somebody is elected."),
}


def _seats() -> Iterator[tuple[str, str]]:
    yield "", gettext("Choose your constituency")
    yield from Constituency.objects.values_list("code", "name")


class PrintForm(forms.Form):
    """A letter to print. Name and address may stay empty: people can write them by hand."""

    constituency = forms.CharField(
        label=_("Your constituency"),
        widget=forms.Select(choices=CallableChoiceIterator(_seats)),
        error_messages={"required": _("Choose your constituency.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Enter a name of %(limit_value)d characters or fewer.")},
    )
    address = forms.CharField(
        label=_("Your postal address"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        error_messages={"max_length": _("Keep the address to %(limit_value)d characters or fewer.")},
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=16,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"max_length": _("Enter a postcode of %(limit_value)d characters or fewer.")},
    )
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Keep the subject to %(limit_value)d characters or fewer.")},
    )
    own_subject = forms.CharField(
        label=_("Or a subject in your own words"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Keep the subject to %(limit_value)d characters or fewer.")},
    )
    body = forms.CharField(
        label=_("Your letter"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={
            "required": _("Write your letter first."),
            "max_length": _("Keep your letter to 10,000 characters or fewer."),
        },
    )

    def clean_constituency(self) -> Constituency:
        code = self.cleaned_data["constituency"]
        seat = seat_by_code(code) if CODE.fullmatch(code) else None
        if seat is None:
            raise ValidationError(_("Choose your constituency from the list."))
        obstacle = obstacle_to(member_of(seat))
        if obstacle in NOBODY_THERE:
            raise ValidationError(NOBODY_THERE[obstacle])
        return seat

    def sheet(self, language: str) -> LetterSheet:
        """What was typed, ready to be set; only for a form that is valid."""
        typed: dict[str, Any] = self.cleaned_data
        return LetterSheet(
            member_name=envelope_name(typed["constituency"].member),
            subject=typed["own_subject"] or typed["subject"],
            body=typed["body"],
            writer_name=typed["name"],
            address=typed["address"],
            postcode=typed["postcode"],
            language=language,
        )
