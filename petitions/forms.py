"""The shape of a signature as it arrives from the public form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from petitions.models import ShownAs
from supporters.consent_boxes import ConsentBoxes
from supporters.typed import (
    NAME_LENGTH,
    UK_POSTCODE,
    UNITED_KINGDOM,
    AddressForm,
    CountryField,
    clean_name,
    clean_text,
)

COMMENT_LENGTH = 500


class SignatureForm(ConsentBoxes, AddressForm):
    """Everything a contactable petition asks for. Never required: consent, a comment, being shown."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter your name. It can be the name you are known by."),
            "max_length": _("Enter a name of %(limit_value)d characters or fewer."),
        },
    )
    country = CountryField(
        label=_("Where you live"),
        choices=lambda: countries,
        required=False,
        initial=UNITED_KINGDOM,
        error_messages={"invalid_choice": _("Choose a country from the list.")},
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=16,
        required=False,
        help_text=_("Needed if you live in the UK: it shows which MPs' voters are behind this. Never published."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"max_length": _("Enter a postcode of %(limit_value)d characters or fewer.")},
    )
    comment = forms.CharField(
        label=_("Why you are signing"),
        max_length=COMMENT_LENGTH,
        required=False,
        help_text=_(
            "Optional. Read by an organiser first. Leave out anything that could identify you or someone else."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Keep your comment to %(limit_value)d characters or fewer.")},
    )
    shown_as = forms.ChoiceField(
        label=_("How to show you beside your comment"),
        choices=ShownAs,
        required=False,
        initial=ShownAs.NOT_SHOWN,
        help_text=_("Nobody is shown unless they choose to be."),
        error_messages={"invalid_choice": _("Choose one of the listed ways to be shown.")},
    )
    field_order = ["name", "email", "country", "postcode", "comment", "shown_as"]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_comment(self) -> str:
        return clean_text(self.cleaned_data["comment"], keep_lines=True)

    def clean_country(self) -> str:
        return self.cleaned_data["country"] or UNITED_KINGDOM

    def clean_shown_as(self) -> str:
        return self.cleaned_data["shown_as"] or ShownAs.NOT_SHOWN

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "postcode" in cleaned and cleaned.get("country") == UNITED_KINGDOM:
            try:
                cleaned["postcode"] = UK_POSTCODE.clean(clean_text(cleaned["postcode"]))
            except ValidationError as error:
                self.add_error("postcode", error)
        elif "postcode" in cleaned:
            cleaned["postcode"] = clean_text(cleaned["postcode"])
        return cleaned
