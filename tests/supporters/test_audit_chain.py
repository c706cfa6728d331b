"""Entries of the audit log cannot be changed, dropped, inserted or reordered unnoticed."""

import threading

import pgtrigger
import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporters.audit import Head, check_chain, hash_of, record_audit
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


def breaks_at() -> int | None:
    """The sequence number at which the chain first breaks, or None if it holds from end to end."""
    broken = check_chain().broken
    return broken.sequence if broken else None


def test_empty_chain_holds():
    assert breaks_at() is None


def test_untouched_chain_holds(chain):
    assert breaks_at() is None
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

    assert breaks_at() == sequence


@pytest.mark.parametrize("sequence", range(1, LENGTH))
def test_dropped_entry_is_found(chain, sequence):
    behind_its_back("DELETE FROM supporters_auditentry WHERE sequence = %s", [sequence])

    assert breaks_at() == sequence


def test_dropped_entry_is_found_though_the_others_close_ranks(chain):
    behind_its_back("DELETE FROM supporters_auditentry WHERE sequence = 3")
    for sequence in range(4, LENGTH + 1):
        behind_its_back("UPDATE supporters_auditentry SET sequence = sequence - 1 WHERE sequence = %s", [sequence])

    assert breaks_at() == 3


@pytest.mark.parametrize("sequence", range(1, LENGTH))
def test_reordered_entries_are_found(chain, sequence):
    for old, new in ((sequence, 99), (sequence + 1, sequence), (99, sequence + 1)):
        behind_its_back("UPDATE supporters_auditentry SET sequence = %s WHERE sequence = %s", [new, old])

    assert breaks_at() == sequence


def test_inserted_entry_is_found(chain):
    for sequence in range(LENGTH, 3, -1):
        behind_its_back("UPDATE supporters_auditentry SET sequence = sequence + 1 WHERE sequence = %s", [sequence])
    forged = AuditEntry.objects.get(sequence=3)
    forged.sequence, forged.previous_hash, forged.subject = 4, bytes(forged.entry_hash), "Something else"
    forged.entry_hash = hash_of(forged)
    forged.save(force_insert=True)

    assert breaks_at() == 5, "the forged entry fits, but the next one still names its old neighbour"


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
    assert breaks_at() == sequence
    behind_its_back(flip, [bit, bit, sequence])
    assert breaks_at() is None


TEXTS = ["actor_label", "action", "subject", "purpose"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_character_is_found(chain, data):
    sequence, column = data.draw(st.integers(1, LENGTH)), data.draw(st.sampled_from(TEXTS))
    text = getattr(chain[sequence - 1], column)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"], exclude_characters=["\0", text[place]]))
    changed = text[:place] + other + text[place + 1 :]

    with transaction.atomic():
        behind_its_back(
            f"UPDATE supporters_auditentry SET {column} = %s WHERE sequence = %s",  # noqa: S608
            [changed, sequence],
        )
        broken = check_chain().broken
        transaction.set_rollback(True)

    assert broken is not None
    assert broken.sequence == sequence


@pytest.mark.parametrize("sequence", range(1, LENGTH + 1))
def test_copied_entry_is_found_wherever_it_is_put(chain, sequence):
    for later in range(LENGTH, sequence, -1):
        behind_its_back("UPDATE supporters_auditentry SET sequence = sequence + 1 WHERE sequence = %s", [later])
    copy = AuditEntry.objects.get(sequence=sequence)
    copy.sequence += 1
    copy.save(force_insert=True)

    assert breaks_at() == sequence + 1


@pytest.mark.parametrize("left", range(LENGTH))
def test_cut_tail_is_found_by_a_head_noted_before(chain, left):
    noted = check_chain().head
    behind_its_back("DELETE FROM supporters_auditentry WHERE sequence > %s", [left])

    assert breaks_at() is None, "what is left still holds"
    broken = check_chain(noted).broken
    assert broken is not None
    assert broken.sequence == left + 1
    assert "cut off" in broken.reason


@pytest.mark.parametrize("sequence", range(1, LENGTH + 1))
def test_chain_written_anew_from_any_place_is_found_by_a_noted_head(chain, sequence):
    noted = check_chain().head
    forged = list(AuditEntry.objects.filter(sequence__gte=sequence).order_by("sequence"))
    behind_its_back("DELETE FROM supporters_auditentry WHERE sequence >= %s", [sequence])
    previous = bytes(forged[0].previous_hash)
    for entry in forged:
        entry.subject, entry.previous_hash = "Nothing happened", previous
        entry.entry_hash = previous = hash_of(entry)
        entry.save(force_insert=True)

    assert breaks_at() is None, "every hash fits the next"
    broken = check_chain(noted).broken
    assert broken is not None
    assert broken.sequence == noted.sequence


def test_noted_head_still_holds_when_more_has_happened_since(chain):
    noted = check_chain().head
    record()

    assert check_chain(noted).broken is None
    assert check_chain(noted).head.sequence == noted.sequence + 1


def test_head_survives_being_written_down(chain):
    head = check_chain().head

    assert Head.parse(f" {head}\n") == head
    for wrong in ("", "6", "6:abc", f"six:{'0' * 64}", f"6:{'Z' * 64}", f"²:{'0' * 64}"):
        with pytest.raises(ValueError, match="A head is a number"):
            Head.parse(wrong)


def test_check_reads_a_few_entries_at_a_time(chain, django_assert_num_queries):
    with django_assert_num_queries(1):
        check_chain()


def test_entry_names_who_acted_even_after_the_account_is_gone():
    organiser = get_user_model().objects.create_user(email="grace@example.org", name="Grace")
    record_audit(actor=organiser, action="exported", subject="A petition", count=3, purpose="To hand it in")
    organiser.delete()

    assert AuditEntry.objects.get().actor_label == "Grace"
    assert breaks_at() is None


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
    assert breaks_at() is None
