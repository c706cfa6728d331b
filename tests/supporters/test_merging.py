"""Two records made one by a person's decision, and taken apart again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import User
from petitions.services import withdraw_signature
from supporters.identity import email_key
from supporters.merge_journal import forget_merge_journals
from supporters.models import (
    AuditEntry,
    ConsentRecord,
    DuplicateSuggestion,
    Mailing,
    MailingRecipient,
    Merge,
    Purpose,
    Supporter,
    Suppression,
)
from supporters.services import change_consent, remember_supporter
from supporters.services.merging import MergeRefused, UndoRefused, merge_supporters, undo_merge
from supporters.suppression import suppress
from supporters.unsubscribe_links import EVERYTHING
from supporters.unsubscribing import end_mails
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.people import everything, signed, somebody, standing

pytestmark = pytest.mark.django_db

Choice = ConsentRecord.Choice
Reason = Suppression.Reason


@pytest.fixture
def organiser():
    return User.objects.create_user("organiser@example.org", "a long password for tests")


@pytest.fixture
def petition():
    return PetitionPageFactory()


@pytest.fixture
def ada(petition):
    return signed(petition, "ada@example.org", wants_updates=True).supporter


@pytest.fixture
def lovelace(petition):
    return signed(petition, "lovelace@example.org", name="A. Lovelace", wants_updates=True).supporter


def says_no(supporter, **how):
    change_consent(
        supporter=supporter, purpose=Purpose.UPDATES, choice=Choice.WITHDRAWN, **{"method": "their own page", **how}
    )


def reason_of(address):
    return Suppression.objects.filter(email_key=email_key(address)).values_list("reason", flat=True).first()


def test_everything_they_did_and_agreed_to_is_one_persons(ada, lovelace, organiser):
    mailing = Mailing.objects.create(subject="News", body="Here it is.")
    MailingRecipient.objects.create(mailing=mailing, supporter=lovelace)
    merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)

    assert ada.signatures.count() == ada.consents.count() == 2
    assert ada.mailings.count() == 1
    assert lovelace.signatures.count() == lovelace.consents.count() == 0


def test_lost_record_is_an_empty_signpost(ada, lovelace, organiser):
    merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)

    lovelace.refresh_from_db()
    assert lovelace.merged_into == ada
    assert (lovelace.name, lovelace.email, lovelace.postcode, lovelace.name_key, lovelace.mailbox_key) == (
        "", "", "", None, None,
    )  # fmt: skip
    assert remember_supporter(address="LOVELACE@example.org") == ada


def test_details_stay_unless_chosen(ada, organiser):
    other = somebody(
        "other@example.org", name="Augusta", phone="07700 900123", postcode="M1 1AE", constituency_code="E14001250"
    )
    merge_supporters(kept=ada, lost=other, choices={"postcode": "lost"}, by=organiser)

    ada.refresh_from_db()
    assert (ada.name, ada.phone, ada.postcode, ada.constituency_code) == ("Ada Example", "", "M1 1AE", "E14001250")


@pytest.mark.parametrize("who", ["kept", "lost"])
def test_a_no_of_either_stands_for_both(ada, lovelace, organiser, who):
    """Whichever was asked last."""
    says_no(lovelace if who == "lost" else ada)
    merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)

    assert standing(ada) == Choice.WITHDRAWN
    assert [record.choice for record in ada.consents.all()].count(Choice.GIVEN) == 2


def test_no_that_is_older_than_the_others_yes_still_stands(petition, ada, organiser):
    says_no(ada)
    later = signed(petition, "later@example.org", wants_updates=True).supporter
    merge_supporters(kept=later, lost=ada, choices={}, by=organiser)

    assert standing(later) == Choice.WITHDRAWN
    added = later.consents.get(method="merge")
    assert (added.choice, added.actor_id) == (Choice.WITHDRAWN, organiser.pk)


def test_refusals_follow_to_both_addresses_and_a_bounce_does_not(ada, lovelace, organiser):
    suppress(email_key("ada@example.org"), Reason.ASKED)
    suppress(email_key("lovelace@example.org"), Reason.COMPLAINED)
    bounced = somebody("gone@example.org")
    suppress(email_key("gone@example.org"), Reason.BOUNCED)

    merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    assert reason_of("ada@example.org") == reason_of("lovelace@example.org") == Reason.COMPLAINED

    fresh = somebody("fresh@example.org")
    merge_supporters(kept=fresh, lost=bounced, choices={}, by=organiser)
    assert reason_of("fresh@example.org") is None


def test_undo_restores_every_row(ada, lovelace, organiser):
    says_no(lovelace)
    suppress(email_key("lovelace@example.org"), Reason.COMPLAINED)
    before = everything()
    merge = merge_supporters(kept=ada, lost=lovelace, choices={"name": "lost"}, by=organiser)
    ada.refresh_from_db()
    assert ada.name == "A. Lovelace"
    undo_merge(merge=merge, by=organiser)

    assert everything() == before


def test_undo_leaves_what_was_changed_since(ada, lovelace, organiser):
    merge = merge_supporters(kept=ada, lost=lovelace, choices={"name": "lost"}, by=organiser)
    remember_supporter(address="ada@example.org", name="Ada King")
    undo_merge(merge=merge, by=organiser)

    ada.refresh_from_db()
    assert ada.name == "Ada King"


def test_what_the_lost_address_did_since_goes_with_it(ada, lovelace, organiser):
    merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    action = signed(PetitionPageFactory(), "lovelace@example.org", wants_updates=True)
    mine = signed(PetitionPageFactory(), "ada@example.org", wants_updates=True)
    assert action.supporter == ada
    undo_merge(merge=merge, by=organiser)

    action.refresh_from_db()
    mine.refresh_from_db()
    lovelace.refresh_from_db()
    assert (action.supporter, mine.supporter) == (lovelace, ada)
    assert lovelace.consents.filter(page_id=action.petition_id).count() == 1
    assert lovelace.last_act_at == action.confirmed_at


def test_no_said_while_they_were_one_stands_for_both(ada, lovelace, organiser):
    merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    says_no(lovelace)
    undo_merge(merge=merge, by=organiser)

    assert standing(ada) == standing(lovelace) == Choice.WITHDRAWN
    assert reason_of("ada@example.org") == reason_of("lovelace@example.org") == Reason.ASKED


def test_no_repeated_after_a_merge_outlives_the_undoing(ada, lovelace, organiser):
    """The merge had written a no already; the person's own word must not vanish with it."""
    says_no(lovelace)
    merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    says_no(ada)
    undo_merge(merge=merge, by=organiser)

    assert standing(ada) == Choice.WITHDRAWN
    assert reason_of("ada@example.org") == Reason.ASKED


def test_withdrawn_signature_is_not_brought_back(ada, lovelace, organiser):
    signature = lovelace.signatures.get()
    merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    withdraw_signature(signature.pk)
    undo_merge(merge=merge, by=organiser)

    signature.refresh_from_db()
    assert signature.supporter is None


def test_records_merged_before_are_pointed_on(petition, ada, lovelace, organiser):
    king = somebody("king@example.org")
    first = merge_supporters(kept=lovelace, lost=king, choices={}, by=organiser)
    second = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    king.refresh_from_db()
    assert king.merged_into == ada
    with pytest.raises(UndoRefused, match="Undo that merge first"):
        undo_merge(merge=first, by=organiser)

    undo_merge(merge=second, by=organiser)
    king.refresh_from_db()
    assert king.merged_into == lovelace
    undo_merge(merge=first, by=organiser)
    king.refresh_from_db()
    assert king.merged_into is None


def test_a_merge_is_final_after_thirty_days_and_keeps_nothing(ada, lovelace, organiser):
    merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    assert forget_merge_journals() == 0
    Merge.objects.update(created_at=timezone.now() - timedelta(days=30, minutes=1))

    with pytest.raises(UndoRefused, match="final"):
        undo_merge(merge=merge, by=organiser)
    assert forget_merge_journals() == 1
    assert Merge.objects.get().journal == ""


def test_undone_merge_keeps_no_journal_and_cannot_be_undone_twice(ada, lovelace, organiser):
    merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    undo_merge(merge=merge, by=organiser)

    assert Merge.objects.get().journal == ""
    with pytest.raises(UndoRefused):
        undo_merge(merge=merge, by=organiser)


def test_records_that_are_gone_or_merged_are_refused(ada, lovelace, organiser):
    merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    with pytest.raises(MergeRefused, match="already"):
        merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    with pytest.raises(MergeRefused, match="different"):
        merge_supporters(kept=ada, lost=ada, choices={}, by=organiser)
    gone = somebody("gone@example.org")
    Supporter.objects.filter(pk=gone.pk).delete()
    with pytest.raises(MergeRefused, match="erased"):
        merge_supporters(kept=ada, lost=gone, choices={}, by=organiser)


def test_both_are_on_record_without_a_name(ada, lovelace, organiser):
    first, second = sorted([ada, lovelace], key=lambda one: one.pk)
    DuplicateSuggestion.objects.create(first=first, second=second, score=60)
    undo_merge(merge=merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser), by=organiser)

    entries = AuditEntry.objects.order_by("sequence").values_list("action", "actor_id", "count")
    assert list(entries) == [("merge_supporters", organiser.pk, 2), ("undo_merge", organiser.pk, 2)]
    assert not DuplicateSuggestion.objects.exists()


def test_undoing_one_merge_leaves_the_no_of_another(ada, lovelace, organiser, petition):
    king = signed(petition, "king@example.org", wants_updates=True).supporter
    says_no(lovelace)
    says_no(king)
    first = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    merge_supporters(kept=ada, lost=king, choices={}, by=organiser)
    undo_merge(merge=first, by=organiser)

    assert standing(ada) == Choice.WITHDRAWN
    assert reason_of("ada@example.org") == Reason.ASKED


def test_who_unsubscribes_while_a_merge_had_written_a_no_stays_unsubscribed(ada, lovelace, organiser):
    """A link in an old mail finds no yes to take back, and only suppresses the address once more."""
    says_no(lovelace)
    merge = merge_supporters(kept=ada, lost=lovelace, choices={}, by=organiser)
    suppress(email_key("ada@example.org"), Reason.ASKED)
    undo_merge(merge=merge, by=organiser)

    assert standing(ada) == Choice.WITHDRAWN
    assert reason_of("ada@example.org") == Reason.ASKED


def test_stop_that_was_asked_for_again_outlives_the_end_of_a_merge(organiser):
    """Both addresses are blocked by the merge; one of them then asks to stop, with nothing in its ledger to say so."""
    kept, lost = somebody("kept@example.org"), somebody("lost@example.org")
    suppress(bytes(lost.email_key), Reason.BLOCKED)
    merge = merge_supporters(kept=kept, lost=lost, choices={}, by=organiser)
    end_mails(kept.pk, EVERYTHING)

    undo_merge(merge=merge, by=organiser)

    assert Suppression.objects.filter(email_key=bytes(kept.email_key)).exists()
