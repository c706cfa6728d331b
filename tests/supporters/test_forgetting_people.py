"""Nobody is kept for no reason."""

import pytest

from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition, withdraw_signature
from supporters.models import ConsentRecord, Supporter
from supporters.retention import forget_unconnected_supporters
from tests.factories.petitions import PetitionPageFactory, draft_for

pytestmark = pytest.mark.django_db


def confirmed(**typed):
    sign_petition(draft_for(PetitionPageFactory(), **typed))
    signature = Signature.objects.latest("created_at")
    confirm_signature(signature.pk)
    return signature


def test_somebody_who_took_everything_back_is_forgotten():
    withdraw_signature(confirmed(wants_updates=True).pk)

    assert not Supporter.objects.exists()
    assert not ConsentRecord.objects.exists()


def test_somebody_whose_last_signature_was_forgotten_is_forgotten():
    confirmed()
    Signature.objects.update(supporter=None)

    assert forget_unconnected_supporters() == 1


def test_somebody_whose_signature_stands_is_kept():
    confirmed()

    assert forget_unconnected_supporters() == 0


def test_somebody_with_another_signature_is_kept():
    first = confirmed()
    confirmed()
    withdraw_signature(first.pk)

    assert Supporter.objects.count() == 1


def test_somebody_who_asked_for_updates_is_kept():
    confirmed(wants_updates=True)
    Signature.objects.update(supporter=None)

    assert forget_unconnected_supporters() == 0
