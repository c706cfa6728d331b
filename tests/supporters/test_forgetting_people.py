"""Nobody is kept for no reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition, withdraw_signature
from supporters.identity import email_key
from supporters.models import ConsentRecord, ImportChange, ImportJob, Supporter
from supporters.services import people, remember_supporter
from supporters.services.consent import change_consent
from supporters.services.keeping import forget_silent_supporters, forget_unconnected_supporters
from supporters.suppression import reason_for
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.petitions.organisers import boss

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


def at_rest(**ago):
    """Everybody's last act was a while ago, by default as long as it takes to be looked at."""
    Supporter.objects.update(last_act_at=timezone.now() - timedelta(**(ago or {"minutes": 6})))


def test_somebody_whose_last_signature_was_forgotten_is_forgotten():
    confirmed()
    Signature.objects.update(supporter=None)
    at_rest()

    assert forget_unconnected_supporters() == 1


def test_somebody_who_acts_at_this_moment_waits_for_the_next_run():
    confirmed()
    Signature.objects.update(supporter=None)
    at_rest(minutes=4)

    assert forget_unconnected_supporters() == 0


def test_somebody_whose_signature_stands_is_kept():
    confirmed()
    at_rest()

    assert forget_unconnected_supporters() == 0


def test_somebody_with_another_signature_is_kept():
    first = confirmed()
    confirmed()
    withdraw_signature(first.pk)

    assert Supporter.objects.count() == 1


def test_somebody_who_asked_for_updates_is_kept():
    confirmed(wants_updates=True)
    Signature.objects.update(supporter=None)
    at_rest()

    assert forget_unconnected_supporters() == 0


def test_somebody_who_took_their_last_yes_back_is_forgotten_and_their_no_is_not():
    confirmed(wants_updates=True)
    Signature.objects.update(supporter=None)
    supporter = Supporter.objects.get()
    change_consent(supporter=supporter, purpose="updates", choice="withdrawn", method="told us", actor=boss())
    at_rest()

    assert forget_unconnected_supporters() == 1
    assert reason_for("ada@example.org") == "asked"


def imported(*, days_ago):
    supporter = remember_supporter(address="ben@example.org")
    job = ImportJob.objects.create(purpose="Paper list", file_format="csv", state="applied")
    ImportJob.objects.update(created_at=timezone.now() - timedelta(days=days_ago))
    ImportChange.objects.create(job=job, supporter=supporter, row_number=1, is_new=True)
    at_rest()


@pytest.mark.parametrize(("days_ago", "forgotten"), [(29, 0), (31, 1)])
def test_people_a_list_brought_in_are_kept_while_the_import_can_be_undone(days_ago, forgotten):
    imported(days_ago=days_ago)

    assert forget_unconnected_supporters() == forgotten


@pytest.mark.parametrize("keep", [365, 100])
@pytest.mark.parametrize(("seconds", "forgotten"), [(-60, 0), (1, 1)])
def test_people_who_agreed_are_kept_so_long_after_their_last_act(settings, keep, seconds, forgotten):
    settings.KEEP_SUPPORTERS_DAYS = keep
    confirmed(wants_updates=True)
    at_rest(days=keep, seconds=seconds)

    assert forget_silent_supporters() == forgotten
    assert Supporter.objects.count() == 1 - forgotten
    assert ConsentRecord.objects.count() == 1 - forgotten


def test_a_signature_outlives_the_record_of_somebody_silent():
    confirmed(wants_updates=True)
    at_rest(days=366)
    forget_silent_supporters()

    signature = Signature.objects.get()
    assert (signature.supporter, signature.name) == (None, "Ada Example")


def test_signposts_go_with_the_record_they_lead_to():
    confirmed(wants_updates=True)
    Supporter.objects.create(email_key=email_key("old@example.org"), merged_into=Supporter.objects.get())
    at_rest(days=366)

    assert forget_silent_supporters() == 1
    assert not Supporter.objects.exists()


def test_many_people_are_forgotten_in_one_go(monkeypatch):
    monkeypatch.setattr(people, "AT_ONCE", 4)
    Supporter.objects.bulk_create([Supporter(email_key=email_key(f"p{n}@example.org")) for n in range(10)])
    at_rest()

    assert forget_unconnected_supporters() == 10
    assert not Supporter.objects.exists()
