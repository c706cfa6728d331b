"""The button behind the link in the mail."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from petitions.models import PetitionState, Signature
from petitions.services import confirm_signature, sign_petition, withdraw_signature
from petitions.services.confirming import ConfirmOutcome
from supporters.models import ActionState, ConsentRecord, Message, MessageState, Supporter
from tests.factories.petitions import PetitionPageFactory, draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return PetitionPageFactory()


def signed(petition, **typed):
    sign_petition(draft_for(petition, **typed))
    return Signature.objects.latest("created_at")


def test_confirming_counts_from_the_moment_of_the_press(petition):
    signature = signed(petition)

    assert confirm_signature(signature.pk) == (ConfirmOutcome.CONFIRMED, petition.pk)

    signature.refresh_from_db()
    assert signature.state == ActionState.CONFIRMED
    assert abs(timezone.now() - signature.confirmed_at) < timedelta(minutes=1)


def test_confirming_twice_is_confirming_once(petition):
    signature = signed(petition)
    confirm_signature(signature.pk)
    first = Signature.objects.get().confirmed_at

    assert confirm_signature(signature.pk) == (ConfirmOutcome.CONFIRMED, petition.pk)
    assert Signature.objects.get().confirmed_at == first


def test_confirming_makes_the_supporter_record(petition):
    signature = signed(petition)

    confirm_signature(signature.pk)

    supporter = Supporter.objects.get()
    assert (supporter.name, supporter.email, supporter.postcode) == ("Ada Example", "ada@example.org", "SW1A 1AA")
    assert Signature.objects.get().supporter == supporter


def test_ticked_box_becomes_a_line_in_the_consent_ledger(petition):
    signature = signed(petition, wants_updates=True)

    confirm_signature(signature.pk)

    record = ConsentRecord.objects.get()
    assert (record.choice, record.text, record.page_id) == ("given", petition.consent_text, petition.pk)
    assert record.asked_at == Signature.objects.get().created_at


def test_unticked_box_leaves_no_line_in_the_consent_ledger(petition):
    confirm_signature(signed(petition).pk)

    assert not ConsentRecord.objects.exists()


def test_two_petitions_make_one_supporter(petition):
    confirm_signature(signed(petition).pk)
    confirm_signature(signed(PetitionPageFactory(), email="ADA@example.org").pk)

    assert Supporter.objects.count() == 1


def test_link_is_good_for_a_day_after_closing(petition):
    signature = signed(petition)
    petition.closes_at = timezone.now() + timedelta(minutes=1)
    petition.save()

    with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=50)):
        assert confirm_signature(signature.pk) == (ConfirmOutcome.CONFIRMED, petition.pk)


def test_link_is_too_late_more_than_a_day_after_closing(petition):
    signature = signed(petition)
    petition.closes_at = timezone.now() + timedelta(minutes=1)
    petition.save()

    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=2)):
        assert confirm_signature(signature.pk) == (ConfirmOutcome.CLOSED, petition.pk)
    assert Signature.objects.get().state == ActionState.PENDING


def test_petition_closed_by_hand_keeps_links_good_for_a_day(petition):
    signature = signed(petition)
    petition.state = PetitionState.HANDED_IN
    petition.save_revision().publish()

    assert confirm_signature(signature.pk)[0] is ConfirmOutcome.CONFIRMED


def test_withdrawing_forgets_the_person(petition):
    signature = signed(petition, comment="Because.")
    confirm_signature(signature.pk)

    assert withdraw_signature(signature.pk) == petition.pk

    signature = Signature.objects.get()
    assert (signature.name, signature.email, signature.postcode, signature.comment) == ("", "", "", "")
    assert (signature.person_key, signature.supporter) == (None, None)


def test_withdrawing_before_confirming_calls_off_the_mail(petition):
    signature = signed(petition)

    withdraw_signature(signature.pk)

    message = Message.objects.get()
    assert (message.state, message.recipient) == (MessageState.CANCELLED, "")


def test_withdrawn_signature_cannot_be_confirmed(petition):
    signature = signed(petition)
    withdraw_signature(signature.pk)

    assert confirm_signature(signature.pk) == (ConfirmOutcome.GONE, None)


def test_withdrawing_twice_is_withdrawing_once(petition):
    signature = signed(petition)

    assert withdraw_signature(signature.pk) == withdraw_signature(signature.pk) == petition.pk
