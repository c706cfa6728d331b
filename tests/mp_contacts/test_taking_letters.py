"""From a valid form to a letter that waits for its turn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mp_contacts.mail_kinds import ALREADY_WRITTEN_MAIL, CONFIRM_MAIL, OFFICE_MAIL
from mp_contacts.models import Letter, LetterPage, LetterSettings, LetterStage
from mp_contacts.services import (
    ConfirmOutcome,
    WritingOutcome,
    confirm_letter,
    erase_letter,
    resend_confirmation,
    withdraw_letter,
    write_letter,
)
from mp_contacts.services.forgetting import NO_REASON_LEFT
from supporters.limits import NETWORK_LIMIT, Ask, consume, network_key
from supporters.models import ActionState, ConsentRecord, Message, MessageState, PrivacyMode, Supporter
from supporters.outbox import queue_message
from tests.factories.mp_contacts import LetterPageFactory, MemberFactory, make_letter
from tests.mp_contacts.letters import confirmed, letter_draft, terms_of, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return LetterPageFactory()


def mails() -> list[str]:
    return list(Message.objects.order_by("created_at").values_list("kind", flat=True))


def test_a_letter_waits_for_its_writer_and_one_mail_asks(page):
    draft = letter_draft(page, wants_updates=True, seat_from_list=True)

    assert write_letter(draft) is WritingOutcome.ACCEPTED

    letter = Letter.objects.get()
    assert (letter.state, letter.stage) == (ActionState.PENDING, LetterStage.UNCONFIRMED)
    assert (letter.name, letter.body, letter.address) == (draft.name, draft.body, draft.address)
    assert (letter.constituency_code, letter.seat_from_list) == (draft.member.constituency_id, True)
    message = Message.objects.get()
    assert (message.kind, message.subject_id, message.recipient) == (CONFIRM_MAIL, letter.pk, draft.email)
    assert not Supporter.objects.exists()


@pytest.mark.parametrize("trouble", ["dissolved", "vacant", "opted_out", "no_address"])
def test_nothing_is_stored_for_a_member_who_cannot_be_written_to(page, trouble):
    member = MemberFactory()
    if trouble == "dissolved":
        LetterSettings.objects.create(is_dissolved=True)
    elif trouble == "vacant":
        member.constituency = None
    elif trouble == "opted_out":
        member.is_opted_out, member.opt_out_reason = True, "Asked us, in May."
    else:
        member.email = ""
    member.save()

    assert write_letter(letter_draft(page, member)) is WritingOutcome.OBSTACLE

    assert not Letter.objects.exists()
    assert not Message.objects.exists()


def test_a_network_that_writes_too_much_is_asked_to_wait(page, settings):
    ask = [Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, "192.0.2.0"))] * settings.LIMIT_NETWORK_BURST
    consume([[one] for one in ask])

    assert write_letter(letter_draft(page)) is WritingOutcome.TOO_MANY
    assert write_letter(letter_draft(page, network="198.51.100.0")) is WritingOutcome.ACCEPTED

    assert Letter.objects.count() == Message.objects.count() == 1


def test_who_writes_again_is_asked_again_twice_at_the_most_and_nothing_is_overwritten(page):
    member = MemberFactory()
    outcomes = [write_letter(letter_draft(page, member, body=f"Dear Jo, again {which}")) for which in range(4)]

    assert set(outcomes) == {WritingOutcome.ACCEPTED}
    assert Letter.objects.get().body == "Dear Jo, again 0"
    assert mails() == [CONFIRM_MAIL] * 2


def test_who_confirmed_and_writes_again_is_told_by_mail_alone(page):
    member = MemberFactory()
    first = confirmed(letter_draft(page, member))

    for _ in range(3):
        assert write_letter(letter_draft(page, member, body="Dear Jo, another")) is WritingOutcome.ACCEPTED

    assert Letter.objects.get().body == first.body
    assert mails() == [CONFIRM_MAIL, ALREADY_WRITTEN_MAIL, ALREADY_WRITTEN_MAIL]


def test_who_took_a_letter_back_can_write_anew(page):
    member = MemberFactory()
    withdraw_letter(confirmed(letter_draft(page, member)).pk)

    letter = written(letter_draft(page, member, body="Dear Jo, better words"))

    assert letter.body == "Dear Jo, better words"


def test_asking_again_says_the_same_whether_or_not_there_is_a_letter(page):
    written(letter_draft(page))
    ask = {"terms": terms_of(page), "network": "192.0.2.0"}

    assert resend_confirmation(address="ADA@example.org", **ask) is WritingOutcome.ACCEPTED
    assert resend_confirmation(address="nobody@example.org", **ask) is WritingOutcome.ACCEPTED
    assert mails() == [CONFIRM_MAIL] * 2


def test_confirming_remembers_the_writer_and_their_yes_and_queues_the_letter(page):
    letter = written(letter_draft(page, wants_updates=True))

    assert confirm_letter(letter.pk) == (ConfirmOutcome.CONFIRMED, page.pk)
    assert confirm_letter(letter.pk) == (ConfirmOutcome.CONFIRMED, page.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.stage, letter.hold_reasons) == (ActionState.CONFIRMED, LetterStage.QUEUED, [])
    assert letter.supporter == Supporter.objects.get()
    assert letter.supporter.constituency_code == letter.constituency_code
    record = ConsentRecord.objects.get()
    assert (record.choice, record.text, record.page_id) == (ConsentRecord.Choice.GIVEN, page.consent_text, page.pk)


def test_without_the_box_nothing_is_agreed_to(page):
    confirmed(letter_draft(page))

    assert Supporter.objects.exists()
    assert not ConsentRecord.objects.exists()


def test_a_count_only_page_remembers_nobody_but_keeps_what_the_letter_needs(page):
    counts = LetterPageFactory(privacy_mode=PrivacyMode.COUNT, consent_text=None)

    letter = confirmed(letter_draft(counts))

    assert not Supporter.objects.exists()
    assert letter.stage == LetterStage.QUEUED
    assert all([letter.name, letter.email, letter.address, letter.body])


def test_an_obstacle_that_came_up_meanwhile_does_not_keep_anybody_from_confirming(page):
    letter = written(letter_draft(page))
    LetterSettings.objects.create(is_dissolved=True)

    assert confirm_letter(letter.pk) == (ConfirmOutcome.CONFIRMED, page.pk)

    letter.refresh_from_db()
    assert letter.stage == LetterStage.QUEUED


@pytest.mark.parametrize(("hours", "outcome"), [(23, ConfirmOutcome.CONFIRMED), (25, ConfirmOutcome.CLOSED)])
def test_a_page_that_closed_takes_confirmations_for_a_day(page, hours, outcome):
    letter = written(letter_draft(page))
    LetterPage.objects.filter(pk=page.pk).update(closes_at=timezone.now() - timedelta(hours=hours))

    assert confirm_letter(letter.pk) == (outcome, page.pk)


def test_what_never_was_or_was_taken_back_is_gone(page):
    letter = written(letter_draft(page))
    withdraw_letter(letter.pk)

    assert confirm_letter(letter.pk) == (ConfirmOutcome.GONE, None)
    assert confirm_letter(letter_draft(page).id) == (ConfirmOutcome.GONE, None)


@pytest.mark.parametrize(
    ("state", "is_in_hand", "stage"),
    [
        (MessageState.QUEUED, False, LetterStage.STOPPED),
        (MessageState.QUEUED, True, LetterStage.DELIVERED),
        (MessageState.SENT, False, LetterStage.DELIVERED),
    ],
)
def test_a_letter_on_its_way_is_stopped_only_if_nobody_has_it_in_hand(state, is_in_hand, stage):
    letter = make_letter(stage=LetterStage.SENDING)
    message = queue_message(kind=OFFICE_MAIL, subject_id=letter.pk, recipient="jo@parliament.example")
    now = timezone.now()
    changes = {"state": state}
    if state == MessageState.SENT:
        changes |= {"settled_at": now, "recipient": None}
    if is_in_hand:
        changes["leased_until"] = now + timedelta(minutes=5)
    Message.objects.filter(pk=message.pk).update(**changes)

    withdraw_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.stage == stage
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()


@pytest.mark.parametrize("forget", [withdraw_letter, erase_letter])
def test_an_organisers_reason_goes_with_the_letter(forget):
    letter = make_letter(stage=LetterStage.REFUSED, refusal="You name your neighbour.")

    forget(letter.pk)

    letter.refresh_from_db()
    assert letter.refusal == NO_REASON_LEFT


def test_whoever_takes_back_the_last_thing_they_did_is_forgotten(page):
    withdraw_letter(confirmed(letter_draft(page, wants_updates=True)).pk)

    assert not Supporter.objects.exists()
    assert not ConsentRecord.objects.exists()
