"""Goals that raise themselves: a petition is never "full"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

# The leading figures a goal may have; read as 1,000, 1,500, 2,000, 2,500, 3,000, 5,000, 7,500, 10,000.
ROUND_STEPS = (10, 15, 20, 25, 30, 50, 75, 100)
SMALLEST_GOAL = 100

CANOPY_PANELS = 12


@dataclass(frozen=True)
class Progress:
    """A petition's total beside what it aims for."""

    count: int
    goal: int
    as_of: datetime

    @property
    def percent(self) -> int:
        return min(100, self.count * 100 // self.goal)

    @property
    def panels_open(self) -> int:
        """How many panels of the canopy are open: one from the first signature, all at the goal."""
        return min(CANOPY_PANELS, -(-self.count * CANOPY_PANELS // self.goal))

    @property
    def still_to_go(self) -> int:
        return max(0, self.goal - self.count)


def current_goal(count: int, milestones: Iterable[int]) -> int:
    """The number to aim for now: the first milestone not reached, or past the last one a round number."""
    return min((goal for goal in milestones if goal > count), default=0) or next_round_number(count)


def next_round_number(count: int) -> int:
    """The smallest round number that leaves at least a tenth still to go."""
    wanted = max(SMALLEST_GOAL, count * 10 // 9 + 1)
    magnitude = 1
    while ROUND_STEPS[-1] * magnitude < wanted:
        magnitude *= 10
    return next(step * magnitude for step in ROUND_STEPS if step * magnitude >= wanted)
