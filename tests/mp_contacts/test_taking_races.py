"""Many at the same moment: one letter, one confirmation, one end."""

import pytest

from mp_contacts.counting import count_letters
from mp_contacts.delivery.returning import return_letter
from mp_contacts.mail_kinds import RETURNED_MAIL
from mp_contacts.models import Letter, LetterStage, LetterTotals, SelfSentLetter
from mp_contacts.services import (
    ConfirmOutcome,
    WritingOutcome,
    confirm_letter,
    erase_letter,
    withdraw_letter,
    write_letter,
)
from supporters.models import ActionState, ConsentRecord, Message, Supporter
from tests.at_once import at_once, together
from tests.factories.mp_contacts import LetterPageFactory, MemberFactory, make_letter
from tests.mp_contacts.letters import letter_draft, written

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 12


@pytest.fixture
def page():
    return LetterPageFactory()


def test_one_address_that_sends_twelve_times_at_once_leaves_one_letter_and_two_mails(page):
    member = MemberFactory()
    drafts = [letter_draft(page, member) for _ in range(PEOPLE)]

    outcomes = at_once(PEOPLE, lambda which: write_letter(drafts[which]))

    assert outcomes == [WritingOutcome.ACCEPTED] * PEOPLE
    assert Letter.objects.count() == 1
    assert Message.objects.count() == 2


def test_twelve_addresses_at_once_leave_twelve_letters(page):
    member = MemberFactory()
    drafts = [letter_draft(page, member, email=f"person{which}@example.org") for which in range(PEOPLE)]

    at_once(PEOPLE, lambda which: write_letter(drafts[which]))

    assert Letter.objects.count() == Message.objects.count() == PEOPLE


def test_twelve_presses_at_once_confirm_once(page):
    letter = written(letter_draft(page, wants_updates=True))

    outcomes = at_once(PEOPLE, lambda _: confirm_letter(letter.pk))

    assert outcomes == [(ConfirmOutcome.CONFIRMED, page.pk)] * PEOPLE
    assert Supporter.objects.count() == ConsentRecord.objects.count() == 1


def test_confirming_and_taking_back_at_once_leave_nothing_of_the_person(page):
    letter = written(letter_draft(page, wants_updates=True))

    at_once(PEOPLE, lambda which: (confirm_letter if which % 2 else withdraw_letter)(letter.pk))

    letter.refresh_from_db()
    assert (letter.state, letter.stage, letter.body) == (ActionState.WITHDRAWN, LetterStage.STOPPED, "")
    assert not Supporter.objects.exists()


def test_confirming_and_erasing_at_once_leave_nothing_of_the_person(page):
    for _ in range(5):
        letter = written(letter_draft(page))
        together(lambda key=letter.pk: confirm_letter(key), lambda key=letter.pk: erase_letter(key))

        left = Letter.objects.filter(pk=letter.pk).first()
        assert left is None or (left.stage, left.email, left.body) == (LetterStage.STOPPED, "", "")


def test_taking_back_and_coming_back_at_once_end_in_one_of_the_two():
    for _ in range(5):
        letter = make_letter(stage=LetterStage.QUEUED)
        together(lambda key=letter.pk: withdraw_letter(key), lambda key=letter.pk: return_letter(key, why="failing"))

        letter.refresh_from_db()
        assert letter.state == ActionState.WITHDRAWN
        assert letter.body == ""
        assert not Message.objects.filter(kind=RETURNED_MAIL, subject_id=letter.pk, state="queued").exists()


def test_counters_at_once_add_up_each_letter_once(page):
    for which in range(5):
        make_letter(page, stage=LetterStage.QUEUED, email=f"person{which}@example.org")
    make_letter(page, stage=LetterStage.REFUSED, email="flood@example.org")
    make_letter(page, stage=LetterStage.UNCONFIRMED, email="later@example.org")
    SelfSentLetter.objects.create(page=page, reported_on="2026-11-01")

    assert sum(at_once(6, lambda _: count_letters())) == 1

    totals = LetterTotals.objects.get(page=page)
    assert (totals.confirmed, totals.self_sent, totals.count) == (5, 1, 6)
    assert count_letters() == 0
    withdraw_letter(Letter.objects.filter(stage=LetterStage.QUEUED).first().pk)
    assert count_letters() == 1
    totals.refresh_from_db()
    assert totals.confirmed == 4
