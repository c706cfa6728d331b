"""The README that goes with a preset's files: what to do, in order, and what not to."""

from collections.abc import Sequence
from typing import Final

CARE: Final = (
    "Upload the files as they are. Opened and saved in a spreadsheet, telephone numbers lose their "
    "first sign, dates change, and a name may be run as a formula.",
    "These files name people who support this campaign. Keep them on an encrypted disk, send them to "
    "nobody by e-mail, and delete them when the import is done.",
)


def instructions(
    *, target: str, files: Sequence[str], steps: Sequence[str], never: Sequence[str], loses: Sequence[str]
) -> str:
    """A plain text that takes an organiser through the import into ``target``."""
    parts = [
        f"Supporters for {target}",
        "THE FILES\n" + _list(files),
        "BEFORE YOU BEGIN\n" + _list(CARE),
        "STEP BY STEP\n" + "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1)),
        "NEVER\n" + _list(never),
        f"WHAT {target.upper()} CANNOT HOLD\n" + _list(loses),
    ]
    return "\n\n".join(parts) + "\n"


def _list(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)
