"""The question whether an MP answered, as a form. It saves nothing."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from mp_contacts.models import Answer, Reply
from supporters.typed import clean_text

TEXT_LENGTH: Final = 5_000
ANSWER_LABELS: Final = {
    Answer.YES: _("Yes, they answered what I asked"),
    Answer.UNSATISFACTORY: _("They wrote back, but did not answer what I asked"),
    Answer.NO: _("No, or only that they received it"),
    Answer.NONE_EXPECTED: _("I did not ask for an answer"),
}


class AnswerForm(forms.Form):
    """Four answers, and the reply itself for whoever wants to show it."""

    answer = forms.ChoiceField(
        label=_("What became of your letter?"),
        choices=list(ANSWER_LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the answer that fits best."),
            "invalid_choice": _("Choose one of the four answers."),
        },
    )
    text = forms.CharField(
        label=_("What they wrote, if you wish to show it to us"),
        help_text=_("For organisers' eyes only: leave out what you do not want us to read. At most 5,000 characters."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    drops_text = forms.BooleanField(label=_("Delete the reply that I pasted before"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, earlier: Reply | None = None) -> None:
        """``earlier`` is what the same writer said before: it can be changed, and its text deleted."""
        super().__init__(data, initial={"answer": earlier.answer} if earlier else None)
        if earlier is None or earlier.state not in {Reply.State.WAITING, Reply.State.KEPT}:
            del self.fields["drops_text"]

    def clean_text(self) -> str:
        # Counted as people see it: browsers send every line break as two characters.
        text = clean_text(normalize_newlines(self.cleaned_data["text"]), keep_lines=True)
        if len(text) > TEXT_LENGTH:
            raise forms.ValidationError(_("Keep what you paste to 5,000 characters or fewer."), code="max_length")
        return text
