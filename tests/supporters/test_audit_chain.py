"""Entries of the audit log cannot be changed, dropped, inserted or reordered unnoticed."""

import threading

import pgtrigger
import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporters.audit import first_broken_entry, hash_of, record_audit
from supporters.models import AuditEntry

pytestmark = pytest.mark.django_db

LENGTH = 6
TRIGGER = "supporters.AuditEntry:append_only"


def record(action="exported", **details):
    return record_audit(actor=None, action=action, subject="A petition", **details)


@pytest.fixture
def chain():
    return [record(count=number, purpose=f"Reason {number}") for number in range(LENGTH)]


def behind_its_back(statement, values=()):
    """What somebody with the database's own password could do."""
    with pgtrigger.ignore(TRIGGER), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_empty_chain_holds():
    assert first_broken_entry() is None


def test_untouched_chain_holds(chain):
    assert first_broken_entry() is None
    assert [entry.sequence for entry in chain] == list(range(1, LENGTH + 1))


def test_database_refuses_to_change_or_delete_an_entry(chain):
    for change in (lambda: AuditEntry.objects.update(count=0), chain[0].delete):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()


COLUMNS = {
    "at": "at + interval '1 microsecond'",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "actor_label": "actor_label || '.'",
    "action": "action || '.'",
    "subject": "subject || '.'",
    "count": "count + 1",
    "purpose": "purpose || '.'",
    "previous_hash": "set_bit(previous_hash, 7, 1 - get_bit(previous_hash, 7))",
    "entry_hash": "set_bit(entry_hash, 7, 1 - get_bit(entry_hash, 7))",
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("sequence", range(1, LENGTH + 1))
def test_changed_entry_is_found(chain, column, sequence):
    behind_its_back(
        f"UPDATE supporters_auditentry SET {column} = {COLUMNS[column]} WHERE sequence = %s",  # noqa: S608
        [sequence],
    )

    assert first_broken_entry() == sequence


@pytest.mark.parametrize("sequence", range(1, LENGTH))
def test_dropped_entry_is_found(chain, sequence):
    behind_its_back("DELETE FROM supporters_auditentry WHERE sequence = %s", [sequence])

    assert first_broken_entry() == sequence


def test_dropped_entry_is_found_though_the_others_close_ranks(chain):
    behind_its_back("DELETE FROM supporters_auditentry WHERE sequence = 3")
    for sequence in range(4, LENGTH + 1):
        behind_its_back("UPDATE supporters_auditentry SET sequence = sequence - 1 WHERE sequence = %s", [sequence])

    assert first_broken_entry() == 3


@pytest.mark.parametrize("sequence", range(1, LENGTH))
def test_reordered_entries_are_found(chain, sequence):
    for old, new in ((sequence, 99), (sequence + 1, sequence), (99, sequence + 1)):
        behind_its_back("UPDATE supporters_auditentry SET sequence = %s WHERE sequence = %s", [new, old])

    assert first_broken_entry() == sequence


def test_inserted_entry_is_found(chain):
    for sequence in range(LENGTH, 3, -1):
        behind_its_back("UPDATE supporters_auditentry SET sequence = sequence + 1 WHERE sequence = %s", [sequence])
    forged = AuditEntry.objects.get(sequence=3)
    forged.sequence, forged.previous_hash, forged.subject = 4, bytes(forged.entry_hash), "Something else"
    forged.entry_hash = hash_of(forged)
    forged.save(force_insert=True)

    assert first_broken_entry() == 5, "the forged entry fits, but the next one still names its old neighbour"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_bit_of_a_hash_is_found(chain, data):
    sequence = data.draw(st.integers(1, LENGTH))
    column = data.draw(st.sampled_from(["entry_hash", "previous_hash"]))
    bit = data.draw(st.integers(0, 255))
    flip = (
        f"UPDATE supporters_auditentry SET {column} = set_bit({column}, %s, 1 - get_bit({column}, %s))"  # noqa: S608
        " WHERE sequence = %s"
    )
    behind_its_back(flip, [bit, bit, sequence])
    assert first_broken_entry() == sequence
    behind_its_back(flip, [bit, bit, sequence])
    assert first_broken_entry() is None


def test_entry_names_who_acted_even_after_the_account_is_gone():
    organiser = get_user_model().objects.create_user(email="grace@example.org", name="Grace")
    record_audit(actor=organiser, action="exported", subject="A petition", count=3, purpose="To hand it in")
    organiser.delete()

    assert AuditEntry.objects.get().actor_label == "Grace"
    assert first_broken_entry() is None


def test_act_that_did_not_happen_leaves_no_entry():
    def act_and_fail():
        with transaction.atomic():
            record()
            raise LookupError

    with pytest.raises(LookupError):
        act_and_fail()

    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_entries_of_many_at_once_form_one_chain():
    together = threading.Barrier(6)

    def act():
        together.wait()
        for _ in range(5):
            record()
        connections.close_all()

    threads = [threading.Thread(target=act) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert AuditEntry.objects.count() == 30
    assert first_broken_entry() is None
