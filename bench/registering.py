"""A rush for the seats of a webinar, while the worker is killed again and again; and registrations per second.

In the rush everybody registers, and presses the button in the mail that comes. Rows and mails are counted in the end,
not answers: as many have a seat as there were, all others wait, and each was told so.
"""

import http.client
import json
import os
import random
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlencode

from bench.load import ACKNOWLEDGED, act_for
from bench.pace import Pace
from bench.results import Result, Round, summarise
from bench.retrying_people import PATIENCE_S, RetryingPeople, who_acted
from bench.signing import CONNECTIONS, SigningBench
from bench.site import RigError, Site
from bench.visitors import network_of, registering

PEOPLE, SEATS, KILLS = 1_000, 500, 10
SENDERS: Final = 2
WAIT_S: Final = 300
FIRST_VISITOR: Final = 3_000_000
"""Nobody else in a run of all benchmarks has these numbers."""


@dataclass(frozen=True)
class Rushed:
    """What was true in the end."""

    kills: int
    seats: int
    """How many there were."""
    acknowledged: int
    seated: int
    waiting: int
    told: int
    """Who got two mails: the one to confirm, and the one that says what they have."""
    copies: int
    """Second copies of one and the same mail: a killed sender has one in hand."""
    lost: int
    left_in_outbox: int
    registered_after_s: float
    """From the first form to the answer to the last."""
    confirmed_after_s: float
    """Until the last press on the button in a mail."""
    seconds: float
    """Until the last mail had left."""

    @property
    def is_good(self) -> bool:
        everybody = self.seated + self.waiting == self.told == self.acknowledged
        none_too_many = self.seated == min(self.seats, self.acknowledged)
        nothing_missing = self.lost == self.left_in_outbox == 0
        return everybody and none_too_many and nothing_missing and self.copies <= SENDERS * self.kills


def compare_registering(site: Site, signing: SigningBench, pace: Pace) -> Result:
    """Registrations acknowledged per second beside signatures on the same site; first, the rush for seats.

    The web server runs before and after. Raises RigError when anything of the rush was lost.
    """
    rushed = SeatRush(site, people=PEOPLE, seats=SEATS, kills=KILLS).run()
    print(json.dumps({"rush for seats": asdict(rushed)}), flush=True)
    if not rushed.is_good:
        raise RigError("Something of the rush for seats was lost.")
    event, first, rounds = webinar(site), 2 * FIRST_VISITOR, []
    for _ in range(pace.rounds):
        signing.tidy()
        reference = signing.sign(pace.seconds)
        signing.tidy()
        before = site.count("events_registration")
        load = act_for(
            pace.seconds, act="registering", page=event, first=first, port=site.port, connections=CONNECTIONS
        )
        first += sum(load.answers.values()) + CONNECTIONS
        stored = site.count("events_registration") - before
        if stored != load.acknowledged or set(load.answers) != {ACKNOWLEDGED}:
            raise RigError(f"{stored} registrations were stored, {load.acknowledged} acknowledged: {load.answers}.")
        rounds.append(Round(load.per_second, reference.per_second, load.p50_ms, load.p95_ms, load.p99_ms))
    signing.tidy()
    return summarise("registering", rounds, reference_name="signing on the same site", unit="registrations/s")


def webinar(site: Site) -> int:
    """The webinar of the demo campaign that is still to come."""
    [(event,)] = site.query("SELECT page_ptr_id FROM events_eventpage WHERE starts_at > now()")
    return int(str(event))


class SeatRush:
    """One site whose web server runs, the people who want to come, and whoever kills its worker."""

    def __init__(self, site: Site, *, people: int, seats: int, kills: int) -> None:
        self.site = site
        self.number = people
        self.seats = seats
        self.kills = kills
        self.event = webinar(site)
        self.people = RetryingPeople(people, act=registering(self.event), port=site.port, first=FIRST_VISITOR)
        self.pressed: set[str] = set()
        self._chance = random.Random(7)
        self._mails_before = 0

    def run(self) -> Rushed:
        """Let everybody register and confirm, kill on the way, wait until all mail has left, and count."""
        before = {place: self._seats_at(place) for place in ("seated", "waiting")}
        self.site.query(
            "UPDATE events_eventpage SET capacity = %s WHERE page_ptr_id = %s",
            before["seated"] + self.seats,
            self.event,
        )
        self._mails_before = self.site.sink.count()
        began = time.monotonic()
        self.site.start_worker()
        self.people.start()
        self.people.allow(self.number)
        try:
            for number in range(1, self.kills + 1):
                self._kill_once(int(2 * self.number * (number - self._chance.random()) / self.kills))
            self._tend_until(self.people.are_done, "everybody has registered")
            self._tend_until(lambda: len(self.pressed) == self.number, "everybody has confirmed")
            confirmed_after = time.monotonic() - began
            self._tend_until(lambda: self._left_in_outbox() == 0, "all mail has left")
        finally:
            self.people.send_home()
        took = time.monotonic() - began
        self.site.stop(self.site.worker)
        seated, waiting = (self._seats_at(place) - before[place] for place in ("seated", "waiting"))
        times = (self.people.last_at - began, confirmed_after, took)
        return self._count(seated, waiting, times)

    def _kill_once(self, mails: int) -> None:
        """Kill the worker once so many mails of this rush have left."""
        enough = max(self._mails_before + mails, self.site.sink.count() + 1)
        self._tend_until(
            lambda: self.site.sink.count() >= enough and self.site.worker.pid is not None, "mails are sent"
        )
        os.kill(self.site.worker.pid or 0, signal.SIGKILL)

    def _tend_until(self, condition: Callable[[], bool], what: str) -> None:
        def is_so() -> bool:
            self._press_what_came()
            return condition()

        self.site.tend_until(is_so, what, children=[self.site.worker], timeout_s=WAIT_S)

    def _press_what_came(self) -> None:
        """Let everybody who has got the mail to confirm press the button; whoever is refused tries again later."""
        links: dict[str, str] = {}
        for receipt in self.site.sink.receipts()[self._mails_before :]:
            if receipt.recipient not in self.pressed:
                links.setdefault(receipt.recipient, receipt.link)
        threads = [threading.Thread(target=self._press, args=item) for item in links.items()]
        for start in range(0, len(threads), 8):
            for thread in threads[start : start + 8]:
                thread.start()
            for thread in threads[start : start + 8]:
                thread.join()

    def _press(self, address: str, token: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE_S)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": network_of(len(self.pressed)),
        }
        try:
            connection.request("POST", "/links/", urlencode({"token": token}), headers)
            if connection.getresponse().status == http.client.SEE_OTHER:
                self.pressed.add(address)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _seats_at(self, place: str) -> int:
        [(seats,)] = self.site.query(
            "SELECT coalesce(sum(seats), 0) FROM events_registration WHERE page_id = %s AND place = %s",
            self.event,
            place,
        )
        return int(str(seats))

    def _left_in_outbox(self) -> int:
        return self.site.count("supporters_message", "state = 'queued' AND kind ^@ 'event_'")

    def _count(self, seated: int, waiting: int, times: tuple[float, float, float]) -> Rushed:
        registered_after, confirmed_after, took = (round(seconds, 1) for seconds in times)
        receipts = self.site.sink.receipts()[self._mails_before :]
        mails = defaultdict(set)
        for receipt in receipts:
            mails[receipt.recipient].add(receipt.message_id)
        acknowledged = self.people.acknowledged
        rows = self.site.query("SELECT person_key FROM events_registration WHERE page_id = %s", self.event)
        known = who_acted(acknowledged, {key for (key,) in rows}, page=self.event)
        return Rushed(
            kills=self.kills,
            seats=self.seats,
            acknowledged=len(acknowledged),
            seated=seated,
            waiting=waiting,
            told=sum(len(mails[address]) == 2 for address in acknowledged),
            copies=len(receipts) - len({receipt.message_id for receipt in receipts}),
            lost=len(acknowledged - known),
            left_in_outbox=self._left_in_outbox(),
            registered_after_s=registered_after,
            confirmed_after_s=confirmed_after,
            seconds=took,
        )
