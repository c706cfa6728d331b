"""What people type into public forms, made clean: names, addresses, postcodes, telephone numbers."""

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from localflavor.gb.forms import GBPostcodeField

from supporters.identity import deliverable_address
from supporters.phones import normalise_phone

NAME_LENGTH: Final = 100
UNITED_KINGDOM: Final = "GB"

# A name that carries an address or a link would make our mails and lists a billboard.
LOOKS_LIKE_LINK: Final = re.compile(
    r"@|://|\bwww\.|\b[\w-]+\.(?:com|net|org|info|biz|co|io|ru|xyz|link|top)\b", re.IGNORECASE
)

# Invisible characters that do belong in text: joiners (Persian names, joined emoji).
JOINERS: Final = "\u200c\u200d"
INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs"})

UK_POSTCODE: Final = GBPostcodeField(
    error_messages={
        "required": _("Enter your postcode, or choose the country you live in."),
        "invalid": _("Enter a full UK postcode, like SW1A 1AA."),
    }
)


def clean_text(text: str, *, keep_lines: bool = False) -> str:
    """``text`` in NFC without control, bidirectional-override and other invisible characters."""
    kept_always = JOINERS + "\n" if keep_lines else JOINERS
    return "".join(
        character
        for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if character in kept_always or unicodedata.category(character) not in INVISIBLE
    ).strip()


def clean_name(text: str) -> str:
    """A person's name on one line; raises ValidationError for what is none."""
    name = " ".join(clean_text(text).split())
    if not any(character.isalpha() for character in name):
        raise ValidationError(_("Enter a name with at least one letter."), code="no_letter")
    if LOOKS_LIKE_LINK.search(name):
        raise ValidationError(_("Enter a name without a link or an e-mail address in it."), code="link")
    return name


def clean_phone(text: str) -> str:
    """A telephone number as supporters.phones writes it; raises ValidationError for what is none."""
    try:
        return normalise_phone(clean_text(text))
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from None


class AddressField(forms.EmailField):
    """An e-mail address, as mail is sent to it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
            error_messages={
                "required": _("Enter your e-mail address."),
                "invalid": _("Enter an e-mail address like name@example.org."),
                "max_length": _("This e-mail address is too long. Use one of %(limit_value)d characters or fewer."),
            },
            **{"label": _("Your e-mail address"), **options},
        )

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if not address:
            return ""
        try:
            return deliverable_address(address)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class AddressForm(forms.Form):
    """Just an e-mail address: for asking again for the confirmation mail, and the least that any action asks."""

    email = AddressField(help_text=_("We send one mail there, with a button to confirm."))


class CountryField(forms.ChoiceField):
    """Any country by its ISO 3166-1 code; checked without drawing up the list of 249 names again."""

    def valid_value(self, value: str) -> bool:
        return value in countries.countries
