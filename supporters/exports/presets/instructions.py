"""The README that goes with a preset's files: what to do, in order, and what not to."""

from collections.abc import Sequence
from textwrap import fill
from typing import Final

WIDTH: Final = 96
CARE: Final = (
    "Upload the files as they are. Opened and saved in a spreadsheet, telephone numbers lose their "
    "first sign, dates change, and text may be run as a formula.",
    "These files name people who support this campaign. Keep them on an encrypted disk, send them to "
    "nobody by e-mail, and delete them when the import is done.",
)


def instructions(
    *, target: str, files: Sequence[str], steps: Sequence[str], never: Sequence[str], loses: Sequence[str]
) -> str:
    """A plain text that takes an organiser through the import into ``target``."""
    numbered = [_item(f"{number}. ", step) for number, step in enumerate(steps, start=1)]
    parts = [
        f"Supporters for {target}",
        "THE FILES\n" + _list(files),
        "BEFORE YOU BEGIN\n" + _list(CARE),
        "STEP BY STEP\n" + "\n".join(numbered),
        "NEVER\n" + _list(never),
        f"WHAT {target.upper()} CANNOT HOLD\n" + _list(loses),
    ]
    return "\n\n".join(parts) + "\n"


def _list(sentences: Sequence[str]) -> str:
    return "\n".join(_item("- ", sentence) for sentence in sentences)


def _item(mark: str, sentence: str) -> str:
    """``sentence`` behind its mark, in lines that a plain window shows whole."""
    return fill(
        sentence,
        width=WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
