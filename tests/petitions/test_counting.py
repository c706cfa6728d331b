"""Totals: added up by a job, right to the last signature."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.counting import LAG, count_new_signatures, recount_petitions
from petitions.models import PaperSignatures, PetitionTotals, Signature
from petitions.services import sign_petition, withdraw_signature
from supporters.models import ActionState
from tests.factories.petitions import PetitionPageFactory, draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return PetitionPageFactory()


def confirmed(petition, number, *, ago=timedelta(minutes=1)):
    return Signature.objects.bulk_create(
        Signature(petition=petition, state=ActionState.CONFIRMED, confirmed_at=timezone.now() - ago)
        for _ in range(number)
    )


def total(petition):
    return PetitionTotals.objects.get(petition=petition).confirmed


def test_only_confirmed_signatures_count(petition):
    sign_petition(draft_for(petition))
    confirmed(petition, 3)

    count_new_signatures()

    assert total(petition) == 3


def test_counting_again_adds_only_what_is_new(petition):
    confirmed(petition, 3)
    count_new_signatures()
    count_new_signatures()

    assert total(petition) == 3


def test_signature_inside_the_lag_waits_for_the_next_count(petition):
    count_new_signatures()
    confirmed(petition, 1, ago=LAG / 2)
    count_new_signatures()

    assert total(petition) == 0


def test_withdrawing_takes_exactly_one_off(petition):
    first, *_ = confirmed(petition, 3)
    count_new_signatures()
    withdraw_signature(first.pk)
    Signature.objects.filter(pk=first.pk).update(withdrawn_at=timezone.now() - LAG * 2)
    PetitionTotals.objects.update(counted_until=timezone.now() - LAG * 3)

    count_new_signatures()

    assert total(petition) == 2


def test_withdrawing_an_unconfirmed_signature_takes_nothing_off(petition):
    confirmed(petition, 2)
    sign_petition(draft_for(petition))
    withdraw_signature(Signature.objects.latest("created_at").pk)
    Signature.objects.filter(state=ActionState.WITHDRAWN).update(withdrawn_at=timezone.now() - LAG * 2)

    count_new_signatures()

    assert total(petition) == 2


def test_paper_signatures_are_added_to_the_total(petition):
    confirmed(petition, 2)
    PaperSignatures.objects.create(petition=petition, number=40, note="Market square, box file 3.")

    count_new_signatures()

    assert PetitionTotals.objects.get(petition=petition).count == 42


def test_recount_puts_a_wrong_total_right_and_says_so(petition, caplog):
    confirmed(petition, 3)
    count_new_signatures()
    PetitionTotals.objects.update(confirmed=5)
    logging.getLogger("parasol").propagate = True

    assert recount_petitions() == {petition.pk: (5, 3)}

    assert total(petition) == 3
    assert "was 5 and should have been 3" in caplog.text


def test_recount_leaves_a_right_total_alone(petition):
    confirmed(petition, 3)
    count_new_signatures()

    assert recount_petitions() == {}


def test_count_costs_the_same_few_statements_however_many_petitions(django_assert_num_queries):
    for _ in range(5):
        confirmed(PetitionPageFactory(), 1)

    # savepoint, lock, missing totals, one update, the notice that pages changed, release
    with django_assert_num_queries(6):
        count_new_signatures()
