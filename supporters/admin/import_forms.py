"""What an organiser is asked when they bring in a list."""

from typing import Any, Final

from django import forms

from supporters.audit import LONGEST_PURPOSE
from supporters.imports.headings import MAY_UPDATE, Column, Mapping, Part, mapping_problems
from supporters.models import ConsentText, ImportJob

LEAVE_OUT: Final = ""
CHOICES: Final = [(LEAVE_OUT, "Leave out"), *Part.choices]


class UploadForm(forms.Form):
    """The file, and where it comes from."""

    purpose = forms.CharField(
        label="Where does this list come from?",
        max_length=LONGEST_PURPOSE,
        help_text="For example “Sign-up sheets of the May meeting”. Kept with your name in the audit trail. "
        "Name nobody who is in the list.",
        error_messages={"required": "Say where the list comes from."},
    )
    file = forms.FileField(
        label="The file",
        help_text="CSV or XLSX with headings in the first row, or the ZIP of our own complete export. "
        "It is kept encrypted until you confirm or discard it, for 7 days at most.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )


class MappingForm(forms.Form):
    """What each column is, whether it may overwrite, and the words that a yes in the file was a yes to."""

    consent_text = forms.ModelChoiceField(
        label="The exact words these people agreed to",
        queryset=ConsentText.objects.all(),
        required=False,
        empty_label="We cannot say: take over no yes",
        help_text="Choose words only if everybody in this file saw just these words and agreed. A no is always "
        "taken over, and nobody who said no before is ever turned into a yes.",
    )

    def __init__(self, *args: Any, job: ImportJob, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings: list[str] = job.headings
        self.fields["consent_text"].initial = job.consent_text_id
        for number, heading in enumerate(self.headings):
            column = job.mapping.get(str(number))
            self.fields[f"part-{number}"] = forms.ChoiceField(
                label=heading or "(no heading)",
                choices=CHOICES,
                required=False,
                initial=column["part"] if column else LEAVE_OUT,
            )
            self.fields[f"update-{number}"] = forms.BooleanField(
                label=f"Overwrite with {heading or 'this column'}",
                required=False,
                initial=bool(column and column["update"]),
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two questions about each column."""
        return [(self[f"part-{number}"], self[f"update-{number}"]) for number in range(len(self.headings))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for problem in mapping_problems(self.mapping()):
                self.add_error(None, problem)
        return cleaned

    def mapping(self) -> Mapping:
        """The columns as they were chosen."""
        chosen: Mapping = {}
        for number in range(len(self.headings)):
            part = self.cleaned_data.get(f"part-{number}") or LEAVE_OUT
            if part != LEAVE_OUT:
                update = bool(self.cleaned_data.get(f"update-{number}")) and Part(part) in MAY_UPDATE
                chosen[str(number)] = Column(part=part, update=update)
        return chosen
