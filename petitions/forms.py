"""The shape of a signature as it arrives from the public form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
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
        label="Your name",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "Enter your name. It can be the name you are known by.",
            "max_length": f"Enter a name of {NAME_LENGTH} characters or fewer.",
        },
    )
    country = CountryField(
        label="Where you live",
        choices=lambda: countries,
        required=False,
        initial=UNITED_KINGDOM,
        error_messages={"invalid_choice": "Choose a country from the list."},
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=16,
        required=False,
        help_text="Needed if you live in the UK: it shows which MPs' voters are behind this. Never published.",
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"max_length": "Enter a postcode of 16 characters or fewer."},
    )
    comment = forms.CharField(
        label="Why you are signing",
        max_length=COMMENT_LENGTH,
        required=False,
        help_text="Optional. Read by an organiser first. Leave out anything that could identify you or someone else.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Keep your comment to {COMMENT_LENGTH} characters or fewer."},
    )
    shown_as = forms.ChoiceField(
        label="How to show you beside your comment",
        choices=ShownAs,
        required=False,
        initial=ShownAs.NOT_SHOWN,
        help_text="Nobody is shown unless they choose to be.",
        error_messages={"invalid_choice": "Choose one of the listed ways to be shown."},
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
