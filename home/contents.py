"""A list of contents made from the headings of a text, each with an anchor to jump to."""

from dataclasses import dataclass
from html import unescape

from django.utils.text import slugify

from home.footnote_links import without_markers
from home.markup import Repeater

LEVELS = {"h2": 2, "h3": 3}


@dataclass(frozen=True)
class Entry:
    """One heading: how deep it stands (2 or 3), what it says, and where to jump to."""

    level: int
    text: str
    anchor: str


class _Anchorer(Repeater):
    """Repeats what it reads, and gives each heading an id made from its words."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.open_at = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag in LEVELS and "id" not in dict(attrs):
            self.open_at = len(self.output)

    def handle_endtag(self, tag: str) -> None:
        if tag in LEVELS and self.open_at >= 0:
            self._finish(LEVELS[tag])
        super().handle_endtag(tag)

    def _finish(self, level: int) -> None:
        inside = "".join(piece for piece in self.output[self.open_at :] if not piece.startswith("<"))
        text = " ".join(without_markers(unescape(inside)).split())
        if text:
            anchor = self._free(f"part-{slugify(text)[:60]}".rstrip("-"))
            start = self.open_at - 1
            self.output[start] = f'{self.output[start][:-1]} id="{anchor}">'
            self.entries.append(Entry(level, text, anchor))
        self.open_at = -1

    def _free(self, wanted: str) -> str:
        """``wanted``, or with a number behind it where an earlier heading says the same."""
        taken = {entry.anchor for entry in self.entries}
        number, anchor = 1, wanted
        while anchor in taken:
            number += 1
            anchor = f"{wanted}-{number}"
        return anchor


def with_anchors(html: str) -> tuple[str, list[Entry]]:
    """``html`` with an id on every h2 and h3 that has words and no id yet, and those headings in their order.

    ``html`` must be well-formed and already safe: only ids of letters, digits and hyphens are added.
    """
    anchorer = _Anchorer()
    return anchorer.repeat(html), anchorer.entries
