"""Merging and taking apart while the people themselves are at it."""

from functools import partial

import pytest

from home.models import User
from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition, withdraw_signature
from supporters.identity import email_key
from supporters.models import ConsentRecord, Merge, Purpose, Supporter
from supporters.services import change_consent
from supporters.services.merging import MergeRefused, merge_supporters, undo_merge
from tests.at_once import at_once, together
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
        together(
            partial(merge_supporters, kept=ada, lost=lovelace, choices={}, by=organiser),
            partial(confirm_signature, signature),
            partial(withdraw_signature, taken_back),
        )

        assert Signature.objects.get(pk=signature).supporter == ada
        assert nothing_hangs_on_a_signpost()


def test_a_no_during_a_merge_stands(organiser):
    for number in range(ROUNDS):
        ada, lovelace = two_records(number)
        together(
            partial(merge_supporters, kept=ada, lost=lovelace, choices={}, by=organiser),
            partial(
                change_consent,
                supporter=lovelace,
                purpose=Purpose.UPDATES,
                choice=ConsentRecord.Choice.WITHDRAWN,
                method="their own page",
            ),
        )

        assert standing(ada) == ConsentRecord.Choice.WITHDRAWN
        assert nothing_hangs_on_a_signpost()


def test_a_confirmation_while_two_are_taken_apart_goes_with_its_address(organiser):
    for number in range(ROUNDS):
        ada, lovelace = two_records(number)
        merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
        signature = unconfirmed(f"lovelace.{number}@example.org", number)
        together(partial(undo_merge, merge=merge, by=organiser), partial(confirm_signature, signature))

        assert Signature.objects.get(pk=signature).supporter == lovelace
        assert Supporter.objects.get(email_key=email_key(f"lovelace.{number}@example.org")).merged_into is None


def test_two_organisers_who_merge_crosswise_make_one_merge(organiser):
    for number in range(ROUNDS):
        pair = two_records(number)

        assert sorted(at_once(2, partial(merges, pair, organiser))) == [False, True]
        assert nothing_hangs_on_a_signpost()
    assert Merge.objects.count() == ROUNDS


def merges(pair, organiser, which):
    """Whether the second, or the first, of ``pair`` could be merged into the other."""
    try:
        merge_supporters(kept=pair[1 - which], lost=pair[which], choices={}, by=organiser)
    except MergeRefused:
        return False
    return True
