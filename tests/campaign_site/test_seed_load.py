"""Invented signatures for load tests."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from petitions.counting import count_new_signatures, recount_petitions
from petitions.models import PetitionTotals, Signature
from supporters.identity import email_key, person_key
from supporters.models import ActionState, Supporter
from tests.factories.petitions import PetitionPageFactory

pytestmark = pytest.mark.django_db


def load(petition_id: int, signatures: int) -> str:
    said = StringIO()
    call_command("seed_load", petition=petition_id, signatures=signatures, stdout=said)
    return said.getvalue()


def test_asked_for_signatures_are_written_and_counted():
    petition = PetitionPageFactory()
    other = PetitionPageFactory()
    assert "250 of 250" in load(petition.pk, 250)
    assert Signature.objects.filter(petition=petition, state=ActionState.CONFIRMED).count() == 250
    assert PetitionTotals.objects.get(petition=petition).confirmed == 250
    assert PetitionTotals.objects.get(petition=other).confirmed == 0


def test_signatures_loaded_after_a_count_are_in_the_next_total():
    petition = PetitionPageFactory()
    load(petition.pk, 30)
    count_new_signatures()
    load(petition.pk, 20)
    assert PetitionTotals.objects.get(petition=petition).confirmed == 50
    assert recount_petitions() == {}


def test_loaded_rows_are_like_those_of_the_form():
    petition = PetitionPageFactory()
    load(petition.pk, 5)
    for signature in Signature.objects.all():
        assert signature.email.endswith("@example.org")
        assert bytes(signature.person_key) == person_key(page_id=petition.pk, address=signature.email)
        supporter = Supporter.objects.get(pk=signature.supporter_id)
        assert (supporter.email, bytes(supporter.email_key)) == (signature.email, email_key(signature.email))
        assert (supporter.name, supporter.postcode) == (signature.name, signature.postcode)
        assert signature.consent_text_id == petition.consent_text_id


def test_a_petition_that_only_counts_gets_rows_without_people():
    petition = PetitionPageFactory(privacy_mode="count")
    load(petition.pk, 5)
    nothing = {f"{field}__isnull": True for field in ("name", "email", "postcode", "supporter")}
    assert Signature.objects.filter(**nothing).count() == 5
    assert Supporter.objects.count() == 0


@pytest.mark.parametrize("signatures", [0, -3])
def test_a_number_below_one_is_refused(signatures):
    with pytest.raises(CommandError, match="1 or more"):
        load(PetitionPageFactory().pk, signatures)


def test_an_unknown_petition_is_refused_by_its_id():
    with pytest.raises(CommandError, match="no petition with the id 987654"):
        load(987654, 1)


def test_production_is_refused(settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        load(PetitionPageFactory().pk, 1)
