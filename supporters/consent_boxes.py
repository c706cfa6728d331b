"""The unticked boxes on a public form that ask whether somebody may be written to, and the words beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from supporters.models import ConsentText

FIRST_BOX: Final = "updates"
FURTHER: Final = "consent_"


@dataclass(frozen=True)
class AskedConsent:
    """One further box beside the first: what it is for, and the words beside it."""

    purpose: str
    text_id: int
    wording: str


def asked_by(texts: Iterable[ConsentText]) -> tuple[AskedConsent, ...]:
    """The boxes for ``texts``, in a fixed order."""
    in_order = sorted(texts, key=lambda text: (text.purpose, text.pk))
    return tuple(AskedConsent(purpose=text.purpose, text_id=text.pk, wording=text.wording) for text in in_order)


def consent_field(purpose: str) -> str:
    """What the box for ``purpose`` is called in a form; the first box is ``updates`` whatever it is for."""
    return f"{FURTHER}{purpose}"


def wording_field(purpose: str) -> str:
    """Which words stood beside the box for ``purpose``."""
    return f"{FURTHER}{purpose}_wording"


def ticked_texts(asked: Iterable[AskedConsent], cleaned: Mapping[str, Any]) -> tuple[int, ...]:
    """The keys of the further wordings whose box was ticked."""
    return tuple(one.text_id for one in asked if cleaned.get(consent_field(one.purpose)))


class ConsentBoxes(forms.Form):
    """Boxes that are never ticked beforehand, each with the key of the words that stood beside it.

    The key travels with the form because a page may stay open while an organiser publishes other words.
    """

    def __init__(
        self,
        *args: Any,
        consent_wording: str = "",
        consent_text_id: int | None = None,
        further_consents: Sequence[AskedConsent] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._boxes: list[tuple[str, str]] = []
        if consent_wording:
            self._add_box(FIRST_BOX, "wording", consent_wording, consent_text_id)
        for asked in further_consents:
            self._add_box(consent_field(asked.purpose), wording_field(asked.purpose), asked.wording, asked.text_id)

    def _add_box(self, box: str, wording: str, words: str, text_id: int | None) -> None:
        self.fields[box] = forms.BooleanField(label=words, required=False)
        self.fields[wording] = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=text_id)
        self._boxes.append((box, wording))

    def clean(self) -> dict[str, Any]:
        """A yes to other words is no yes to these: the box comes back empty, under the new ones."""
        cleaned = super().clean() or {}
        for box, wording in self._boxes:
            current = self.fields[wording].initial
            seen: int | None = cleaned.get(wording)
            cleaned[wording] = current
            if seen not in {None, current} and cleaned.get(box):
                self.add_error(box, _("The words beside this box have changed. Tick it again if you agree to them."))
                typed = {name: value for name, value in self.data.items() if name != box}
                self.data = {**typed, wording: str(current)}
        return cleaned
