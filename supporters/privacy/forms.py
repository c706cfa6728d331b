"""The forms of the privacy page. None of them saves anything."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from supporters.models import ConsentText, Supporter
from supporters.typed import (
    NAME_LENGTH,
    UK_POSTCODE,
    UNITED_KINGDOM,
    AddressField,
    CountryField,
    clean_name,
    clean_phone,
    clean_text,
)


class AskForm(forms.Form):
    """Whose link to send."""

    email = AddressField(help_text=_("The one you signed or wrote to us with. We send the link there, if anywhere."))


class CorrectionForm(forms.Form):
    """Somebody's details, as they want them. What is left empty is deleted."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Enter a name of %(limit_value)d characters or fewer.")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"max_length": _("Enter a number of %(limit_value)d characters or fewer.")},
    )
    country = CountryField(
        label=_("Where you live"),
        choices=lambda: [("", _("Not saying")), *countries],
        required=False,
        error_messages={"invalid_choice": _("Choose a country from the list.")},
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=16,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"max_length": _("Enter a postcode of %(limit_value)d characters or fewer.")},
    )
    language = forms.ChoiceField(
        label=_("Language we write in"),
        choices=settings.LANGUAGES,
        error_messages={
            "required": _("Choose a language from the list."),
            "invalid_choice": _("Choose a language from the list."),
        },
    )

    def __init__(self, data: Any = None, *, record: Supporter | None = None) -> None:
        initial = {name: getattr(record, name) for name in self.base_fields} if record else None
        super().__init__(data, initial=initial, auto_id="correct_%s")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        return clean_name(name) if name else ""

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        return clean_phone(phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        postcode = clean_text(cleaned.get("postcode", ""))
        if "postcode" in cleaned and postcode and cleaned.get("country") in {UNITED_KINGDOM, ""}:
            try:
                postcode = UK_POSTCODE.clean(postcode)
            except ValidationError as error:
                self.add_error("postcode", error)
        if "postcode" in cleaned:
            cleaned["postcode"] = postcode
        return cleaned


class AgreementForm(forms.Form):
    """One unticked box, with the exact words beside it."""

    agree = forms.BooleanField(error_messages={"required": _("Tick the box if you agree to the words beside it.")})
    # Which words stood there; the page may stay open while an organiser publishes others.
    wording = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, text: ConsentText) -> None:
        super().__init__(data, initial={"wording": text.pk}, auto_id=f"agree_{text.purpose}_%s")
        self.fields["agree"].label = text.wording
        self.text = text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("agree") and cleaned.get("wording") != self.text.pk:
            self.add_error("agree", _("The words beside this box have changed. Tick it again if you agree to them."))
            # A yes to other words is no yes to these: the box comes back empty, under the new ones.
            self.data = {"wording": str(self.text.pk)}
        return cleaned


class ErasureForm(forms.Form):
    """Asks once more, because nothing brings it back."""

    sure = forms.BooleanField(
        label=_("Yes, erase everything about me. I know that it cannot be brought back."),
        error_messages={"required": _("Tick the box if you are sure. Nothing has been erased.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="erase_%s")
