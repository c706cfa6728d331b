"""The questions of a segment as fields to fill in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django_countries import countries
from wagtail.admin.widgets import AdminDateInput

from supporters.action_kinds import action_kinds
from supporters.models import ConsentRecord, Purpose, Segment
from supporters.segments import WrongCriteria, validate
from supporters.segments.criteria import NEVER_ASKED
from supporters.segments.pages import pages_to_take_part_in

ANY: Final = ("", "It does not matter")
ANSWERS: Final = [
    ANY,
    (ConsentRecord.Choice.GIVEN.value, "They agreed, and still do"),
    (ConsentRecord.Choice.WITHDRAWN.value, "They took their yes back"),
    (NEVER_ASKED, "They never answered"),
]
CODE: Final = re.compile(r"[A-Z][0-9]{8}")
LISTS: Final = ("took_part_in", "not_took_part_in", "did", "never_did", "countries", "languages")
WORDS: Final = ("constituencies", "sources")
DAYS: Final = ("came_from", "came_until", "acted_since", "not_acted_since", "not_contacted_since")


class DayField(forms.DateField):
    """A day of the calendar, which nobody has to choose."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, widget=AdminDateInput)


class TickField(forms.MultipleChoiceField):
    """Some of a few; none ticked is no question at all."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, help_text: str = "", **options: Any) -> None:
        super().__init__(label=label, help_text=help_text, required=False, **options)


class SegmentForm(forms.ModelForm):
    """A name and the criteria. What a segment holds already is always among the choices, or saving would lose it."""

    took_part_in = TickField("Took part in any of these")
    not_took_part_in = TickField("Took part in none of these")
    did = TickField("Ever did any of these, on any page")
    never_did = TickField("Never did any of these")
    may_be_written_to = forms.ChoiceField(
        label="May be written to about",
        required=False,
        choices=[ANY, *Purpose.choices],
        help_text="They agreed, still do, and neither they nor their mailbox has asked us to stop.",
    )
    constituencies = forms.CharField(
        label="Constituency codes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as E14001172. Several are separated by spaces or commas; any of them will do.",
    )
    countries = TickField("Countries", widget=forms.SelectMultiple(attrs={"size": 6}))
    languages = TickField("Languages", choices=settings.LANGUAGES)
    sources = forms.CharField(
        label="First came from",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A campaign or link tag, one a line; any of them will do.",
    )
    came_from = DayField("First came on this day or later")
    came_until = DayField("First came on this day or before")
    acted_since = DayField("Did something on this day or later")
    not_acted_since = DayField("Have not done anything since this day")
    not_contacted_since = DayField("Have not been written to since this day, or never")
    never_contacted = forms.BooleanField(label="Have never been written to", required=False)

    class Meta:
        model = Segment
        fields: ClassVar[list[str]] = ["name"]
        help_texts: ClassVar[dict[str, str]] = {
            "name": "What colleagues will choose it by. Kept in the audit trail with each export: name no supporter."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known = _shown(self.instance.criteria)
        consents = known.get("consents", {})
        for purpose, label in Purpose.choices:
            self.fields[f"consent_{purpose}"] = forms.ChoiceField(
                label=f"Their answer about “{label}”",
                choices=ANSWERS,
                required=False,
                initial=consents.get(purpose, ""),
            )
        pages = pages_to_take_part_in()
        self._offer("took_part_in", pages)
        self._offer("not_took_part_in", pages)
        kinds = [(kind.name, kind.label) for kind in action_kinds()]
        self._offer("did", kinds)
        self._offer("never_did", kinds)
        self._offer("countries", countries)
        self._offer("languages", settings.LANGUAGES)
        for name in (*LISTS, *DAYS, "may_be_written_to", "never_contacted"):
            self.fields[name].initial = known.get(name)
        self.fields["constituencies"].initial = " ".join(known.get("constituencies", []))
        self.fields["sources"].initial = "\n".join(known.get("sources", []))

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        offered = {str(value): str(label) for value, label in choices}
        kept = {str(value): f"Something that is gone ({value})" for value in self.known.get(name, [])}
        self.fields[name].choices = list((kept | offered).items())  # type: ignore[attr-defined]

    @property
    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions under their headings; the name stands before them."""
        asked = [name for name in self.fields if name.startswith("consent_")]
        yield "What they did", self._bound("took_part_in", "not_took_part_in", "did", "never_did")
        yield "What they agreed to", self._bound("may_be_written_to", *asked)
        yield "Who they are", self._bound("constituencies", "countries", "languages", "sources")
        yield "When", self._bound(*DAYS, "never_contacted")

    def _bound(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]

    def clean_constituencies(self) -> list[str]:
        codes = re.split(r"[\s,;]+", self.cleaned_data["constituencies"].upper().strip(" ,;"))
        wrong = [code for code in codes if code and not CODE.fullmatch(code)]
        if wrong:
            raise forms.ValidationError("A constituency code is a letter and eight digits, such as E14001172.")
        return [code for code in codes if code]

    def clean_sources(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["sources"].splitlines())
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        criteria = self._criteria(cleaned)
        try:
            validate(criteria)
        except WrongCriteria as error:
            raise forms.ValidationError(str(error)) from None
        self.instance.criteria = criteria
        return cleaned

    @staticmethod
    def _criteria(cleaned: dict[str, Any]) -> dict[str, Any]:
        criteria: dict[str, Any] = {name: cleaned.get(name) for name in (*LISTS, *WORDS)}
        for name in ("took_part_in", "not_took_part_in"):
            criteria[name] = [int(page) for page in criteria[name] or []]
        for name in DAYS:
            day: date | None = cleaned.get(name)
            criteria[name] = day.isoformat() if day else None
        criteria["may_be_written_to"] = cleaned.get("may_be_written_to")
        criteria["never_contacted"] = cleaned.get("never_contacted")
        criteria["consents"] = {
            purpose: answer for purpose in Purpose.values if (answer := cleaned.get(f"consent_{purpose}"))
        }
        return {name: value for name, value in criteria.items() if value}


def _shown(criteria: object) -> dict[str, Any]:
    """What of ``criteria`` can stand in a form. An older version of the site may have kept something else."""
    known = dict(criteria) if isinstance(criteria, Mapping) else {}
    for name in (*LISTS, *WORDS):
        values = known.get(name, [])
        known[name] = [each for each in values if isinstance(each, str | int)] if isinstance(values, list) else []
    for name in WORDS:
        known[name] = [str(each) for each in known[name]]
    if not isinstance(known.get("consents"), Mapping):
        known["consents"] = {}
    return known
