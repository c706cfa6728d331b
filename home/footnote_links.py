"""Turns [1] in a text into a link to the first footnote, and notes the way back."""

import re
from html.parser import HTMLParser

from django.utils.translation import gettext

# The space before a marker goes: the raised number stands directly behind its word.
MARKER = re.compile(r"[ \u00a0]?\[(\d{1,3})\]")
# A link inside a link is no HTML, and code or drawings may hold brackets of their own.
LEFT_ALONE = frozenset({"a", "button", "code", "option", "script", "style", "svg", "textarea", "title"})


class _Linker(HTMLParser):
    """Repeats what it reads, character for character, but for the markers in running text."""

    def __init__(self, number_of_notes: int) -> None:
        super().__init__(convert_charrefs=False)
        self.number_of_notes = number_of_notes
        self.output: list[str] = []
        self.referred: set[int] = set()
        self.left_alone = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.output.append(self.get_starttag_text() or "")
        self.left_alone += tag in LEFT_ALONE

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.output.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.output.append(f"</{tag}>")
        self.left_alone -= tag in LEFT_ALONE

    def handle_data(self, data: str) -> None:
        self.output.append(data if self.left_alone else MARKER.sub(self._link, data))

    def handle_entityref(self, name: str) -> None:
        self.output.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.output.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.output.append(f"<!--{data}-->")

    def _link(self, marker: re.Match[str]) -> str:
        number = int(marker[1])
        if not 1 <= number <= self.number_of_notes:
            return marker[0]
        # Only the first reference can be the place the footnote leads back to.
        anchor = "" if number in self.referred else f' id="ref-{number}"'
        self.referred.add(number)
        name = gettext("Footnote %(number)d") % {"number": number}
        return f'<sup class="ref"><a href="#note-{number}"{anchor} aria-label="{name}">{number}</a></sup>'


def link_footnotes(html: str, number_of_notes: int) -> tuple[str, frozenset[int]]:
    """``html`` with each marker [n], 1 ≤ n ≤ ``number_of_notes``, linked; and the numbers that were found.

    ``html`` must be well-formed and already safe: nothing is removed, only ``sup`` and ``a`` are added.
    A marker without its footnote stays as it was typed.
    """
    linker = _Linker(number_of_notes)
    linker.feed(html)
    linker.close()
    return "".join(linker.output), frozenset(linker.referred)
