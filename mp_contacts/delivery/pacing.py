"""How many letters an office gets now: an hourly cap, the hours in which offices read, and no clockwork.

A flood makes an office's mail server refuse us, and its staff make a rule that files us away. So letters to one member
leave one by one, in the working hours of the place they go to, as proca's mail-to-target does for other parliaments.
Nothing is planned ahead: whatever was missed while no worker ran is made up for at the same pace.
"""

import math
import random
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

WESTMINSTER: Final = ZoneInfo("Europe/London")
# The share of the cap in each hour of the day, midnight first: people in offices read from nine to five.
WORKING_DAY: Final = (*(0.0,) * 7, 0.3, 0.6, *(1.0,) * 8, 0.8, 0.5, 0.3, 0.2, 0.1, 0.0, 0.0)
# Few, so that Monday's pile does not hide what came first.
WEEKEND: Final = (*(0.0,) * 9, *(0.1,) * 10, *(0.0,) * 5)
SATURDAY: Final = 5
WINDOW: Final = timedelta(minutes=61)
"""What is counted against the cap: an hour, and the longest that a letter takes from its turn to leaving."""
SPREAD: Final = timedelta(seconds=45)
"""Letters whose turn it is leave within this time, not all in the same second."""
JITTER: Final = 0.5  # of the pause between two letters, added by chance


def share_at(moment: datetime) -> float:
    """How much of the hourly cap holds at ``moment``, from 0 to 1."""
    there = moment.astimezone(WESTMINSTER)
    return (WEEKEND if there.weekday() >= SATURDAY else WORKING_DAY)[there.hour]


def turns_now(*, per_hour: float, recent: int, since_last: timedelta | None, chance: random.Random) -> int:
    """How many letters may leave now for one member, to whom ``recent`` left within WINDOW.

    ``per_hour`` is the cap that holds now; ``since_last`` is None when none left within WINDOW. The pause between two
    is the hour's share of one, or up to half as long again; where that is less than a minute, several leave at once.
    """
    room = math.floor(max(per_hour, 1)) - recent if per_hour > 0 else 0
    if room <= 0:
        return 0
    pause = timedelta(hours=1) / per_hour * (1 + JITTER * chance.random())
    if since_last is not None and since_last < pause:
        return 0
    return min(room, max(1, round(timedelta(minutes=1) / pause)))
