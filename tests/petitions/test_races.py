"""Many people, or one impatient person, at the same moment. Each race has a control that loses without the lock."""

import time
import uuid
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import connection, transaction
from psycopg.errors import DeadlockDetected

from petitions.counting import count_new_signatures
from petitions.models import PetitionTotals, Signature
from petitions.services import SigningOutcome, confirm_signature, sign_petition, withdraw_signature
from petitions.services import signing as signing_module
from petitions.services.confirming import ConfirmOutcome
from supporters.models import ActionState, ConsentRecord, Message, Supporter
from tests.at_once import at_once
from tests.factories.petitions import PetitionPageFactory, draft_for

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 20
# How long each transaction stays open after its insert, so that all of them overlap.
OPEN_FOR = 0.2

ON_CONFLICT = "ON CONFLICT (petition_id, person_key) DO NOTHING"
CHECK_FIRST = """WHERE NOT EXISTS (
        SELECT FROM petitions_signature known
        WHERE known.petition_id = draft.petition_id AND known.person_key = draft.person_key
    )"""


@pytest.fixture
def petition():
    return PetitionPageFactory()


@contextmanager
def without_the_constraint(monkeypatch):
    """The same statement, checking first instead of relying on the constraint, which is taken away."""
    checking_first = signing_module.INSERT.replace(ON_CONFLICT, "").replace(
        "FROM draft ORDER BY", f"FROM draft {CHECK_FIRST} ORDER BY"
    )
    assert CHECK_FIRST in checking_first
    assert ON_CONFLICT not in checking_first
    constraint = next(
        each for each in Signature._meta.constraints if each.name == "petitions_signature_once_per_person"
    )
    monkeypatch.setattr(signing_module, "INSERT", checking_first)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Signature, constraint)
    try:
        yield
    finally:
        Signature.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Signature, constraint)


def insert_slowly(draft):
    """The inserting statement alone: the limits before it would already make these transactions queue up."""
    with transaction.atomic():
        new = signing_module._insert([draft])
        time.sleep(OPEN_FOR)
    return len(new)


def insert_one_address(petition):
    drafts = [draft_for(petition) for _ in range(PEOPLE)]
    return sum(at_once(PEOPLE, lambda which: insert_slowly(drafts[which])))


def test_twenty_threads_with_one_address_leave_one_signature(petition):
    drafts = [draft_for(petition) for _ in range(PEOPLE)]

    outcomes = at_once(PEOPLE, lambda which: sign_petition(drafts[which]))

    assert outcomes == [SigningOutcome.ACCEPTED] * PEOPLE
    assert Signature.objects.count() == 1


def test_twenty_threads_with_one_address_queue_two_mails_and_no_more(petition):
    drafts = [draft_for(petition) for _ in range(PEOPLE)]

    at_once(PEOPLE, lambda which: sign_petition(drafts[which]))

    assert Message.objects.count() == 2


def test_twenty_overlapping_inserts_of_one_address_leave_one_signature(petition):
    assert insert_one_address(petition) == 1
    assert Signature.objects.count() == 1


def test_control_without_the_constraint_one_address_signs_more_than_once(petition, monkeypatch):
    with without_the_constraint(monkeypatch):
        assert insert_one_address(petition) > 1
        assert Signature.objects.count() > 1


def test_twenty_addresses_at_once_leave_twenty_signatures_and_mails(petition):
    drafts = [draft_for(petition, email=f"person{which}@example.org") for which in range(PEOPLE)]

    at_once(PEOPLE, lambda which: sign_petition(drafts[which]))

    assert Signature.objects.count() == PEOPLE
    assert Message.objects.count() == PEOPLE


def insert_in_opposite_orders(petition, *, number, batches=4):
    """Some batches of the same ``number`` of people, every second one in reverse, all inserted at once."""
    drafts = [draft_for(petition, email=f"person{which}@example.org") for which in range(number)]
    batches_of = [
        [replace(draft, id=uuid.uuid4(), message_id=uuid.uuid4()) for draft in drafts] for _ in range(batches)
    ]

    def insert(which):
        with transaction.atomic():
            return len(signing_module._insert(batches_of[which][:: 1 if which % 2 else -1]))

    return sum(at_once(batches, insert))


def test_batches_of_the_same_people_in_opposite_orders_do_not_wait_for_each_other_in_a_ring(petition):
    for _ in range(3):
        assert insert_in_opposite_orders(petition, number=500) == 500
        Signature.objects.all().delete()


def insert_until_they_wait_in_a_ring(petition, *, rounds=30):
    for _ in range(rounds):
        insert_in_opposite_orders(petition, number=500)
        Signature.objects.all().delete()


def test_control_without_the_order_such_batches_do_wait_for_each_other(petition, monkeypatch):
    in_any_order = signing_module.INSERT.replace("FROM draft ORDER BY petition_id, person_key", "FROM draft")
    assert in_any_order != signing_module.INSERT
    monkeypatch.setattr(signing_module, "INSERT", in_any_order)

    with pytest.raises(DeadlockDetected):
        insert_until_they_wait_in_a_ring(petition)


def test_confirm_pressed_twenty_times_at_once_counts_once(petition):
    sign_petition(draft_for(petition, wants_updates=True))
    signature = Signature.objects.get()

    outcomes = at_once(PEOPLE, lambda _: confirm_signature(signature.pk))

    assert outcomes == [(ConfirmOutcome.CONFIRMED, petition.pk)] * PEOPLE
    assert Supporter.objects.count() == 1
    assert ConsentRecord.objects.count() == 1


class LooksWithoutLocking:
    """The control: decides by what it read, as if nobody else could be deciding at the same time."""

    def confirm(self, signature_id):
        with transaction.atomic():
            signature = Signature.objects.get(pk=signature_id)
            if signature.state != ActionState.PENDING:
                return 0
            time.sleep(OPEN_FOR)
            return Signature.objects.filter(pk=signature_id).update(
                state=ActionState.CONFIRMED, confirmed_at=signature.created_at
            )


def test_control_without_the_row_lock_more_than_one_press_confirms(petition):
    sign_petition(draft_for(petition))
    signature = Signature.objects.get()

    assert sum(at_once(PEOPLE, lambda _: LooksWithoutLocking().confirm(signature.pk))) > 1


def test_confirming_and_withdrawing_at_once_leave_nothing_about_the_person(petition):
    sign_petition(draft_for(petition, wants_updates=True))
    signature = Signature.objects.get()

    at_once(PEOPLE, lambda which: (confirm_signature if which % 2 else withdraw_signature)(signature.pk))

    signature.refresh_from_db()
    assert (signature.state, signature.email, signature.supporter) == (ActionState.WITHDRAWN, "", None)


def test_counters_that_run_at_once_count_each_signature_once(petition):
    Signature.objects.bulk_create(
        Signature(petition=petition, state=ActionState.CONFIRMED, confirmed_at="2026-01-01T12:00:00Z")
        for _ in range(100)
    )

    at_once(8, lambda _: count_new_signatures())

    assert PetitionTotals.objects.get(petition=petition).confirmed == 100
