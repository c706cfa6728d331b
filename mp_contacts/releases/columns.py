"""Columns by what they are called in any release: ``pcon``, ``pcon24cd`` and ``PCON25CD`` are one thing."""

import re
from collections.abc import Sequence
from typing import Final


class WrongFile(Exception):
    """A file that is not what it was taken for; the text is one line that says why."""


class Alias:
    """One column by its names in order of preference. ``*`` stands for a year, of which the latest is taken."""

    def __init__(self, what: str, *names: str) -> None:
        self.what = what
        self._patterns: Final = [re.compile(re.escape(name).replace(r"\*", r"(\d\d)")) for name in names]
        self._names = names

    def find(self, headings: Sequence[str]) -> int | None:
        """The place of this column among ``headings``, in any case; None when there is none."""
        plain = [heading.strip().lower() for heading in headings]
        for pattern in self._patterns:
            matches = [
                (match.groups(), place) for place, name in enumerate(plain) if (match := pattern.fullmatch(name))
            ]
            if matches:
                return max(matches, key=lambda found: (found[0], -found[1]))[1]
        return None

    def require(self, headings: Sequence[str]) -> int:
        """As `find`; raises WrongFile when there is none."""
        place = self.find(headings)
        if place is None:
            looked_for = ", ".join(self._names).replace("*", "24")
            raise WrongFile(f"There is no column with {self.what} in this file. Looked for: {looked_for}.")
        return place
