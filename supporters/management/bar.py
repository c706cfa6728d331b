"""How far a command is, on standard error: standard output may be the file."""

import sys
import time
from typing import Final

WIDTH: Final = 30
WATCHED_EVERY_S: Final = 1.0
UNWATCHED_EVERY_S: Final = 5.0


class Bar:
    """A bar that grows, redrawn about once a second; a line every few seconds where nobody watches."""

    def __init__(self, what: str, total: int | None) -> None:
        self.done = 0
        self._what, self._total, self._shown_at = what, total, 0.0
        self._is_watched = sys.stderr.isatty()

    def add(self, rows: int) -> None:
        """So many more rows are done."""
        self.show(self.done + rows)

    def show(self, rows: int) -> None:
        """So many rows are done in all."""
        self.done = rows
        is_last = rows == self._total
        pause = WATCHED_EVERY_S if self._is_watched else UNWATCHED_EVERY_S
        if not is_last and time.monotonic() - self._shown_at < pause:
            return
        self._shown_at = time.monotonic()
        line = f"{self._what}: {rows:,} rows"
        if self._total:
            share = min(1.0, rows / self._total)
            line = f"{self._what}: [{'#' * int(share * WIDTH):<{WIDTH}}] {share:.0%} of {self._total:,} rows"
        sys.stderr.write(f"\r{line}" + ("\n" if is_last else "") if self._is_watched else f"{line}\n")
        sys.stderr.flush()
