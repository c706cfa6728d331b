"""What organisers did with a record is told to whoever it is about, in words, and never with whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import User
from supporters.identity import email_key
from supporters.mails import in_words
from supporters.models import (
    ImportChange,
    ImportJob,
    ImportState,
    Mailing,
    MailingRecipient,
    Merge,
    Message,
    MessageState,
    Suppression,
)
from supporters.outbox import queue_message
from supporters.retention import retention_rules
from supporters.services.merging import undo_merge
from supporters.suppression import suppress
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import signed
from tests.supporters.privacy_visits import Holder, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return signed(PetitionPageFactory())


def imported(signature, **values):
    job = ImportJob.objects.create(
        purpose="Sheets of the May meeting", file_format="csv", state=ImportState.APPLIED, applied_at=timezone.now()
    )
    ImportChange.objects.create(job=job, supporter=signature.supporter, row_number=1, **values)


def test_list_that_brought_somebody_in_is_named(ada):
    imported(ada, is_new=False, before='{"phone": ""}', after='{"phone": "+44 7700 900123"}')

    page = Holder("ada@example.org").look()

    assert "Sheets of the May meeting" in page
    assert "phone: +44 7700 900123" in page


def test_what_a_list_changed_is_not_shown_in_a_joined_record(ada):
    imported(ada, is_new=True, before="{}", after='{"name": "Bea Markname"}')
    joined(kept=ada, lost=signed(PetitionPageFactory(), email="bea@example.org", name="Bea Markname"))

    page = Holder("ada@example.org").look()

    assert "Sheets of the May meeting" in page
    assert "Bea" not in page


def test_mailings_and_their_mails_are_listed(ada):
    mailing = Mailing.objects.create(subject="News of June", body="Hello.")
    recipient = MailingRecipient.objects.create(mailing=mailing, supporter=ada.supporter)
    queue_message(kind="mailing", subject_id=recipient.pk, recipient="ada@example.org")
    Message.objects.filter(subject_id=recipient.pk).update(
        state=MessageState.SENT, settled_at=timezone.now(), recipient=None, body=None, delivery="delivered"
    )

    page = Holder("ada@example.org").look()

    assert "News of June" in page
    assert "Taken by the receiving server" in page


def test_mails_of_more_than_a_week_ago_are_not_listed(ada):
    Message.objects.all().update(created_at=timezone.now() - timedelta(days=8), state=MessageState.QUEUED)
    Message.objects.all().update(state=MessageState.SENT, settled_at=timezone.now(), recipient=None, body=None)

    assert "No mail is waiting" in Holder("ada@example.org").look()


def test_joining_that_was_taken_back_is_told_as_that(ada):
    joined(kept=ada, lost=signed(PetitionPageFactory(), email="bea@example.org", name="Bea"))
    undo_merge(merge=Merge.objects.get(), by=User.objects.get())

    adas, beas = Holder("ada@example.org").look(), Holder("bea@example.org").look()

    assert "and that was taken back later" in adas
    assert "Bea" in beas
    assert "joined the record of this address" not in beas


def test_suppression_is_told_with_its_reason():
    suppress(email_key("ada@example.org"), Suppression.Reason.BOUNCED)

    page = Holder("ada@example.org").look()

    assert "The address does not accept mail" in page
    assert "There is no record with your details" in page


def test_every_clock_is_told(ada):
    page = " ".join(Holder("ada@example.org").look().split())

    for rule in retention_rules():
        if rule.fields:
            assert f"until {rule.until}" in page


@pytest.mark.parametrize("kind", ["petition_confirm", "petition_already_signed", "privacy_link", "still_there"])
def test_every_mail_to_people_has_words(kind):
    assert in_words(kind) != in_words("no such kind")
