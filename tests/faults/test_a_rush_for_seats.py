"""People register for a webinar faster than mails leave, and the worker is killed meanwhile.

`python -m bench.registering` does the same with a thousand people for five hundred seats, and ten kills.
"""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from django.conf import settings

from bench.registering import Rushed

PEOPLE, SEATS, KILLS = 120, 60, 3

GOOD = Rushed(
    kills=2,
    acknowledged=20,
    seated=12,
    waiting=8,
    told=20,
    copies=3,
    lost=0,
    left_in_outbox=0,
    confirmed_after_s=3.0,
    seconds=5.0,
)

pytestmark = pytest.mark.timeout(600)


@pytest.mark.slow
def test_as_many_have_a_seat_as_there_are_and_everybody_is_told():
    command = [sys.executable, "-m", "bench.registering", f"--people={PEOPLE}", f"--seats={SEATS}", f"--kills={KILLS}"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=540, check=False)
    assert "{" in done.stdout, done.stderr
    found = Rushed(**json.loads(done.stdout[done.stdout.index("{") :]))
    assert (found.kills, found.acknowledged, found.seated, found.waiting) == (KILLS, PEOPLE, SEATS, PEOPLE - SEATS)
    assert found.is_good, found


@pytest.mark.parametrize("loss", [{"lost": 1}, {"told": 19}, {"left_in_outbox": 1}, {"seated": 11}, {"copies": 5}])
def test_control_one_loss_of_any_kind_is_not_good(loss):
    assert GOOD.is_good
    assert not replace(GOOD, **loss).is_good
