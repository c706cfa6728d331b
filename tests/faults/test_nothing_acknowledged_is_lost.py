"""Web server and worker are killed while people sign. `python -m bench.faults` does the same for longer."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from django.conf import settings

from bench.faults import Findings, judge_mail
from bench.mail_sink import Receipt

SIGNINGS = 400
KILLS = 8

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


@pytest.fixture(scope="module")
def findings() -> Findings:
    """One run of the real server and the real worker on a database with fsync on."""
    command = [sys.executable, "-m", "bench.faults", f"--signings={SIGNINGS}", f"--kills={KILLS}"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=540, check=False)
    assert "{" in done.stdout, done.stderr
    return Findings(**json.loads(done.stdout[done.stdout.index("{") :]))


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
