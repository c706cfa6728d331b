"""The shape of what arrives from an event's form, and from the page on which somebody changes what they sent."""

import secrets
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.access_needs import Need, pack_needs, unpack_needs
from events.clock import zone_named
from supporters.consent_boxes import AskedConsent, ConsentBoxes
from supporters.typed import NAME_LENGTH, AddressField, clean_name, clean_text

LONGEST_TEXT: Final = 600  # characters
GUEST_NUMBERS: Final = 9000
TIME_ZONE_LENGTH: Final = 60


def neutral_name() -> str:
    """A name for somebody who gave none, such as "Guest 4821". Two may get the same one; it identifies nobody."""
    return gettext("Guest %(number)d") % {"number": 1000 + secrets.randbelow(GUEST_NUMBERS)}


class OwnWordsField(forms.CharField):
    """A few lines, never required. The browser is not told the limit: it would cut what is pasted, and say nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"max_length": _("Keep this to %(limit_value)d characters or fewer.")},
            **options,
        )
        self.validators.append(MaxLengthValidator(LONGEST_TEXT))

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "", keep_lines=True)


class PlaceForm(forms.Form):
    """What can be changed later: the name shown, how many come, what they need and what they ask."""

    name = forms.CharField(
        label=_("Name to be shown"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_(
            "Any name you like to go by; it need not be your own. Leave it empty and you are “Guest” with a number."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"max_length": _("Enter a name of %(limit_value)d characters or fewer.")},
    )
    seats = forms.IntegerField(
        label=_("How many people"),
        min_value=1,
        initial=1,
        required=False,
        help_text=_("Yourself included."),
        error_messages={"invalid": _("Enter a whole number."), "min_value": _("Enter 1 or more.")},
    )
    needs = forms.MultipleChoiceField(
        label=_("What you need to take part"),
        choices=Need,
        required=False,
        help_text=_("Read only by those who arrange it, and deleted a day after the event."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list, or say it in your own words below.")},
    )
    needs_text = OwnWordsField(label=_("Anything else you need"), help_text=_("Optional."))
    question = OwnWordsField(
        label=_("A question for the speakers"),
        help_text=_(
            "Optional. An organiser reads it first. Leave out anything that could identify you or someone else."
        ),
    )

    def limit_to(self, *, most_seats: int, asks_access_needs: bool, asks_questions: bool) -> None:
        """Ask only for what this event asks."""
        if most_seats > 1:
            field = self.fields["seats"]
            too_many = _("One registration takes %(limit_value)d people at most.")
            field.validators.append(MaxValueValidator(most_seats, message=too_many))
            field.widget.attrs["max"] = most_seats
        else:
            del self.fields["seats"]
        if not asks_access_needs:
            del self.fields["needs"], self.fields["needs_text"]
        if not asks_questions:
            del self.fields["question"]

    def clean_name(self) -> str:
        name = clean_text(self.cleaned_data["name"])
        return clean_name(name) if name else neutral_name()

    def clean_seats(self) -> int:
        return self.cleaned_data["seats"] or 1

    @property
    def typed_place(self) -> dict[str, Any]:
        """What was typed, cleaned, by the names of the services' parameters."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "seats": cleaned.get("seats", 1),
            "needs": pack_needs(cleaned.get("needs", []), cleaned.get("needs_text", "")),
            "question": cleaned.get("question", ""),
        }


class RegistrationForm(ConsentBoxes, PlaceForm):
    """Everything an event asks of whoever registers. Required is the e-mail address alone."""

    email = AddressField(help_text=_("We send one mail there, with a button to confirm. Nobody at the event sees it."))
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-own-zone-field": ""}))
    field_order = ["name", "email", "seats", "needs", "needs_text", "question"]

    def __init__(
        self,
        *args: Any,
        most_seats: int,
        asks_access_needs: bool,
        asks_questions: bool,
        consent_wording: str = "",
        consent_text_id: int | None = None,
        further_consents: Sequence[AskedConsent] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(
            *args,
            consent_wording=consent_wording,
            consent_text_id=consent_text_id,
            further_consents=further_consents,
            **kwargs,
        )
        self.limit_to(most_seats=most_seats, asks_access_needs=asks_access_needs, asks_questions=asks_questions)

    def clean_time_zone(self) -> str:
        """Written by a script and needed by nobody: what is no time zone is left out without a word."""
        name: str = self.cleaned_data["time_zone"]
        return name if len(name) <= TIME_ZONE_LENGTH and zone_named(name) else ""


class ChangeForm(PlaceForm):
    """What somebody told us, to change. ``needs`` is as the database keeps it."""

    wants_reminders = forms.BooleanField(label=_("Remind me by e-mail before it begins"), required=False)

    def __init__(
        self,
        *args: Any,
        most_seats: int,
        asks_access_needs: bool,
        asks_questions: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.limit_to(most_seats=most_seats, asks_access_needs=asks_access_needs, asks_questions=asks_questions)


def told_before(*, name: str, seats: int, needs: str, question: str, wants_reminders: bool) -> dict[str, Any]:
    """What a `ChangeForm` begins with: what is kept."""
    kept = unpack_needs(needs)
    return {
        "name": name,
        "seats": seats,
        "needs": list(kept.choices),
        "needs_text": kept.text,
        "question": question,
        "wants_reminders": wants_reminders,
    }
