"""Form fields for what a letter is made of: clean of what nobody can see, and never cut."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from mp_contacts.letter_parts import letter_parts
from supporters.typed import clean_text

ADDRESS_LENGTH: Final = 400  # characters
ADDRESS_LINES: Final = 8


class OneLineField(forms.CharField):
    """Text on one line, whatever line ends and invisible characters it was sent with."""

    def to_python(self, value: Any) -> str:
        return " ".join(clean_text(super().to_python(value) or "", keep_lines=True).split())


class LongTextField(forms.CharField):
    """Text of up to ``most`` characters.

    The browser is not told the limit: it would cut what is pasted, and say nothing.
    """

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.validators.append(MaxLengthValidator(most))

    def to_python(self, value: Any) -> str:
        lines = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return clean_text(lines, keep_lines=True)


class PostalAddressField(LongTextField):
    """A postal address without its postcode, a line each."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            most=ADDRESS_LENGTH,
            widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
            error_messages={
                "required": _("Enter your postal address: offices ask for it."),
                "max_length": _("Keep the address to %(limit_value)d characters or fewer."),
            },
            **options,
        )

    def clean(self, value: Any) -> str:
        lines = [" ".join(line.split()) for line in super().clean(value).split("\n")]
        address = "\n".join(filter(None, lines))
        if not address:
            return address
        if not any(character.isalpha() for character in address):
            raise ValidationError(_("Enter an address with a street or a town in it."), code="no_letter")
        if len(address.split("\n")) > ADDRESS_LINES:
            raise ValidationError(
                _("Keep the address to %(lines)d lines or fewer."), code="lines", params={"lines": ADDRESS_LINES}
            )
        if len(address.split()) < 2:
            raise ValidationError(_("Enter the house and the street as well as the town."), code="short")
        return address


def clean_letter(text: str) -> str:
    """``text`` if it says something between greeting and signature; raises ValidationError if not."""
    if not any(character.isalpha() for character in letter_parts(text).middle):
        raise ValidationError(_("Write something between the greeting and your name."), code="only_greeting")
    return text


def signed(text: str, *, name: str, signature_line: str) -> str:
    """``text`` with the writer's name below it, unless they have signed it themselves."""
    closing = letter_parts(text).closing
    if not closing:
        return f"{text}\n\n{signature_line}\n{name}"
    return text if "\n" in closing else f"{text}\n{name}"
