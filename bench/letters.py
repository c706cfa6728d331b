"""`python -m bench.letters`: letters drain through one worker that is killed again and again; then they are counted.

Rows and mails are counted, not answers: every letter must have left once, by its own return address, and every writer
must have been told once. Prints what was found as JSON; exits 1 when something was lost, or an office got too many.
"""

import argparse
import json
import os
import random
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from bench.letter_rows import OFFICES
from bench.mail_sink import Receipt
from bench.mailing import compare_waiting
from bench.pace import FULL, Pace
from bench.results import Result
from bench.site import RigError, Site, run, stop_politely_when_told

KILLS: Final = 6
SENDERS: Final = 2
WAIT_S: Final = 900
RETURN_ADDRESS: Final = re.compile(r"letters\+([a-z2-7]{26})@")


@dataclass(frozen=True)
class Drained:
    """What was true in the end. All that is not a number of what was done must be 0."""

    kills: int
    acknowledged: int
    left: int
    writers_told: int
    seconds: float
    copies: int
    """Second copies of one and the same mail: a killed sender has one in hand."""
    lost: int
    left_twice: int
    untold: int
    told_twice: int
    strangers: int
    """Mails with a return address that no letter has."""
    under_way: int

    @property
    def is_good(self) -> bool:
        wrong = self.lost + self.left_twice + self.untold + self.told_twice + self.strangers + self.under_way
        return wrong == 0 and self.copies <= SENDERS * self.kills


def compare_letters(site: Site, pace: Pace) -> Result:
    """Letters to offices sent by one worker; before that, all of them drained while it is killed.

    Some of the mails that count are notes to writers, which the worker queues meanwhile. Raises RigError when a letter
    was lost, or an office would have got more than its cap.
    """
    drained = LetterRun(site, letters=pace.letters, members=pace.members, kills=KILLS).run()
    paced = _rows("keep_pace", pace.letters, pace.members)
    print(json.dumps({"drained": asdict(drained), "paced": paced}), flush=True)
    if not (drained.is_good and keeps_pace(paced)):
        raise RigError("Letters were lost, left twice, or left too fast.")
    _rows("write", pace.mails * pace.rounds, pace.members)
    released = _rows("release")
    print(f"{released['letters'] / released['seconds']:,.0f} letters/s into the outbox", flush=True)
    return compare_waiting(site, pace, "letters to members by one worker")


class LetterRun:
    """One site, its letters, and whoever kills its worker."""

    def __init__(self, site: Site, *, letters: int, members: int, kills: int) -> None:
        self.site = site
        self.letters = letters
        self.members = members
        self.kills = kills
        self._chance = random.Random(7)

    def run(self) -> Drained:
        """Write the letters, kill the worker on the way, wait until all is settled, and count."""
        writers = _rows("write", self.letters, self.members)
        before, began = self.site.sink.count(), time.monotonic()
        self.site.start_worker()
        # In the middle of handing over, and then after every so many mails.
        self._kill_once(lambda: self._under_way() > 0, "letters are handed over")
        for number in range(1, self.kills):
            share = (number - self._chance.random()) / self.kills
            enough = max(before + int(2 * self.letters * share), self.site.sink.count() + 1)
            self._kill_once(self._has_sent(enough), "mails are sent")
        self._tend_until(lambda: self._under_way() + self._waiting() == 0, "all letters have left")
        took = time.monotonic() - began
        self.site.stop(self.site.worker)
        return self._count(writers, self.site.sink.receipts()[before:], took)

    def _kill_once(self, condition: Callable[[], bool], what: str) -> None:
        self._tend_until(lambda: condition() and self.site.worker.pid is not None, what)
        os.kill(self.site.worker.pid or 0, signal.SIGKILL)

    def _has_sent(self, number: int) -> Callable[[], bool]:
        return lambda: self.site.sink.count() >= number

    def _tend_until(self, condition: Callable[[], bool], what: str) -> None:
        self.site.tend_until(condition, what, children=[self.site.worker], timeout_s=WAIT_S)

    def _under_way(self) -> int:
        return self.site.count("mp_contacts_letter", "stage = 'sending'")

    def _waiting(self) -> int:
        queued = self.site.count("mp_contacts_letter", "stage = 'queued'")
        return queued + self.site.count("supporters_message", "state = 'queued'")

    def _count(self, writers: Sequence[str], receipts: Sequence[Receipt], took: float) -> Drained:
        rows = self.site.query(
            "SELECT return_token, member.email, stage, tries FROM mp_contacts_letter AS letter"
            " JOIN mp_contacts_member AS member ON member.id = member_id WHERE return_token <> ''"
        )
        tokens = {str(token) for token, *_ in rows}
        settled = {str(row[0]) for row in rows if str(row[1]).endswith(f"@{OFFICES}") and row[2:] == ("sent", 1)}
        by_token = _mails_by(receipts, lambda receipt: _token_in(receipt.sender))
        by_recipient = _mails_by(receipts, lambda receipt: receipt.recipient)
        told = by_recipient.keys() & set(writers)
        return Drained(
            kills=self.kills,
            acknowledged=len(writers),
            left=len(settled & by_token.keys()),
            writers_told=len(told),
            seconds=round(took, 1),
            copies=len(receipts) - len({receipt.message_id for receipt in receipts}),
            lost=len(writers) - len(settled & by_token.keys()),
            left_twice=sum(len(mails) > 1 for mails in by_token.values()),
            untold=len(writers) - len(told),
            told_twice=sum(len(by_recipient[writer]) > 1 for writer in told),
            strangers=len(by_token.keys() - tokens),
            under_way=self._under_way() + self._waiting(),
        )


def keeps_pace(found: dict[str, Any]) -> bool:
    """Whether no office got more than its cap, none by night, and all letters left."""
    return found["most_within_an_hour"] <= found["cap"] and found["at_night"] == found["never_left"] == 0


def _mails_by(receipts: Iterable[Receipt], key: Callable[[Receipt], str]) -> dict[str, set[str]]:
    """The Message-IDs that came under each key; those without one are left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for receipt in receipts:
        if name := key(receipt):
            found[name].add(receipt.message_id)
    return dict(found)


def _token_in(sender: str) -> str:
    match = RETURN_ADDRESS.match(sender)
    return match.group(1) if match else ""


def _rows(command: str, *numbers: int) -> Any:
    output = run([sys.executable, "-m", "bench.letter_rows", command, *map(str, numbers)])
    return json.loads(output.splitlines()[-1])


def main() -> int:
    stop_politely_when_told()
    parser = argparse.ArgumentParser(prog="python -m bench.letters", description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=FULL.letters)
    parser.add_argument("--members", type=int, default=FULL.members)
    parser.add_argument("--rounds", type=int, default=FULL.rounds, help="of letters sent beside ready-made messages")
    asked = parser.parse_args()
    pace = replace(FULL, letters=asked.letters, members=asked.members, rounds=asked.rounds)
    with Site("letters") as site:
        try:
            result = compare_letters(site, pace)
        except RigError as error:
            print(error, file=sys.stderr)
            return 1
    print(json.dumps(asdict(result), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
