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
HEX_SHORT: Final = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")


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
        if piece == "{":
            open_blocks.append((_one_line(text), []))
        elif piece in {"}", ";"}:
            if open_blocks and (found := _declaration(text)):
                open_blocks[-1][1].append(found)
            if piece == "}":
                if not open_blocks:
                    raise ValueError("A block is closed that was never opened.")
                selector, declared = open_blocks.pop()
                if declared:
                    rules.append(Rule(tuple(name for name, _ in open_blocks), selector, tuple(declared)))
        else:
            text += piece
            continue
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
                    properties[name.removeprefix("--")] = (
                        HEX_SHORT.sub(r"#\1\1\2\2\3\3", value) if len(value) == 4 else value
                    )
    return properties


def _pieces(sheet: str) -> Iterator[str]:
    return (piece for piece in PIECES.split(COMMENT.sub(" ", sheet)) if piece)


def _declaration(text: str) -> tuple[str, str] | None:
    name, colon, value = text.partition(":")
    return (name.strip(), _one_line(value)) if colon and name.strip() and not text.strip().startswith("@") else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
