"""Mails sent per second by one worker, beside ready-made messages over one connection to the same server."""

import smtplib
import subprocess
import sys
from typing import Final

from bench.memory import PeakMemory
from bench.pace import Pace
from bench.results import Result, Round, summarise
from bench.signing import SigningBench
from bench.site import BASE_DIR, Site, wait_until

SENDER: Final = "updates@example.org"
# Holds a round's mails back until the worker is awake, and lets go of them all at once.
HOLD: Final = "UPDATE supporters_message SET next_attempt_at = 'infinity'"
LET_GO: Final = """
UPDATE supporters_message SET next_attempt_at = now()
WHERE id IN (SELECT id FROM supporters_message WHERE state = 'queued' AND next_attempt_at = 'infinity' LIMIT %s)
"""


def compare_mailing(site: Site, signing: SigningBench, pace: Pace) -> Result:
    """Confirmation mails for signatures just made; a mail counts when the mail server has it."""
    wanted = pace.mails * pace.rounds
    while site.count("supporters_message", "state = 'queued'") < wanted:
        signing.sign(1)
    return compare_waiting(site, pace, "confirmation mails by one worker")


def compare_waiting(site: Site, pace: Pace, name: str) -> Result:
    """What waits in the outbox, sent by the worker, which must not run yet and is stopped afterwards."""
    site.query(HOLD)
    site.start_worker()
    rounds = []
    with PeakMemory(site.worker.pid) as memory:
        for _ in range(pace.rounds):
            before = site.sink.count()
            site.query(LET_GO, pace.mails)
            ours = _rate(site, before, pace.mails)
            size = site.sink.receipts()[-1].size
            before = site.sink.count()
            command = [sys.executable, "-m", "bench.mailing", str(site.sink.port), str(size), str(pace.mails)]
            subprocess.run(command, cwd=BASE_DIR, check=True, timeout=300)
            rounds.append(Round(ours, _rate(site, before, pace.mails)))
    site.stop(site.worker)
    return summarise(
        name,
        rounds,
        reference_name="smtplib sending a ready-made message of the same length over one connection",
        unit="mails/s",
        peak_mb=memory.peak_mb,
    )


def _rate(site: Site, before: int, number: int) -> float:
    """Mails per second between the first and the last of ``number`` that came after the first ``before``."""
    wait_until(lambda: site.sink.count() >= before + number, f"{number} mails arrived", timeout_s=120)
    times = [receipt.at for receipt in site.sink.receipts()[before : before + number]]
    return (number - 1) / (times[-1] - times[0])


def main() -> None:
    """`python -m bench.mailing PORT SIZE N`: send a message of SIZE bytes N times, as fast as the server takes it."""
    port, size, number = map(int, sys.argv[1:])
    line = b"A line of a mail that was written long before it is sent.\r\n"
    message = b"Subject: Ready-made\r\n\r\n" + line * (size // len(line))
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as server:
        for _ in range(number):
            server.sendmail(SENDER, ["visitor@example.org"], message)


if __name__ == "__main__":
    main()
