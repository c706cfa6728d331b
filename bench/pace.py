"""How long and how often to measure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Pace:
    """``rounds`` of ``seconds`` for each side of each comparison; ``mails`` sent per round, ``supporters`` exported.

    ``letters`` drain to ``members`` while the worker is killed.
    """

    rounds: int
    seconds: float
    mails: int
    supporters: int
    letters: int
    members: int


FULL: Final = Pace(rounds=3, seconds=4, mails=1_500, supporters=100_000, letters=10_000, members=600)
QUICK: Final = Pace(rounds=1, seconds=2, mails=500, supporters=20_000, letters=1_000, members=60)
