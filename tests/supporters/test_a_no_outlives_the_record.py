"""Whatever somebody refused is still refused when nothing else is left of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition, withdraw_signature
from supporters.identity import email_key
from supporters.models import Purpose, Supporter, Suppression
from supporters.services.consent import change_consent
from supporters.services.erasing import erase_address
from supporters.services.keeping import forget_silent_supporters
from supporters.services.merging import merge_supporters
from supporters.suppression import reason_for, suppress
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.petitions.organisers import boss
from tests.supporters.people import signed
from tests.supporters.people_who_agreed import person

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"
BEA = "bea@example.org"
Reason = Suppression.Reason


def refuses(supporter, purpose=Purpose.UPDATES):
    change_consent(supporter=supporter, purpose=purpose, choice="withdrawn", method="their own page")


def merged(*, kept, lost):
    merge_supporters(kept=kept, lost=lost, choices={}, by=boss())


def test_a_no_to_one_thing_outlives_taking_back_the_last_signature():
    signature = signed(PetitionPageFactory(), ADA)
    supporter = person(ADA, Purpose.UPDATES, Purpose.TAKING_PART)
    refuses(supporter)
    assert not reason_for(ADA), "they still wanted the other mails"

    withdraw_signature(signature.pk)

    assert not Supporter.objects.exists()
    assert reason_for(ADA) == Reason.ASKED


def test_a_no_outlives_both_records_of_somebody_who_was_two():
    lost = person(BEA, Purpose.UPDATES, Purpose.TAKING_PART)
    refuses(lost)
    merged(kept=person(ADA, Purpose.TAKING_PART), lost=lost)
    Supporter.objects.update(last_act_at=timezone.now() - timedelta(days=400))

    forget_silent_supporters()

    assert not Supporter.objects.exists()
    assert (reason_for(ADA), reason_for(BEA)) == (Reason.ASKED, Reason.ASKED)


def test_no_address_of_somebody_who_was_erased_is_written_to_again():
    merged(kept=person(ADA), lost=person(BEA))

    erase_address(address=ADA, actor=None)

    assert not Supporter.objects.exists()
    assert (reason_for(ADA), reason_for(BEA)) == (Reason.ASKED, Reason.ASKED)


def test_a_record_that_refused_nothing_leaves_nothing():
    signature = signed(PetitionPageFactory(), ADA, wants_updates=True)

    withdraw_signature(signature.pk)

    assert not Suppression.objects.exists()


@pytest.mark.parametrize("later", [Reason.COMPLAINED, Reason.ASKED])
@pytest.mark.parametrize("earlier", [Reason.COMPLAINED, Reason.ASKED])
def test_a_no_said_again_after_the_tick_outlives_the_confirmation_whatever_was_said_first(earlier, later):
    suppress(email_key(ADA), earlier)
    sign_petition(draft_for(PetitionPageFactory(), email=ADA, wants_updates=True))
    suppress(email_key(ADA), later)

    confirm_signature(Signature.objects.get().pk)

    assert reason_for(ADA) == max(earlier, later, key=[Reason.ASKED, Reason.COMPLAINED].index)
