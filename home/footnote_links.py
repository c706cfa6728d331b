"""Turns [1] in a text into a link to the first footnote, and notes the way back."""

import re

from django.utils.translation import gettext

from home.markup import Repeater

# The space before a marker goes: the raised number stands directly behind its word.
MARKER = re.compile(r"[ \u00a0]?\[(\d{1,3})\]")
# A link inside a link is no HTML, and code or drawings may hold brackets of their own.
LEFT_ALONE = frozenset({"a", "button", "code", "option", "script", "style", "svg", "textarea", "title"})


class _Linker(Repeater):
    """Repeats what it reads, but for the markers in running text."""

    def __init__(self, number_of_notes: int, *, renumbers: bool = False) -> None:
        super().__init__()
        self.number_of_notes = number_of_notes
        self.renumbers = renumbers
        self.referred: list[int] = []
        self.left_alone = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self.left_alone += tag in LEFT_ALONE

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.left_alone -= tag in LEFT_ALONE

    def handle_data(self, data: str) -> None:
        super().handle_data(data if self.left_alone else MARKER.sub(self._link, data))

    def _link(self, marker: re.Match[str]) -> str:
        typed = int(marker[1])
        if not 1 <= typed <= self.number_of_notes:
            return marker[0]
        # Only the first reference can be the place the footnote leads back to.
        is_first = typed not in self.referred
        if is_first:
            self.referred.append(typed)
        number = self.referred.index(typed) + 1 if self.renumbers else typed
        anchor = f' id="ref-{number}"' if is_first else ""
        name = gettext("Footnote %(number)d") % {"number": number}
        return f'<sup class="ref"><a href="#note-{number}"{anchor} aria-label="{name}">{number}</a></sup>'


def link_footnotes(html: str, number_of_notes: int) -> tuple[str, frozenset[int]]:
    """``html`` with each marker [n], 1 ≤ n ≤ ``number_of_notes``, linked; and the numbers that were found.

    ``html`` must be well-formed and already safe: nothing is removed, only ``sup`` and ``a`` are added.
    A marker without its footnote stays as it was typed.
    """
    linker = _Linker(number_of_notes)
    return linker.repeat(html), frozenset(linker.referred)


def number_footnotes(html: str, number_of_notes: int) -> tuple[str, list[int]]:
    """Like ``link_footnotes``, but the markers are numbered in the order in which a reader meets them.

    A caption is read before its table, wherever it was typed. Also gives the typed numbers in their new order; what
    is never referred to is not among them.
    """
    linker = _Linker(number_of_notes, renumbers=True)
    return linker.repeat(html), linker.referred


def with_the_rest(referred: list[int], number_of_notes: int) -> list[int]:
    """``referred``, and behind it every other number from 1 to ``number_of_notes``."""
    return [*referred, *(number for number in range(1, number_of_notes + 1) if number not in referred)]


def without_markers(text: str) -> str:
    """``text`` as it is read where no footnote can be linked: in a list of contents, in a drawing."""
    return MARKER.sub("", text)
