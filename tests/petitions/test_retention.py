"""What is forgotten about signers, and when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.emails import CONFIRM_LINK
from petitions.models import PetitionPage, PetitionState, Signature
from petitions.retention import (
    CLOSED_FOR,
    LONGEST_NAMED,
    SETTLED_FOR,
    UNCONFIRMED_LIFETIME,
    forget_closed_counts,
    forget_long_ago_signers,
    forget_settled_signers,
    forget_unconfirmed,
)
from petitions.services import confirm_signature, sign_petition
from supporters.links import mint_link
from supporters.models import ActionState, Message, PrivacyMode
from tests.factories.petitions import PetitionPageFactory, draft_for

pytestmark = pytest.mark.django_db


def signed(petition, **typed):
    sign_petition(draft_for(petition, **typed))
    return Signature.objects.latest("created_at")


def test_unconfirmed_signature_is_deleted_once_its_link_is_dead():
    signature = signed(PetitionPageFactory())
    Signature.objects.update(created_at=timezone.now() - UNCONFIRMED_LIFETIME - timedelta(minutes=1))
    Message.objects.all().delete()

    assert forget_unconfirmed() == 1
    assert not Signature.objects.filter(pk=signature.pk).exists()


def test_unconfirmed_signature_is_kept_while_its_link_works():
    signed(PetitionPageFactory())
    Signature.objects.update(created_at=timezone.now() - UNCONFIRMED_LIFETIME + timedelta(minutes=1))

    assert forget_unconfirmed() == 0


def test_confirmed_signature_outlives_the_link():
    signature = signed(PetitionPageFactory())
    confirm_signature(signature.pk)
    Signature.objects.update(created_at=timezone.now() - timedelta(days=400))

    assert forget_unconfirmed() == 0


@pytest.mark.parametrize(
    ("mode", "closed_for", "wiped"),
    [
        (PrivacyMode.COUNT, CLOSED_FOR + timedelta(hours=1), 1),
        (PrivacyMode.COUNT, CLOSED_FOR - timedelta(hours=1), 0),
        (PrivacyMode.CONTACTABLE, CLOSED_FOR + timedelta(hours=1), 0),
    ],
)
def test_keyed_hash_of_a_count_only_petition_goes_after_closing(mode, closed_for, wiped):
    petition = PetitionPageFactory(privacy_mode=mode)
    confirm_signature(signed(petition).pk)
    petition.closes_at = timezone.now() - closed_for
    petition.save()

    assert forget_closed_counts() == wiped
    assert Signature.objects.filter(person_key=None).count() == wiped


@pytest.mark.parametrize(("closed_for", "wiped"), [(timedelta(hours=1), 1), (-timedelta(hours=1), 0)])
def test_signers_are_forgotten_ninety_days_after_closing_and_still_counted(closed_for, wiped):
    petition = PetitionPageFactory()
    confirm_signature(signed(petition, comment="Because.").pk)
    petition.closes_at = timezone.now() - SETTLED_FOR - closed_for
    petition.save()

    assert forget_settled_signers() == wiped

    signature = Signature.objects.get()
    assert (signature.name, signature.email, signature.comment) == (
        ("", "", "") if wiped else ("Ada Example", "ada@example.org", "Because.")
    )
    assert signature.state == ActionState.CONFIRMED


def test_correcting_a_typo_after_closing_does_not_start_the_clock_anew():
    petition = PetitionPageFactory()
    confirm_signature(signed(petition).pk)
    petition.state = PetitionState.HANDED_IN
    petition.save_revision().publish()
    PetitionPage.objects.update(stopped_collecting_at=timezone.now() - SETTLED_FOR - timedelta(hours=1))

    petition.title = "Without the typo"
    petition.save_revision().publish()

    assert forget_settled_signers() == 1


def test_opening_a_petition_again_stops_the_clock():
    petition = PetitionPageFactory(state=PetitionState.CLOSED)
    assert petition.closed_at is not None

    petition.state = PetitionState.COLLECTING
    petition.save_revision().publish()

    assert PetitionPage.objects.get().closed_at is None


def test_unconfirmed_signature_is_kept_while_a_later_link_works():
    signature = signed(PetitionPageFactory())
    Signature.objects.update(created_at=timezone.now() - UNCONFIRMED_LIFETIME - timedelta(minutes=1))
    Message.objects.all().delete()
    mint_link(purpose=CONFIRM_LINK, subject_id=signature.pk, lifetime=timedelta(days=1))

    assert forget_unconfirmed() == 0


def test_unconfirmed_signature_is_kept_while_its_mail_waits():
    signed(PetitionPageFactory())
    Signature.objects.update(created_at=timezone.now() - UNCONFIRMED_LIFETIME - timedelta(minutes=1))

    assert forget_unconfirmed() == 0


SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("later", "deleted"), [(-MINUTE, 0), (SECOND, 1)])
def test_unconfirmed_signatures_go_at_the_second(later, deleted):
    signed(PetitionPageFactory())
    Message.objects.all().delete()
    Signature.objects.update(created_at=timezone.now() - UNCONFIRMED_LIFETIME - later)

    assert forget_unconfirmed() == deleted


@pytest.mark.parametrize(("later", "wiped"), [(-MINUTE, 0), (SECOND, 1)])
def test_a_year_after_confirming_nobody_is_named_and_nobody_can_sign_twice(later, wiped):
    petition = PetitionPageFactory()
    signature = signed(petition, comment="Because.", wants_updates=True)
    confirm_signature(signature.pk)
    Signature.objects.update(confirmed_at=timezone.now() - LONGEST_NAMED - later)

    assert forget_long_ago_signers() == wiped
    assert forget_long_ago_signers() == 0

    signature.refresh_from_db()
    assert bool(signature.name or signature.email or signature.postcode or signature.comment) is not bool(wiped)
    assert (signature.supporter is None, signature.state) == (bool(wiped), ActionState.CONFIRMED)
    sign_petition(draft_for(petition))
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(("mode", "rule"), [("contactable", forget_settled_signers), ("count", forget_closed_counts)])
@pytest.mark.parametrize(("later", "wiped"), [(-MINUTE, 0), (SECOND, 1)])
def test_a_petition_taken_off_the_site_counts_as_closed_after_ninety_days(mode, rule, later, wiped):
    petition = PetitionPageFactory(privacy_mode=mode)
    confirm_signature(signed(petition).pk)
    petition.unpublish()
    assert rule() == 0
    PetitionPage.objects.update(taken_down_at=timezone.now() - SETTLED_FOR - later)

    assert rule() == wiped


def test_correcting_what_was_taken_down_does_not_start_the_clock_anew():
    petition = PetitionPageFactory()
    petition.unpublish()
    forget_settled_signers()
    taken_down_at = PetitionPage.objects.get().taken_down_at

    stale = PetitionPage.objects.get()
    stale.taken_down_at = None
    stale.save()

    assert PetitionPage.objects.get().taken_down_at == taken_down_at is not None


def test_putting_it_back_stops_the_clock_even_in_the_same_hour():
    petition = PetitionPageFactory()
    confirm_signature(signed(petition).pk)
    petition.unpublish()
    PetitionPage.objects.update(taken_down_at=timezone.now() - SETTLED_FOR - SECOND)
    petition.refresh_from_db()
    petition.save_revision().publish()

    assert forget_settled_signers() == 0
    assert PetitionPage.objects.get().taken_down_at is None
