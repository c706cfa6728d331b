"""What somebody typed to search for, made fit to be asked."""

import unicodedata
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY: Final = 200
"""Characters. Longer is a text pasted by mistake, and each word costs the database time."""

INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


class WordsField(forms.CharField):
    """One line of words; whatever cannot be seen in it, or cannot be sent to a database, is a space."""

    def to_python(self, value: str | None) -> str:
        seen = (" " if unicodedata.category(one) in INVISIBLE else one for one in value or "")
        return " ".join("".join(seen).split())


class SearchForm(forms.Form):
    """The one field of a search."""

    q = WordsField(
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={"max_length": _("That is too long to search for. Try a few words.")},
    )
