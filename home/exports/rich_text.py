"""Rich text and footnote markers, as data that a typst template can print."""

from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from wagtail.rich_text import expand_db_html

from home.footnote_links import MARKER

BOLD: Final = frozenset({"b", "strong"})
ITALIC: Final = frozenset({"i", "em"})
LISTS: Final = frozenset({"ol", "ul"})
HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})

Run = dict[str, Any]
Piece = dict[str, Any]


class Notes:
    """Numbers the footnotes in the order in which they are met, as the website does.

    The first reference to one is where its words stand.
    """

    def __init__(self, number_of_notes: int) -> None:
        self.number_of_notes = number_of_notes
        self.referred: list[int] = []

    def runs(self, text: str, **style: Any) -> list[Run]:
        """``text`` parted at its markers. A marker without its footnote stays as it was typed."""
        found: list[Run] = []
        start = 0
        for marker in MARKER.finditer(text):
            typed = int(marker[1])
            if not 1 <= typed <= self.number_of_notes:
                continue
            found += [_run(text[start : marker.start()], **style)] if marker.start() > start else []
            found.append(self._reference(typed))
            start = marker.end()
        return [*found, _run(text[start:], **style)] if text[start:] else found

    def _reference(self, typed: int) -> Run:
        is_first = typed not in self.referred
        if is_first:
            self.referred.append(typed)
        return {"note": self.referred.index(typed) + 1, "first": is_first}


def _run(text: str, *, bold: bool = False, italic: bool = False, url: str = "") -> Run:
    return {"note": 0, "text": text, "bold": bold, "italic": italic, "url": url}


def pieces_from(html: str, notes: Notes, *, origin: str) -> list[Piece]:
    """Paragraphs, lists and small headings of rich text; ``origin`` goes before the addresses of our own pages."""
    soup = BeautifulSoup(expand_db_html(html or ""), "html.parser")
    return _pieces(soup, notes, origin)


def _pieces(parent: Tag, notes: Notes, origin: str) -> list[Piece]:
    found: list[Piece] = []
    for node in parent.children:
        if isinstance(node, Tag) and node.name in LISTS:
            items = [_pieces_of_item(item, notes, origin) for item in node.find_all("li", recursive=False)]
            found.append({"kind": "list", "ordered": node.name == "ol", "items": items})
            continue
        runs = _inline(node, notes, origin)
        if any(run["note"] or run["text"].strip() for run in runs):
            kind = "subheading" if isinstance(node, Tag) and node.name in HEADINGS else "paragraph"
            found.append({"kind": kind, "runs": runs})
    return found


def _pieces_of_item(item: Tag, notes: Notes, origin: str) -> list[Piece]:
    """What is directly in a list's item is one paragraph; lists in it stand below."""
    inner = [node for node in item.children if isinstance(node, Tag) and node.name in LISTS]
    own = [run for node in item.children if node not in inner for run in _inline(node, notes, origin)]
    below = [
        {
            "kind": "list",
            "ordered": node.name == "ol",
            "items": [_pieces_of_item(one, notes, origin) for one in node.find_all("li", recursive=False)],
        }
        for node in inner
    ]
    return [{"kind": "paragraph", "runs": own}, *below]


def _inline(node: Any, notes: Notes, origin: str, **style: Any) -> list[Run]:
    if isinstance(node, NavigableString):
        return notes.runs(" ".join(_spaced(str(node)).split("\n")), **style)
    if not isinstance(node, Tag):
        return []
    if node.name == "br":
        return [_run("\n", **style)]
    if node.name in BOLD:
        style["bold"] = True
    if node.name in ITALIC:
        style["italic"] = True
    if node.name == "a":
        style["url"] = _absolute(str(node.get("href") or ""), origin)
    return [run for child in node.children for run in _inline(child, notes, origin, **style)]


def _spaced(text: str) -> str:
    return text.replace("\r", "")


def _absolute(url: str, origin: str) -> str:
    if url.startswith("/"):
        return f"{origin}{url}"
    return url if url.startswith(("http://", "https://", "mailto:")) else ""
