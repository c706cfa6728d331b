"""Invented signatures for load tests."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from petitions.counting import count_new_signatures, recount_petitions
from petitions.models import PetitionTotals, Signature
from supporters.identity import email_key, mailbox_key, name_key, person_key, phone_key, postcode_key
from supporters.models import ActionState, CurrentConsent, Supporter, Suppression
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


def load_people(number: int) -> None:
    call_command("seed_load", supporters=number, stdout=StringIO())


def test_loaded_supporters_are_like_those_who_signed():
    load_people(1_000)

    assert Supporter.objects.count() == 1_000
    for supporter in Supporter.objects.exclude(phone_key=None)[:5]:
        assert bytes(supporter.email_key) == email_key(supporter.email)
        assert bytes(supporter.mailbox_key) == mailbox_key(supporter.email)
        assert bytes(supporter.name_key) == name_key(supporter.name)
        assert bytes(supporter.phone_key) == phone_key(supporter.phone)
        assert bytes(supporter.postcode_key) == postcode_key(supporter.postcode)


def test_some_loaded_supporters_said_no_and_some_are_here_twice():
    load_people(1_000)

    standing = CurrentConsent.objects.values_list("choice", flat=True)
    assert {"given", "withdrawn"} == set(standing)
    # Whoever took the last yes back has asked us to stop.
    no = CurrentConsent.objects.filter(choice="withdrawn").values_list("supporter__email_key", flat=True)
    assert {bytes(key) for key in no} == {
        bytes(key) for key in Suppression.objects.filter(reason="asked").values_list("email_key", flat=True)
    }
    assert Supporter.objects.values("mailbox_key").distinct().count() < 1_000


def test_supporters_can_be_loaded_twice():
    load_people(20)
    load_people(20)

    assert Supporter.objects.count() == 40


@pytest.mark.parametrize(
    ("options", "complaint"),
    [({}, "Say what to add"), ({"petition": 1}, "go together"), ({"supporters": 0}, "1 or more")],
)
def test_half_an_order_is_refused(options, complaint):
    with pytest.raises(CommandError, match=complaint):
        call_command("seed_load", **options)
