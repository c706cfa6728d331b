"""Reading our own style sheets: rules, where they stand, and what they declare.

Enough of https://www.w3.org/TR/css-syntax-3/ for sheets that people write by hand: comments, strings, blocks within
blocks. A sheet it cannot read raises ValueError rather than being half understood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
# A piece of text between what has a meaning of its own; a string hides braces and semicolons.
PIECES: Final = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{};])""", re.DOTALL)
HEX_SHORT: Final = re.compile(r"#[0-9a-f]{3}")


@dataclass(frozen=True)
class Rule:
    """One block of declarations: ``around`` are the at-rules it stands in, from the outside in."""

    around: tuple[str, ...]
    selector: str
    declarations: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """The last value that the block gives to ``name``."""
        return dict(self.declarations).get(name)

    def stands_in(self, words: str) -> bool:
        """Whether an at-rule around it holds ``words``."""
        return any(words in condition for condition in self.around)


def rules_in(sheet: str) -> list[Rule]:
    """Every block of ``sheet`` that declares something, in order; raises ValueError if its braces do not match."""
    rules: list[Rule] = []
    # Each open block: what stands before its brace, and what it has declared so far.
    open_blocks: list[tuple[str, list[tuple[str, str]]]] = []
    text = ""
    for piece in _pieces(sheet):
        if piece not in {"{", "}", ";"}:
            text += piece
            continue
        if piece == "{":
            open_blocks.append((_one_line(text), []))
        elif open_blocks:
            open_blocks[-1][1].extend(_declarations(text))
        if piece == "}":
            rules.extend(_closed(open_blocks))
        text = ""
    if open_blocks:
        raise ValueError(f"The block {open_blocks[-1][0]!r} is never closed.")
    return rules


def custom_properties(sheet: str, *, dark: bool) -> dict[str, str]:
    """The custom properties of ``:root``, without their dashes, as a screen in light or in dark sees them."""
    properties: dict[str, str] = {}
    for rule in rules_in(sheet):
        is_for_dark = rule.stands_in("prefers-color-scheme: dark")
        if rule.selector == ":root" and not rule.stands_in("print") and (dark or not is_for_dark):
            for name, value in rule.declarations:
                if name.startswith("--"):
                    is_short = HEX_SHORT.fullmatch(value)
                    properties[name.removeprefix("--")] = "#" + "".join(d * 2 for d in value[1:]) if is_short else value
    return properties


def _pieces(sheet: str) -> Iterator[str]:
    return (piece for piece in PIECES.split(COMMENT.sub(" ", sheet)) if piece)


def _closed(open_blocks: list[tuple[str, list[tuple[str, str]]]]) -> Iterator[Rule]:
    """The innermost block as a rule, if it declares anything."""
    if not open_blocks:
        raise ValueError("A block is closed that was never opened.")
    selector, declared = open_blocks.pop()
    if declared:
        yield Rule(tuple(name for name, _ in open_blocks), selector, tuple(declared))


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    name, colon, value = text.strip().partition(":")
    if colon and name and not name.startswith("@"):
        yield name.strip(), _one_line(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())
