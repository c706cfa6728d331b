"""What an organiser says when they ask for an export."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField

from supporters.audit import LONGEST_PURPOSE
from supporters.exports.choosing import Choice
from supporters.exports.formats.age import WrongRecipient, check_recipient
from supporters.exports.presets import Preset
from supporters.models import Segment
from supporters.segments import WrongCriteria, validate

FORMATS: Final = {
    "csv": "CSV: text with commas, which almost every program reads",
    "xlsx": "XLSX: for Excel and LibreOffice",
    "jsonl": "JSON Lines: for programs",
}
SPREADSHEET, MACHINE = "spreadsheet", "machine"
MODES: Final = [
    (SPREADSHEET, "To be looked at: a cell that a spreadsheet might take for a formula gets a quote mark in front."),
    (MACHINE, "To be read by another system: every cell exactly as it is. Never open these files in a spreadsheet."),
]
PRIVATE_HALF_BEGINS: Final = "AGE-SECRET-KEY-"


class ExportForm(forms.Form):
    """How one preset is to be filled. Offers nothing the preset does not allow or the reader has no right to."""

    file_format = forms.ChoiceField(label="Format", widget=forms.RadioSelect)
    segment = forms.ModelChoiceField(
        Segment.objects.all(), label="Who", required=False, empty_label="Everybody", help_text="One of the segments."
    )
    cell_mode = forms.ChoiceField(label="What happens to the files next", choices=MODES, widget=forms.RadioSelect)
    with_sensitive = forms.BooleanField(
        label="With phone numbers and postcodes",
        required=False,
        help_text="Leave them out unless whoever gets the files cannot do without.",
    )
    purpose = forms.CharField(
        label="What is it for?",
        max_length=LONGEST_PURPOSE,
        help_text="For example “Moving to CiviCRM”. Kept with your name in the audit trail. Name no supporter here.",
        error_messages={"required": "Say what the export is for."},
    )
    age_recipient = forms.CharField(
        label="The receiver's age key",
        required=False,
        max_length=200,
        help_text="A public key that begins with age1. With it, only they can open the files, not even you.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, preset: Preset, may_have_sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preset = preset
        offered = [(name, FORMATS[name]) for name in preset.formats]
        self.fields["file_format"].choices = offered  # type: ignore[attr-defined]
        self.fields["file_format"].initial = preset.formats[0]
        self.fields["cell_mode"].initial = preset.cell_mode
        if not may_have_sensitive:
            del self.fields["with_sensitive"]

    def clean_segment(self) -> Segment | None:
        segment: Segment | None = self.cleaned_data["segment"]
        if segment is not None:
            try:
                validate(segment.criteria)
            except WrongCriteria:
                raise forms.ValidationError("This site no longer understands what this segment asks.") from None
        return segment

    def clean_age_recipient(self) -> str:
        key: str = self.cleaned_data["age_recipient"].strip()
        if key.upper().startswith(PRIVATE_HALF_BEGINS):
            raise forms.ValidationError(
                "This is a secret key, which nobody else may know. Ask the receiver to make a new pair and to send you "
                "the public one, which begins with age1."
            )
        if key:
            try:
                check_recipient(key)
            except WrongRecipient as error:
                raise forms.ValidationError(str(error)) from None
        return key

    @property
    def choice(self) -> Choice:
        """Whom the export would be about."""
        segment: Segment | None = self.cleaned_data["segment"]
        return Choice(segment.criteria if segment else {}, with_never_asked=not self.preset.needs_consent)

    @property
    def order(self) -> dict[str, Any]:
        """What was asked for, as supporters.services.exporting.request_export takes it."""
        return {"preset": self.preset.name, **self.cleaned_data}

    @property
    def answers(self) -> Iterator[tuple[str, str]]:
        """Each question with its answer in words, to be looked at once more."""
        for field in self:
            yield str(field.label), self._in_words(field)

    def _in_words(self, field: BoundField) -> str:
        value = self.cleaned_data[field.name]
        if isinstance(value, bool):
            return "Yes" if value else "No"
        choices = dict(getattr(field.field, "choices", [])) if isinstance(value, str) else {}
        if field.name == "segment" and value is None:
            return "Everybody"
        return str(choices.get(value, value)) or "None"
