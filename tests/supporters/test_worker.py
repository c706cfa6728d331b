"""The worker as a process: what it runs, how it stops, and what a killed one leaves to the next."""

import signal
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaign_site.working import Loop, record_heartbeats, watch_over, where
from petitions.models import PetitionTotals
from petitions.services import confirm_signature, sign_petition
from supporters.models import Message, MessageState, WorkerHeartbeat
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.supporters.real_worker import PATIENCE_S, end_all, start_worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

LOOPS = {"mail", "counting", "jobs"}


@pytest.fixture
def start(sink):
    """Starts a real worker on the test database and the sink, and ends it with the test."""
    started = []

    def run(*options):
        started.append(start_worker(sink.port, *options))
        return started[-1]

    yield run
    end_all(started)


def sign(number):
    petition = PetitionPageFactory()
    for n in range(number):
        sign_petition(draft_for(petition, email=f"person{n}@example.org"))
    return petition


def is_settled():
    return not Message.objects.filter(state=MessageState.QUEUED).exists()


def test_one_worker_sends_mail_counts_signatures_and_beats(start, sink):
    petition = sign(3)
    process = start()

    wait_until(lambda: len(sink.received) == 3)
    for message in Message.objects.all():
        confirm_signature(message.subject_id)
    wait_until(lambda: PetitionTotals.objects.filter(petition=petition, confirmed=3).exists())
    wait_until(lambda: set(WorkerHeartbeat.objects.values_list("name", flat=True)) == LOOPS)

    sign_petition(draft_for(petition, email="late@example.org"))
    signed_at = time.monotonic()
    wait_until(lambda: len(sink.received) == 4)
    assert time.monotonic() - signed_at < 5, "half a second of waiting, and a busy machine"

    sink.recipient_code = 550
    sign_petition(draft_for(petition, email="refused@example.org"))
    wait_until(is_settled)
    process.send_signal(signal.SIGINT)
    _, written = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "its address was refused" in written
    assert "example.org" not in written, "no line the worker writes holds an address"


def test_worker_stops_within_five_seconds_and_loses_nothing(start, sink):
    sink.delay = 0.1
    sign(30)
    process = start()
    wait_until(lambda: len(sink.received) >= 3)

    process.terminate()
    asked_at = time.monotonic()
    assert process.wait(30) == 0
    assert time.monotonic() - asked_at < 8, "five seconds, and a busy machine"

    sent = len(sink.received)
    assert sent < 30
    assert len(set(sink.message_ids)) == sent
    assert Message.objects.filter(state=MessageState.SENT).count() == sent
    assert not Message.objects.filter(leased_until__gt=timezone.now()).exists(), "the rest is handed back"


def test_worker_that_hangs_in_the_network_stops_all_the_same(start, sink):
    sink.hang.set()
    sign(1)
    process = start()
    assert sink.hanging.wait(PATIENCE_S)

    process.terminate()
    assert process.wait(30) == 0


def test_killed_worker_is_replaced_and_only_the_mail_in_hand_can_come_twice(start, sink):
    sign(12)
    sink.delay = 0.05
    process = start("--lease", "2", "--senders", "1")
    wait_until(lambda: len(sink.received) >= 3)
    process.kill()
    process.wait()

    start("--lease", "2", "--senders", "1")
    wait_until(is_settled)

    assert len(set(sink.message_ids)) == 12
    assert len(sink.received) <= 13


def test_two_workers_share_the_work(start, sink):
    sink.delay = 0.02
    sign(40)
    start()
    start()
    wait_until(is_settled)

    assert len(sink.received) == len(set(sink.message_ids)) == 40


def test_loop_that_fails_ends_the_whole_worker_with_an_error():
    stopping = threading.Event()
    healthy_stopped = threading.Event()

    def healthy(stopping, beat):
        stopping.wait()
        healthy_stopped.set()

    def broken(stopping, beat):
        raise RuntimeError("ada@example.org")

    assert watch_over([Loop("mail", healthy), Loop("jobs", broken)], stopping) == 1
    assert healthy_stopped.is_set()


def test_loop_that_returns_unasked_ends_the_worker_too():
    assert watch_over([Loop("mail", lambda stopping, beat: None)], threading.Event()) == 1


def test_failure_is_described_by_its_place_and_not_its_words():
    try:
        raise RuntimeError("ada@example.org")
    except RuntimeError as error:
        described = where(error)

    assert described.startswith("RuntimeError in ")
    assert "test_worker.py" in described
    assert "ada" not in described


def test_heartbeat_is_of_the_slowest_loop_of_a_name():
    now = time.monotonic()
    record_heartbeats([Loop("mail", print, beat_at=now), Loop("mail", print, beat_at=now - 300)])

    age = timezone.now() - WorkerHeartbeat.objects.get(name="mail").beat_at
    assert timedelta(seconds=295) < age < timedelta(seconds=305)


def test_stuck_worker_does_not_hide_that_another_one_is_well():
    now = time.monotonic()
    record_heartbeats([Loop("mail", print, beat_at=now)])
    record_heartbeats([Loop("mail", print, beat_at=now - 300)])

    assert timezone.now() - WorkerHeartbeat.objects.get(name="mail").beat_at < timedelta(seconds=5)


@pytest.mark.parametrize("options", [{"senders": 0}, {"lease": 0}])
def test_nonsense_is_refused_in_one_line(options):
    with pytest.raises(CommandError, match="above zero"):
        call_command("worker", **options)
