"""`python -m bench.faults`: kill web server and worker again and again while people sign and register, then count.

Rows are counted, not answers: everybody who was told "thank you" must have a signature, and every
signature must have its mail. Prints what was found as JSON; exits 1 when something was lost.
"""

import argparse
import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import psutil

from bench.mail_sink import Receipt
from bench.registering import SeatRush
from bench.retrying_people import RetryingPeople, who_acted
from bench.site import MARK, RigError, Site, stop_politely_when_told
from bench.visitors import address_of, signing

MOST_DUPLICATES: Final = 0.01
WAIT_S: Final = 120
CONFIRMATION: Final = "petition_confirm"


@dataclass(frozen=True)
class Findings:
    """What was true in the end. Lost and unmailed must be 0, whatever was killed."""

    kills: dict[str, int]
    refusals: int
    acknowledged: int
    signatures: int
    lost: int
    mails: int
    unmailed: int
    duplicates: int
    left_in_outbox: int
    left_running: int

    @property
    def is_good(self) -> bool:
        nothing_is_missing = not (self.lost or self.unmailed or self.left_in_outbox or self.left_running)
        return nothing_is_missing and self.duplicates < MOST_DUPLICATES * self.mails


class FaultRun:
    """One site, the people who sign on it, and whoever kills its processes."""

    def __init__(self, site: Site, *, signings: int, kills: int) -> None:
        self.site = site
        self.signings = signings
        self.petition = site.petition()
        self.people = RetryingPeople(signings, act=signing(self.petition), port=site.port)
        self.killed: Counter[str] = Counter()
        self._victims = [list(VICTIMS)[number % len(VICTIMS)] for number in range(kills)]
        self._chance = random.Random(7)

    def run(self) -> Findings:
        """Let everybody sign, kill on the way, wait until all mail has left, stop, and count."""
        before = self.site.count("petitions_signature")
        self.site.start_web()
        self.site.start_worker()
        self.people.start()
        try:
            for number, victim in enumerate(self._victims, start=1):
                self._kill_at_work(victim, allowed=self.signings * number // (len(self._victims) + 1))
            self.people.allow(self.signings)
            self._tend_until(self.people.are_done, "everybody has signed")
            self._tend_until(lambda: self._left_in_outbox() == 0, "all mail has left")
        finally:
            self.people.send_home()
        self.site.stop(self.site.web)
        self.site.stop(self.site.worker)
        return self._count(self.site.count("petitions_signature") - before)

    def _kill_at_work(self, victim: str, *, allowed: int) -> None:
        """Kill in the middle of something: once some more signatures are stored, or some more mails sent."""
        work = self.site.sink.count if victim == "worker" else lambda: len(self.people.acknowledged)
        enough = work() + self._chance.randint(1, max(1, self.signings // (3 * len(self._victims))))
        self.people.allow(allowed)
        self._tend_until(lambda: work() >= enough, f"the {victim} is at work")
        pid = VICTIMS[victim](self.site)
        if pid is None:
            raise RigError(f"There was no {victim} to kill.")
        os.kill(pid, signal.SIGKILL)
        self.killed[victim] += 1

    def _tend_until(self, condition: Callable[[], bool], what: str) -> None:
        self.site.tend_until(condition, what, children=[self.site.web, self.site.worker], timeout_s=WAIT_S)

    def _left_in_outbox(self) -> int:
        return self.site.count("supporters_message", f"state = 'queued' AND kind = '{CONFIRMATION}'")

    def _count(self, signatures: int) -> Findings:
        acknowledged = self.people.acknowledged
        if self._signed([address_of(0)]):
            raise RigError("Somebody who never signed has a signature: this run could not have noticed a loss.")
        return Findings(
            kills=dict(self.killed),
            refusals=self.people.refusals,
            acknowledged=len(acknowledged),
            signatures=signatures,
            lost=len(acknowledged - self._signed(acknowledged)),
            left_in_outbox=self._left_in_outbox(),
            left_running=len(processes_marked(self.site.mark)),
            **judge_mail(acknowledged, self.site.sink.receipts()),
        )

    def _signed(self, addresses: Collection[str]) -> set[str]:
        rows = self.site.query("SELECT person_key FROM petitions_signature WHERE petition_id = %s", self.petition)
        return who_acted(addresses, {key for (key,) in rows}, page=self.petition)


def judge_mail(acknowledged: Collection[str], receipts: Sequence[Receipt]) -> dict[str, int]:
    """How many different mails arrived, who got none, and how many copies were one too many.

    Two mails to one person are two messages when the person pressed twice; copies share a Message-ID.
    """
    copies = Counter(receipt.message_id for receipt in receipts)
    reached = {receipt.recipient for receipt in receipts}
    return {
        "mails": len(copies),
        "unmailed": sum(address not in reached for address in acknowledged),
        "duplicates": len(receipts) - len(copies),
    }


def processes_marked(mark: str) -> list[int]:
    """Processes that inherited the rig's mark, other than this one and its mail server."""
    own = {os.getpid(), *(child.pid for child in psutil.Process().children() if "bench.mail_sink" in child.cmdline())}
    return [process.pid for process in psutil.process_iter() if process.pid not in own and _mark_of(process) == mark]


def _mark_of(process: psutil.Process) -> str | None:
    try:
        return None if process.status() == psutil.STATUS_ZOMBIE else process.environ().get(MARK)
    except (psutil.Error, OSError):
        return None


def _first_web_process(site: Site) -> int | None:
    """The process that answers requests; its parent only watches over it."""
    children = psutil.Process(site.web.pid).children() if site.web.pid else []
    return next((child.pid for child in children if child.status() != psutil.STATUS_ZOMBIE), None)


VICTIMS: Final[dict[str, Callable[[Site], int | None]]] = {
    "web server": lambda site: site.web.pid,
    "worker": lambda site: site.worker.pid,
    "web process": _first_web_process,
}


def main() -> int:
    stop_politely_when_told()
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__.splitlines()[0])
    parser.add_argument("--signings", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--people", type=int, default=1_000, help="who want to come to a webinar afterwards")
    parser.add_argument("--seats", type=int, default=500)
    parser.add_argument("--worker-kills", type=int, default=10, help="while they register")
    asked = parser.parse_args()
    with Site("faults") as site:
        findings = FaultRun(site, signings=asked.signings, kills=asked.kills).run()
        site.start_web()
        rushed = SeatRush(site, people=asked.people, seats=asked.seats, kills=asked.worker_kills).run()
    print(json.dumps({"signing": asdict(findings), "registering": asdict(rushed)}, indent=2))
    return 0 if findings.is_good and rushed.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
