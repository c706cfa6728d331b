"""Signatures acknowledged per second, beside pgbench writing the same rows."""

import os
from typing import Final

from bench import pgbench
from bench.load import ACKNOWLEDGED, Load, act_for
from bench.memory import PeakMemory
from bench.pace import Pace
from bench.results import Result, Round, summarise
from bench.site import RigError, Site

CONNECTIONS: Final = 32
WARM_UP_S: Final = 2
LOGGING_EVERY_STATEMENT: Final = "&options=-c%20log_statement%3Dall"
SIGNATURE_SIZES: Final = "SELECT max(length(name)), max(length(email)), max(length(postcode)) FROM petitions_signature"


class SigningBench:
    """Rounds of signing on a seeded site whose web server runs."""

    def __init__(self, site: Site, petition: int, pace: Pace) -> None:
        self.site = site
        self.petition = petition
        self.pace = pace
        self._next_visitor = 1
        self._statements = {clients: self._statements_per_signature(clients) for clients in (CONNECTIONS, 1)}
        self._warm_up()
        self._script = self._write_reference()

    def with_worker_stopped(self) -> Result:
        return self._compare("signing", CONNECTIONS, pgbench.CLIENTS)

    def while_mail_is_sent(self) -> Result:
        """The worker sends what is being signed, on the same cores."""
        self.site.start_worker()
        result = self._compare("signing while mail is sent", CONNECTIONS, pgbench.CLIENTS)
        self.site.stop(self.site.worker)
        return result

    def one_at_a_time(self) -> Result:
        """What a person feels when the site is quiet."""
        return self._compare("signing, one at a time", 1, 1)

    def sign(self, seconds: float, *, connections: int = CONNECTIONS) -> Load:
        """One round; RigError unless exactly as many rows were stored as signatures acknowledged."""
        before = self.site.count("petitions_signature")
        load = act_for(
            seconds,
            act="signing",
            page=self.petition,
            first=self._next_visitor,
            port=self.site.port,
            connections=connections,
        )
        self._next_visitor += sum(load.answers.values()) + connections
        stored = self.site.count("petitions_signature") - before
        if stored != load.acknowledged or set(load.answers) != {ACKNOWLEDGED}:
            raise RigError(f"{stored} signatures were stored, {load.acknowledged} acknowledged: {load.answers}.")
        return load

    def tidy(self) -> None:
        """Keep the signatures, take away the mails and limits of the last round, and start from a quiet disk."""
        self.site.query("DELETE FROM supporters_message")
        self.site.query("DELETE FROM supporters_limitbucket")
        self.site.query("VACUUM supporters_message, supporters_limitbucket")
        self.site.query("CHECKPOINT")

    def _compare(self, name: str, connections: int, clients: int) -> Result:
        rounds = []
        with PeakMemory(self.site.web.pid) as memory:
            for _ in range(self.pace.rounds):
                self.tidy()
                reference = pgbench.transactions_per_second(
                    self._script, url=self.site.url, seconds=self.pace.seconds, clients=clients
                )
                self.tidy()
                load = self.sign(self.pace.seconds, connections=connections)
                rounds.append(Round(load.per_second, reference, load.p50_ms, load.p95_ms, load.p99_ms))
        self.tidy()
        return summarise(
            name,
            rounds,
            reference_name=f"pgbench, {clients} clients: the same rows, a transaction of 5 statements a signature",
            unit="signatures/s",
            peak_mb=memory.peak_mb,
            sql=self._statements[connections],
        )

    def _warm_up(self) -> None:
        self.site.start_web()
        self.sign(WARM_UP_S)

    def _statements_per_signature(self, connections: int) -> float:
        """By the database's own log, BEGIN and COMMIT included. Logging is slow: nothing else is measured with it."""
        log = self.site.postgres.data_dir / "server.log"
        os.environ["DATABASE_URL"] = self.site.url + LOGGING_EVERY_STATEMENT
        self.site.start_web()
        os.environ["DATABASE_URL"] = self.site.url
        self.sign(0.5, connections=connections)
        before = log.stat().st_size
        load = self.sign(1, connections=connections)
        with log.open("rb") as lines:
            lines.seek(before)
            statements = sum(b"LOG:  statement: " in line or b"LOG:  execute " in line for line in lines)
        self.site.stop(self.site.web)
        return statements / load.acknowledged

    def _write_reference(self) -> str:
        name, email, postcode = (int(str(size)) for size in self.site.query(SIGNATURE_SIZES + " WHERE source = ''")[0])
        [(recipient,)] = self.site.query("SELECT max(length(recipient)) FROM supporters_message")
        [(consent_text,)] = self.site.query(
            "SELECT consent_text_id FROM petitions_petitionpage WHERE page_ptr_id = %s", self.petition
        )
        sizes = {"name": name, "email": email, "postcode": postcode, "recipient": int(str(recipient))}
        script = self.site.directory / "signature.pgbench"
        return str(
            pgbench.write_script(script, petition=self.petition, consent_text=int(str(consent_text)), sizes=sizes)
        )
