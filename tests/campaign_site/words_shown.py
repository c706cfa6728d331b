"""The words of a page as somebody reads them, to find what nobody has translated."""

from html.parser import HTMLParser
from typing import Final

NOT_READ: Final = frozenset({"script", "style"})
VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
SAID_ALOUD: Final = ("alt", "aria-label", "placeholder", "title", "content")
SAID_IN_META: Final = frozenset({"description", "og:title", "og:description"})


class _Reader(HTMLParser):
    """Collects texts, and the attributes that are read out, but not where an element says it is in another language."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = language
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        is_foreign = self._is_foreign or (named.get("lang") or self.language) != self.language
        if not is_foreign and tag != "script":
            is_meta = (named.get("name") or named.get("property")) in SAID_IN_META
            for name in SAID_ALOUD:
                if named.get(name) and (name != "content" or is_meta):
                    self._keep(str(named[name]))
        if tag not in VOID:
            self._open.append((tag, is_foreign or tag in NOT_READ))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_foreign:
            self._keep(data)

    def _keep(self, text: str) -> None:
        text = " ".join(text.split())
        if any(letter.isalpha() for letter in text):
            self.texts.append(text)

    @property
    def _is_foreign(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def words_shown(html: str, language: str) -> list[str]:
    """Every text of a page in ``language`` with a letter in it, in its order, without those marked as foreign."""
    reader = _Reader(language)
    reader.feed(html)
    reader.close()
    return reader.texts
