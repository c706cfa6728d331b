"""Everything that came with one address is forgotten; what was counted stays counted."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import User
from petitions.counting import recount_petitions
from petitions.models import PetitionTotals, Signature
from supporters.identity import email_key
from supporters.links import mint_link
from supporters.models import (
    ActionState,
    AuditEntry,
    ConsentRecord,
    CurrentConsent,
    Link,
    Merge,
    Message,
    MessageState,
    PrivacyMode,
    PrivacyVisit,
    Supporter,
    Suppression,
)
from supporters.outbox import queue_message
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.erasing import ADA, erase, signed

pytestmark = pytest.mark.django_db


BEN = "ben@example.org"


def supporter_of(address):
    return Supporter.objects.get(email_key=email_key(address))


def test_the_record_its_ledger_and_its_standing_answers_are_gone():
    signed(wants_updates=True)
    assert CurrentConsent.objects.count() == 1

    erase()

    assert not Supporter.objects.exists()
    assert not ConsentRecord.objects.exists()
    assert not CurrentConsent.objects.exists()


@pytest.mark.parametrize("mode", PrivacyMode.values)
def test_a_confirmed_signature_is_emptied_and_still_counted(mode):
    petition = PetitionPageFactory(privacy_mode=mode)
    signed(petition, comment="Because.")
    PetitionTotals.objects.create(petition=petition, confirmed=1, counted_until=timezone.now())

    erase()

    signature = Signature.objects.get()
    assert (signature.name, signature.email, signature.postcode, signature.comment) == ("", "", "", "")
    assert (signature.person_key, signature.supporter, signature.state) == (None, None, ActionState.CONFIRMED)
    recount_petitions()
    assert PetitionTotals.objects.get().confirmed == 1


def test_what_waits_to_be_confirmed_is_deleted_with_its_mail():
    signed(confirm=False)

    erase()

    assert not Signature.objects.exists()
    assert [message.state for message in Message.objects.all()] == [MessageState.CANCELLED]
    assert Message.objects.filter(mailbox_key=None, recipient__isnull=True).count() == 1


def test_both_members_of_a_household_go_with_their_address():
    petition = PetitionPageFactory()
    signed(petition)
    signed(petition, name="Charles Example")
    assert Signature.objects.filter(household_slot=2).exists()

    erase()

    assert not any(signature.name or signature.email for signature in Signature.objects.all())


def test_others_are_left_alone():
    petition = PetitionPageFactory()
    signed(petition, wants_updates=True)
    signed(petition, email=BEN, wants_updates=True)

    erase()

    assert supporter_of(BEN).email == BEN
    assert ConsentRecord.objects.count() == 1
    assert Signature.objects.exclude(person_key=None).get().email == BEN


def test_another_address_of_the_same_mailbox_keeps_its_mail():
    queue_message(kind="test", subject_id=uuid.uuid4(), recipient="Ada@example.org")
    queue_message(kind="test", subject_id=uuid.uuid4(), recipient="ada+news@example.org")

    erase()

    assert [m.recipient for m in Message.objects.filter(state=MessageState.QUEUED)] == ["ada+news@example.org"]


def test_links_and_privacy_visits_of_the_address_end():
    signature = signed()
    visit = PrivacyVisit.objects.create(email="ADA@example.org", expires_at=timezone.now() + timedelta(hours=1))
    other = PrivacyVisit.objects.create(email=BEN, expires_at=timezone.now() + timedelta(hours=1))
    for row in (signature, visit, supporter_of(ADA), other):
        mint_link(purpose="test", subject_id=row.pk, lifetime=timedelta(days=1))

    erase()

    assert [link.subject_id for link in Link.objects.all()] == [other.pk]
    assert PrivacyVisit.objects.get().pk == other.pk


def test_the_address_is_never_written_to_again_and_a_stronger_reason_stays():
    signed()
    signed(email=BEN)
    Suppression.objects.create(email_key=email_key(BEN), reason=Suppression.Reason.BOUNCED)

    erase(ADA)
    erase(BEN)

    reasons = {bytes(row.email_key): row.reason for row in Suppression.objects.all()}
    assert reasons == {email_key(ADA): "asked", email_key(BEN): "bounced"}


def test_erasing_twice_does_nothing_more():
    signed()
    erase()
    erase()

    assert AuditEntry.objects.filter(action="erase").count() == 1
    assert Suppression.objects.count() == 1


def test_the_audit_names_who_did_it_and_not_to_whom():
    signed()
    actor = User.objects.create_user("officer@example.org", "x" * 14)

    erase(actor=actor)

    entry = AuditEntry.objects.get(action="erase")
    assert (entry.actor, entry.count) == (actor, 2)
    assert "ada" not in entry.subject.lower()


# --- merged records ---


def merged(lost=BEN, kept=ADA, *, at=None):
    """``lost`` became part of ``kept``; what merging leaves behind."""
    lost_record, kept_record = supporter_of(lost), supporter_of(kept)
    Signature.objects.filter(supporter=lost_record).update(supporter=kept_record)
    for name in ("name", "email", "phone", "postcode"):
        setattr(lost_record, name, "")
    lost_record.merged_into = kept_record
    lost_record.save()
    merge = Merge.objects.create(lost=lost_record, kept=kept_record, journal=f"moved from {lost}")
    if at is not None:
        Merge.objects.filter(pk=merge.pk).update(created_at=at)
    return merge


def test_what_was_merged_into_a_record_goes_with_it():
    signed()
    signed(email=BEN)
    merged()

    erase(ADA)

    assert not Supporter.objects.exists()
    assert not Merge.objects.exists()
    assert not any(signature.email for signature in Signature.objects.all())


def test_the_holder_of_a_merged_address_controls_only_what_that_address_did():
    signed(wants_updates=True)
    signed(email=BEN)
    merged()

    erase(BEN)

    assert supporter_of(ADA).name == "Ada Example"
    assert not Supporter.objects.filter(email_key=email_key(BEN)).exists()
    assert {signature.email for signature in Signature.objects.all()} == {"", ADA}
    assert not Merge.objects.exists()


def test_later_journals_that_may_speak_of_it_are_wiped_and_earlier_ones_kept():
    for address in (ADA, BEN, "cy@example.org", "di@example.org"):
        signed(email=address)
    earlier = merged(lost="cy@example.org", at=timezone.now() - timedelta(days=2))
    merged(lost=BEN, at=timezone.now() - timedelta(days=1))
    later = merged(lost="di@example.org")

    erase(BEN)

    assert Merge.objects.get(pk=earlier.pk).journal
    assert not Merge.objects.get(pk=later.pk).journal
    assert Supporter.objects.count() == 3


def test_what_is_no_address_is_refused():
    with pytest.raises(ValueError, match="needs a name"):
        erase("nobody")
