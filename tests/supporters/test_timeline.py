"""Everything a person did, in one list."""

import pytest

from home.models import User
from petitions.services import withdraw_signature
from supporters.action_kinds import action_kinds
from supporters.models import ConsentRecord, ImportChange, ImportJob, Mailing, MailingRecipient, Purpose
from supporters.services import change_consent
from supporters.services.merging import merge_supporters
from supporters.timeline import timeline_of
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.people import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return signed(
        PetitionPageFactory(title="Safety first"), "ada@example.org", wants_updates=True, source="stall"
    ).supporter


def test_every_kind_of_thing_is_in_it_newest_first(ada):
    change_consent(
        supporter=ada, purpose=Purpose.UPDATES, choice=ConsentRecord.Choice.WITHDRAWN, method="their own page"
    )
    MailingRecipient.objects.create(mailing=Mailing.objects.create(subject="News", body="Here."), supporter=ada)
    other = signed(PetitionPageFactory(title="Safety last"), "bell@example.org").supporter
    organiser = User.objects.create_user("organiser@example.org", "a long password for tests", name="Robin")
    merge_supporters(kept=ada, lost=other, choices={}, by=organiser)
    job = ImportJob.objects.create(purpose="sheets of May", file_format="csv")
    ImportChange.objects.create(job=job, supporter=other, row_number=1, is_new=False)

    entries = timeline_of(ada)

    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    assert {(entry.kind, entry.where) for entry in entries} >= {
        ("signature", "Safety first"),
        ("signature", "Safety last"),
        ("consent", "Safety first"),
        ("consent", ""),
        ("mailing", "News"),
        ("merge", ""),
        ("import", "sheets of May"),
        ("arrival", ""),
    }


def test_it_holds_nothing_personal(ada):
    assert "Ada" not in repr(timeline_of(ada))
    assert "ada@" not in repr(timeline_of(ada))


def test_number_of_queries_does_not_grow(ada, django_assert_max_num_queries):
    for number in range(3):
        signed(PetitionPageFactory(title=f"More {number}"), "ada@example.org", wants_updates=True)
    with django_assert_max_num_queries(5 + len(action_kinds())):
        assert len(timeline_of(ada)) == 9


def test_a_signature_taken_back_is_nobodys_any_more(ada):
    second = signed(PetitionPageFactory(), "ada@example.org")
    withdraw_signature(second.pk)

    assert [entry.kind for entry in timeline_of(ada)].count("signature") == 1
