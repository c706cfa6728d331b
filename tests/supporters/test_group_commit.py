"""Requests that wait for one transaction together."""

import logging
import threading
import time

import psycopg
import pytest
from django.db import IntegrityError, connection

from supporters import group_commit
from supporters.group_commit import GroupCommit, Overloaded
from supporters.models import Suppression
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

LONG = 20.0  # seconds


class Keys(GroupCommit):
    """Stores each key it is given as a row, and answers with the key reversed.

    The database refuses keys that begin with "bad", this program those that begin with "worse"; for those
    that begin with "gone" there is no database any more. The first batch with the key "cut" loses its
    connection. ``gate`` holds a batch back while it is closed.
    """

    def __init__(self):
        super().__init__(self._store, name="test")
        self.batches = []
        self.was_cut = False
        self.gate = threading.Event()
        self.gate.set()
        self.is_writing = threading.Event()

    def _store(self, keys):
        self.is_writing.set()
        assert self.gate.wait(LONG)
        self.batches.append(len(keys))
        if b"cut" in keys and not self.was_cut:
            self.was_cut = True
            connection.connection.close()
        for key in keys:
            if key.startswith(b"worse"):
                raise ValueError("This one is no good.")
            if key.startswith(b"gone"):
                raise psycopg.OperationalError("The server closed the connection.")
            Suppression.objects.create(email_key=key, reason="nonsense" if key.startswith(b"bad") else "blocked")
        return [key[::-1] for key in keys]

    def close_gate(self, key):
        """Hold up the batch of ``key`` in the middle of being written; the thread that waits for it."""
        self.gate.clear()
        self.is_writing.clear()
        thread = self.submit_later(key)
        assert self.is_writing.wait(LONG)
        return thread

    def submit_later(self, key, answers=None):
        """Submit ``key`` in a thread; what comes of it goes into ``answers`` under the key."""

        def submit():
            try:
                answer = self.submit(key, seconds=LONG)
            except Exception as error:  # noqa: BLE001  (looked at by the test)
                answer = error
            if answers is not None:
                answers[key] = answer

        thread = threading.Thread(target=submit)
        thread.start()
        return thread

    def wait_for_waiting(self, number):
        deadline = time.monotonic() + LONG
        while self._waiting.qsize() != number:
            assert time.monotonic() < deadline, f"{self._waiting.qsize()} wait, not {number}"
            time.sleep(0.005)


@pytest.fixture
def keys():
    group = Keys()
    yield group
    group.gate.set()
    # Its thread has a connection that would outlive the test and keep the database from being dropped.
    cut_connections()


def cut_connections():
    """Cut every connection to this database but our own, as a restart of the server would; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


def stored():
    return {bytes(key) for key in Suppression.objects.values_list("email_key", flat=True)}


def test_each_gets_the_result_of_its_own_item(keys):
    names = [f"key {number}".encode() for number in range(40)]

    results = at_once(40, lambda which: keys.submit(names[which], seconds=LONG))

    assert results == [name[::-1] for name in names]
    assert stored() == set(names)


def test_what_waits_while_a_batch_is_written_is_written_together(keys):
    threads = [keys.close_gate(b"first")]
    threads += [keys.submit_later(f"later {number}".encode()) for number in range(10)]
    keys.wait_for_waiting(10)

    keys.gate.set()
    for thread in threads:
        thread.join(LONG)

    assert keys.batches == [1, 10]
    assert len(stored()) == 11


@pytest.mark.parametrize(
    ("bad", "error"), [(b"bad one", IntegrityError), (b"worse one", ValueError), (b"gone one", Overloaded)]
)
def test_one_bad_item_fails_alone(keys, bad, error, caplog):
    caplog.set_level(logging.CRITICAL, logger="parasol.group_commit")
    answers: dict[bytes, object] = {}
    threads = [keys.close_gate(b"first")]
    threads += [keys.submit_later(name, answers) for name in (b"good one", bad, b"good two")]
    keys.wait_for_waiting(3)

    keys.gate.set()
    for thread in threads:
        thread.join(LONG)

    assert stored() == {b"first", b"good one", b"good two"}
    assert isinstance(answers.pop(bad), error)
    assert answers == {b"good one": b"eno doog", b"good two": b"owt doog"}


def test_who_waited_too_long_is_told_so_and_nothing_is_stored(keys):
    thread = keys.close_gate(b"first")

    with pytest.raises(Overloaded):
        keys.submit(b"impatient", seconds=0.05)
    keys.gate.set()
    thread.join(LONG)
    keys.submit(b"last", seconds=LONG)

    assert stored() == {b"first", b"last"}


def test_who_is_being_written_when_the_time_is_over_gets_the_true_answer(keys):
    keys.gate.clear()
    threading.Timer(0.3, keys.gate.set).start()

    assert keys.submit(b"slow", seconds=0.05) == b"wols"
    assert stored() == {b"slow"}


def test_full_waiting_room_turns_people_away_at_once_and_stores_nothing(monkeypatch):
    monkeypatch.setattr(group_commit, "WAITING_ROOM", 3)
    keys = Keys()
    threads = [keys.close_gate(b"first")]
    threads += [keys.submit_later(f"later {number}".encode()) for number in range(3)]
    keys.wait_for_waiting(3)

    with pytest.raises(Overloaded):
        keys.submit(b"turned away", seconds=LONG)
    keys.gate.set()
    for thread in threads:
        thread.join(LONG)

    assert stored() == {b"first", b"later 0", b"later 1", b"later 2"}
    cut_connections()


def test_a_lost_connection_is_replaced_before_the_next_batch(keys):
    keys.submit(b"before", seconds=LONG)

    assert cut_connections() == 1

    keys.submit(b"after", seconds=LONG)
    assert stored() == {b"before", b"after"}


def test_a_batch_whose_connection_is_lost_in_the_middle_is_written_again(keys, caplog):
    caplog.set_level(logging.CRITICAL, logger="parasol.group_commit")
    answers: dict[bytes, object] = {}
    threads = [keys.close_gate(b"first")]
    threads += [keys.submit_later(name, answers) for name in (b"one", b"cut")]
    keys.wait_for_waiting(2)

    keys.gate.set()
    for thread in threads:
        thread.join(LONG)

    assert keys.batches == [1, 2, 1, 1]
    assert stored() == {b"first", b"one", b"cut"}
    assert answers == {b"one": b"eno", b"cut": b"tuc"}
