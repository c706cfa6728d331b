"""Web server and worker are killed while people sign, and the worker while people rush for the seats of a webinar.

`python -m bench.faults` does the same for longer.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from bench.faults import Findings, judge_mail
from bench.mail_sink import Receipt
from bench.registering import Rushed
from bench.site import MIGRATED
from tests.migrated import migrated_dump

SIGNINGS = 400
KILLS = 8
PEOPLE, SEATS, WORKER_KILLS = 120, 60, 3

GOOD = Findings(
    kills={"worker": 1},
    refusals=3,
    acknowledged=300,
    signatures=300,
    lost=0,
    mails=300,
    unmailed=0,
    duplicates=2,
    left_in_outbox=0,
    left_running=0,
)


RUSHED_WELL = Rushed(
    kills=2,
    seats=12,
    acknowledged=20,
    seated=12,
    waiting=8,
    told=20,
    copies=3,
    lost=0,
    left_in_outbox=0,
    registered_after_s=1.0,
    confirmed_after_s=3.0,
    seconds=5.0,
)


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    """One run of the real server and the real worker on a database with fsync on."""
    rush = [f"--people={PEOPLE}", f"--seats={SEATS}", f"--worker-kills={WORKER_KILLS}"]
    command = [sys.executable, "-m", "bench.faults", f"--signings={SIGNINGS}", f"--kills={KILLS}", *rush]
    variables = {**os.environ, MIGRATED: str(migrated_dump())}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True, timeout=540, check=False
    )
    assert "{" in done.stdout, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout[done.stdout.index("{") :])
    return found


@pytest.fixture(scope="module")
def findings(found: dict[str, dict[str, Any]]) -> Findings:
    return Findings(**found["signing"])


pytestmark = pytest.mark.timeout(600)


@pytest.mark.slow
def test_every_kind_of_process_was_killed_while_at_work(findings):
    assert sum(findings.kills.values()) == KILLS
    assert set(findings.kills) == {"web server", "web process", "worker"}
    assert findings.refusals > 0, "nobody noticed that the web server was gone"


@pytest.mark.slow
def test_every_acknowledged_signature_is_stored_once(findings):
    assert findings.acknowledged == SIGNINGS
    assert findings.lost == 0
    assert findings.signatures == SIGNINGS


@pytest.mark.slow
def test_everybody_gets_the_confirmation_mail_and_hardly_anybody_the_same_one_twice(findings):
    assert findings.unmailed == 0
    assert findings.left_in_outbox == 0
    assert findings.mails >= SIGNINGS
    assert findings.duplicates < 0.01 * findings.mails


@pytest.mark.slow
def test_no_process_is_left_behind(findings):
    assert findings.left_running == 0


@pytest.mark.slow
def test_as_many_have_a_seat_as_there_are_and_everybody_is_told(found):
    rushed = Rushed(**found["registering"])
    assert (rushed.kills, rushed.acknowledged) == (WORKER_KILLS, PEOPLE)
    assert (rushed.seated, rushed.waiting) == (SEATS, PEOPLE - SEATS)
    assert rushed.is_good, rushed


@pytest.mark.parametrize("loss", [{"lost": 1}, {"told": 19}, {"left_in_outbox": 1}, {"seated": 11}, {"copies": 5}])
def test_control_one_loss_in_a_rush_is_not_good(loss):
    assert RUSHED_WELL.is_good
    assert not replace(RUSHED_WELL, **loss).is_good


def test_control_a_seat_given_twice_is_not_good():
    assert not replace(RUSHED_WELL, seated=13, waiting=7).is_good


@pytest.mark.parametrize("loss", [{"lost": 1}, {"unmailed": 1}, {"left_in_outbox": 1}, {"left_running": 1}])
def test_control_one_loss_of_any_kind_is_not_good(loss):
    assert GOOD.is_good
    assert not replace(GOOD, **loss).is_good


def test_control_one_copy_in_a_hundred_mails_is_too_many():
    assert not replace(GOOD, duplicates=3).is_good


def test_control_missing_and_repeated_mails_are_seen():
    receipts = [
        Receipt(at=1.0, recipient="ada@example.org", message_id="<1@example.org>", size=100),
        Receipt(at=2.0, recipient="ada@example.org", message_id="<1@example.org>", size=100),
        Receipt(at=3.0, recipient="ada@example.org", message_id="<2@example.org>", size=100),
    ]

    assert judge_mail({"ada@example.org", "bob@example.org"}, receipts) == {"mails": 2, "unmailed": 1, "duplicates": 1}
