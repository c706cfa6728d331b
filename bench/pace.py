"""How long and how often to measure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Pace:
    """``rounds`` of ``seconds`` for each side of each comparison; ``mails`` sent per round, ``supporters`` exported."""

    rounds: int
    seconds: float
    mails: int
    supporters: int


FULL: Final = Pace(rounds=3, seconds=4, mails=1_500, supporters=100_000)
QUICK: Final = Pace(rounds=1, seconds=2, mails=500, supporters=20_000)
