"""The shape of what arrives from the pages people write on: where they live, and their letter."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mp_contacts.letter_fields import LongTextField, OneLineField, PostalAddressField, clean_letter
from mp_contacts.models import Constituency, LetterPage
from mp_contacts.postcodes import WhyUnknown, seat_for, why_unknown
from mp_contacts.selectors import LetterTerms, seat_by_code
from supporters.consent_boxes import ConsentBoxes
from supporters.typed import NAME_LENGTH, UK_POSTCODE, AddressField, clean_name

BODY_LENGTH: Final = 10_000  # characters
SUBJECT_LENGTH: Final = 120
POSTCODE_LENGTH: Final = 16

WHY_NO_SEAT: Final = {
    WhyUnknown.NOT_A_POSTCODE: _("Enter a full UK postcode, like SW1A 1AA, or choose your constituency from the list."),
    WhyUnknown.NORTHERN_IRELAND: _(
        "We have no list of the postcodes of Northern Ireland. Choose your constituency from the list."
    ),
    WhyUnknown.CROWN_DEPENDENCY: _(
        "The Channel Islands and the Isle of Man have parliaments of their own, and no MP at Westminster."
    ),
    WhyUnknown.OVERSEAS: _(
        "This postcode is abroad. If you are registered to vote in the UK, choose the constituency "
        "where you are registered from the list."
    ),
    WhyUnknown.UNKNOWN: _("We do not know this postcode. Check it, or choose your constituency from the list."),
}
"""What people read when their postcode leads to no seat. A way on from each stands beside the field."""

MAY_BE_KNOWN_ELSEWHERE: Final = (WhyUnknown.UNKNOWN, WhyUnknown.NORTHERN_IRELAND)


class FindForm(forms.Form):
    """A postcode, or a constituency that was chosen from the list. ``seat`` is what it leads to."""

    postcode = OneLineField(
        label=_("Your postcode"),
        max_length=POSTCODE_LENGTH,
        required=False,
        help_text=_("It shows who your MP is."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"max_length": _("Enter a postcode of %(limit_value)d characters or fewer.")},
    )
    constituency = OneLineField(required=False, widget=forms.HiddenInput)

    seat: Constituency | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code, postcode = cleaned.get("constituency", ""), cleaned.get("postcode", "")
        if self.errors:
            return cleaned
        if not code and not postcode:
            raise ValidationError({"postcode": _("Enter your postcode, or choose your constituency from the list.")})
        self.seat = seat_by_code(code or seat_for(postcode))
        if self.seat is None and code:
            self.add_error("postcode", _("Enter your postcode, or choose your constituency from the list."))
        elif self.seat is None:
            why = why_unknown(postcode)
            self.add_error("postcode", ValidationError(WHY_NO_SEAT[why], code=why.value))
        return cleaned

    @property
    def asked_postcode(self) -> str:
        """The postcode that somebody else may know where we do not; else empty."""
        may_be_known = any(self.has_error("postcode", why.value) for why in MAY_BE_KNOWN_ELSEWHERE)
        return str(self.cleaned_data.get("postcode", self["postcode"].value())) if may_be_known else ""


class LetterForm(ConsentBoxes):
    """A letter, and who sends it. Asked for only where we send it: name, addresses and consent."""

    constituency = OneLineField(required=False, widget=forms.HiddenInput)
    subject = forms.CharField(label=_("What your letter is about"), required=False, widget=forms.RadioSelect)
    own_subject = OneLineField(
        label=_("Or say it in your own words"),
        max_length=SUBJECT_LENGTH,
        required=False,
        help_text=_("If you write something here, it is used instead of the line you chose."),
        error_messages={"max_length": _("Keep the subject to %(limit_value)d characters or fewer.")},
    )
    body = LongTextField(
        label=_("Your letter"),
        most=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14, "data-letter-body": ""}),
        error_messages={
            "required": _("Write your letter first."),
            "max_length": _("Keep your letter to 10,000 characters or fewer. It has %(show_value)s now."),
        },
    )
    name = OneLineField(
        label=_("Your full name"),
        max_length=NAME_LENGTH,
        help_text=_("Offices ask for it, and may not answer without one."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter your full name: offices ask for it."),
            "max_length": _("Enter a name of %(limit_value)d characters or fewer."),
        },
    )
    email = AddressField(help_text=_("We send one mail there, with a button to confirm. The office answers to it."))
    address = PostalAddressField(
        label=_("Your postal address"),
        help_text=_(
            "House, street and town, a line each. Offices ask for it, to see that you live in the constituency."
        ),
    )
    postcode = OneLineField(
        label=_("Your postcode"),
        max_length=POSTCODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={
            "required": _("Enter your postcode: offices ask for it."),
            "max_length": _("Enter a postcode of %(limit_value)d characters or fewer."),
        },
    )

    def __init__(self, *args: Any, page: LetterPage, terms: LetterTerms, **kwargs: Any) -> None:
        super().__init__(
            *args,
            consent_wording=terms.consent_wording,
            consent_text_id=terms.consent_text_id,
            further_consents=terms.further_consents,
            **kwargs,
        )
        subjects = [subject.text for subject in page.subjects.all()]
        self.fields["subject"].widget.choices = [(text, text) for text in subjects]
        self.fields["subject"].initial = subjects[0] if subjects else ""
        self.fields["body"].widget.attrs["lang"] = terms.letter_language
        self.fields["own_subject"].widget.attrs["lang"] = terms.letter_language

    @property
    def consent_fields(self) -> list[forms.BoundField]:
        return [self[box] for box, _wording in self._boxes]

    def keep(self, typed: QueryDict) -> None:
        """Begin with what was ``typed``, without judging it. A box that stood beside other words begins empty."""
        for name, field in self.fields.items():
            value = field.widget.value_from_datadict(typed, {}, name)
            if value is not None and not field.widget.is_hidden:
                self.initial[name] = value
        for box, wording in self._boxes:
            if typed.get(wording, "") not in {"", str(self.fields[wording].initial)}:
                self.initial[box] = None

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_postcode(self) -> str:
        postcode: str = UK_POSTCODE.clean(self.cleaned_data["postcode"])
        return postcode

    def clean_body(self) -> str:
        return clean_letter(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "own_subject" in cleaned:
            # One line, whatever a form of somebody else's puts into the hidden field.
            chosen = cleaned["own_subject"] or " ".join(cleaned.get("subject", "").split())
            if not chosen:
                self.add_error("own_subject", _("Choose what your letter is about, or say it in your own words."))
            elif len(chosen) > SUBJECT_LENGTH:
                too_long = _("Keep the subject to %(limit_value)d characters or fewer.")
                self.add_error("own_subject", ValidationError(too_long, params={"limit_value": SUBJECT_LENGTH}))
            cleaned["chosen_subject"] = chosen
        return cleaned
