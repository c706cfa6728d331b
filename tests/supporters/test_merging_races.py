"""Merging and taking apart while the people themselves are at it."""

import pytest

from home.models import User
from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition, withdraw_signature
from supporters.identity import email_key
from supporters.models import ConsentRecord, Merge, Purpose, Supporter
from supporters.services import change_consent
from supporters.services.merging import MergeRefused, merge_supporters, undo_merge
from tests.at_once import at_once
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.supporters.people import signed, standing

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


@pytest.fixture
def organiser():
    return User.objects.create_user("organiser@example.org", "a long password for tests")


def two_records(number):
    petition = PetitionPageFactory()
    return [
        signed(petition, f"{name}.{number}@example.org", network=f"198.51.{number}.0", wants_updates=True).supporter
        for name in ("ada", "lovelace")
    ]


def unconfirmed(address, number):
    draft = draft_for(PetitionPageFactory(), email=address, network=f"203.0.{number}.0", wants_updates=True)
    sign_petition(draft)
    return draft.id


def nothing_hangs_on_a_signpost():
    return not (
        Signature.objects.filter(supporter__merged_into__isnull=False).exists()
        or ConsentRecord.objects.filter(supporter__merged_into__isnull=False).exists()
    )


def test_a_confirmation_during_a_merge_ends_with_the_kept_record(organiser):
    for number in range(ROUNDS):
        ada, lovelace = two_records(number)
        # One more, so that taking the other back does not forget her before there is anything to merge.
        kept = signed(PetitionPageFactory(), f"lovelace.{number}@example.org", network=f"192.0.{number}.0")
        taken_back = lovelace.signatures.exclude(pk=kept.pk).get().pk
        signature = unconfirmed(f"lovelace.{number}@example.org", number)
        acts = [
            lambda: merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser),  # noqa: B023
            lambda: confirm_signature(signature),  # noqa: B023
            lambda: withdraw_signature(taken_back),  # noqa: B023
        ]
        at_once(len(acts), lambda which: acts[which]())  # noqa: B023

        assert Signature.objects.get(pk=signature).supporter == ada
        assert nothing_hangs_on_a_signpost()


def test_a_no_during_a_merge_stands(organiser):
    for number in range(ROUNDS):
        ada, lovelace = two_records(number)
        acts = [
            lambda: merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser),  # noqa: B023
            lambda: change_consent(
                supporter=lovelace,  # noqa: B023
                purpose=Purpose.UPDATES,
                choice=ConsentRecord.Choice.WITHDRAWN,
                method="their own page",
            ),
        ]
        at_once(2, lambda which: acts[which]())  # noqa: B023

        assert standing(ada) == ConsentRecord.Choice.WITHDRAWN
        assert nothing_hangs_on_a_signpost()


def test_a_confirmation_while_two_are_taken_apart_goes_with_its_address(organiser):
    for number in range(ROUNDS):
        ada, lovelace = two_records(number)
        merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
        signature = unconfirmed(f"lovelace.{number}@example.org", number)
        acts = [
            lambda: undo_merge(merge=merge, by=organiser),  # noqa: B023
            lambda: confirm_signature(signature),  # noqa: B023
        ]
        at_once(2, lambda which: acts[which]())  # noqa: B023

        assert Signature.objects.get(pk=signature).supporter == lovelace
        assert Supporter.objects.get(email_key=email_key(f"lovelace.{number}@example.org")).merged_into is None


def test_two_organisers_who_merge_crosswise_make_one_merge(organiser):
    for number in range(ROUNDS):
        ada, lovelace = two_records(number)

        def merge(which: int) -> bool:
            kept, lost = (ada, lovelace) if which else (lovelace, ada)  # noqa: B023
            try:
                merge_supporters(kept=kept, lost=lost, choices={}, by=organiser)
            except MergeRefused:
                return False
            return True

        assert sorted(at_once(2, merge)) == [False, True]
        assert nothing_hangs_on_a_signpost()
    assert Merge.objects.count() == ROUNDS
