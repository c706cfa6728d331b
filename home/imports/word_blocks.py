"""From the plain HTML of a Word document to the blocks of a report."""

import re
from html import escape
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from home.imports.word_tables import table_block

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
NOTE: Final = re.compile(r"#(?:foot|end)note-")
NUMBER: Final = re.compile(r"\d+")
TYPED_MARKER: Final = re.compile(r"\[\d{1,3}\]")
KEPT: Final = {"strong": "b", "b": "b", "em": "i", "i": "i", "ul": "ul", "ol": "ol", "li": "li"}
SAFE_LINKS: Final = ("http://", "https://", "mailto:")


class BlockBuilder:
    """Reads one document from top to bottom."""

    def __init__(self) -> None:
        self.title = ""
        self.blocks: list[tuple[str, Any]] = []
        self.notes: list[tuple[str, str]] = []
        self.left_out: list[str] = []
        self.to_do: list[str] = []
        self.text: list[str] = []
        self.caption = ""
        self.levels: list[str] = []
        self.tables = 0

    def build(self, soup: BeautifulSoup) -> None:
        nodes = [node for node in soup.children if isinstance(node, Tag)]
        if nodes and _is_notes(nodes[-1]):
            self._take_notes(nodes.pop())
        # The two uppermost levels that are used become ours, whatever they are called in Word.
        used = {node.name for node in nodes if node.name in HEADINGS and "title" not in _classes(node)}
        self.levels = sorted(used)
        for node in nodes:
            self._take(node)
        self._end_text()
        if len(self.levels) > 2:
            self.left_out.append("Headings below the second level became headings of the second level.")

    def _take(self, node: Tag) -> None:
        if node.name in HEADINGS:
            self._take_heading(node)
        elif node.name == "table":
            self._take_table(node)
        elif node.name == "blockquote":
            self._end_text()
            self.blocks.append(("quote", {"text": self.plain(node), "attribution": "", "is_invented": False}))
        elif "caption" in _classes(node):
            self._take_caption(node)
        else:
            self._take_text(node)

    def _take_heading(self, node: Tag) -> None:
        words = self.plain(node)
        if "title" in _classes(node) and not self.title:
            self.title = words
        elif words and self.levels and node.name == self.levels[0]:
            self._end_text()
            self.blocks.append(("heading", words))
        elif words:
            self.text.append(f"<h3>{escape(words, quote=False)}</h3>")
        self._take_pictures(node)

    def _take_text(self, node: Tag) -> None:
        html = self.rich(node).strip()
        if html:
            self._caption_belongs_to_nothing()
            self.text.append(html if node.name in {"ul", "ol"} else f"<p>{html}</p>")
        self._take_pictures(node)

    def _take_pictures(self, node: Tag) -> None:
        for picture in node.find_all("img"):
            self._end_text()
            place = int(str(picture["src"]).partition(":")[2])
            caption, self.caption = self.caption, ""
            self.blocks.append(
                (
                    "picture",
                    {"image": place, "alt_text": str(picture.get("alt") or ""), "caption": caption, "source": ""},
                )
            )

    def _take_table(self, node: Tag) -> None:
        self._end_text()
        self.tables += 1
        value, remarks = table_block(node, self.plain)
        value["table_caption"], self.caption = self.caption, ""
        self.blocks.append(("table", value))
        self.left_out += [f"Table {self.tables}: {remark}" for remark in remarks]
        self._take_pictures(node)

    def _take_caption(self, node: Tag) -> None:
        """A caption belongs to the picture or table before it; else to the one that follows."""
        words = self.plain(node)
        kind, value = self.blocks[-1] if self.blocks and not self.text else ("", {})
        key = {"picture": "caption", "table": "table_caption"}.get(kind)
        if key and not value[key]:
            value[key] = words
        else:
            self._caption_belongs_to_nothing()
            self.caption = words
        self._take_pictures(node)

    def _caption_belongs_to_nothing(self) -> None:
        if self.caption:
            self.text.append(f"<p>{escape(self.caption, quote=False)}</p>")
            self.caption = ""

    def _take_notes(self, node: Tag) -> None:
        for item in node.find_all("li", recursive=False):
            for back in item.find_all("a", href=re.compile(r"^#(foot|end)note-ref-")):
                back.decompose()
            link = item.find("a", href=re.compile(r"^https?://"))
            self.notes.append((self.plain(item), str(link["href"]) if isinstance(link, Tag) else ""))

    def _end_text(self) -> None:
        if self.text:
            self.blocks.append(("paragraph", "".join(self.text)))
            self.text = []

    def plain(self, node: Tag) -> str:
        """The words of ``node`` with footnotes as markers, and nothing else."""
        return " ".join("".join(self._plain(child) for child in node.children).split())

    def _plain(self, node: Any) -> str:
        if isinstance(node, NavigableString):
            return self._typed(str(node))
        if not isinstance(node, Tag):
            return ""
        marker = _marker(node)
        if marker:
            return marker
        inside = "".join(self._plain(child) for child in node.children)
        return f" {inside} " if node.name in {"p", "li", "br", "td", "th", "tr"} else inside

    def rich(self, node: Any) -> str:
        """``node`` as rich text of ours: bold, italic, lists and links; footnotes as markers."""
        inside = "".join(self._rich(child) for child in node.children)
        return f"<{node.name}>{inside}</{node.name}>" if node.name in {"ul", "ol"} else inside

    def _rich(self, node: Any) -> str:
        if isinstance(node, NavigableString):
            return escape(self._typed(str(node)), quote=False)
        if not isinstance(node, Tag) or node.name == "img":
            return ""
        if node.name == "br":
            return "<br/>"
        marker = _marker(node)
        if marker:
            return marker
        inside = "".join(self._rich(child) for child in node.children)
        return self._link(node, inside) if node.name == "a" else _wrapped(KEPT.get(node.name), inside)

    def _link(self, node: Tag, inside: str) -> str:
        url = str(node.get("href") or "").strip()
        if url.lower().startswith(SAFE_LINKS):
            return f'<a href="{escape(url)}">{inside}</a>'
        if url and not url.startswith("#"):
            self.left_out.append("A link that leads to a file or a program was taken out; its words stayed.")
        return inside

    def _typed(self, text: str) -> str:
        found = TYPED_MARKER.search(text)
        if found:
            self.to_do.append(f"The text holds {found[0]} typed by hand, which would lead to a footnote. Look at it.")
        return text


def _wrapped(tag: str | None, inside: str) -> str:
    return f"<{tag}>{inside}</{tag}>" if tag and inside.strip() else inside


def _marker(node: Tag) -> str:
    """[3] where ``node`` leads to the third note."""
    link = node if node.name == "a" else node.find("a", recursive=False) if node.name == "sup" else None
    if not isinstance(link, Tag) or not NOTE.match(str(link.get("href") or "")):
        return ""
    number = NUMBER.search(link.get_text())
    return f" [{number[0]}]" if number else ""


def _is_notes(node: Tag) -> bool:
    first = node.find("li", recursive=False) if node.name == "ol" else None
    return isinstance(first, Tag) and str(first.get("id") or "").startswith(("footnote-", "endnote-"))


def _classes(node: Tag) -> list[str]:
    return [str(name) for name in node.get_attribute_list("class") if name]
