"""A letter is taken back, or its writer forgotten; and nothing of it is kept longer than people are told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mp_contacts.models import Letter, LetterStage, Reply
from mp_contacts.retention import forget_stuck, forget_texts, forget_unconfirmed
from mp_contacts.selectors import letters_of_address
from mp_contacts.services import erase_letter, withdraw_letter
from supporters.models import ActionState, MessageState
from supporters.outbox import queue_message
from tests.factories.mp_contacts import make_letter

pytestmark = pytest.mark.django_db

PERSONAL = ["name", "email", "postcode", "address", "subject", "body"]
WAITING = [LetterStage.HELD, LetterStage.QUEUED, LetterStage.SENDING]


def typed(letter: Letter) -> set[str]:
    return set(Letter.objects.values_list(*PERSONAL).get(pk=letter.pk))


@pytest.mark.parametrize("stage", WAITING)
def test_what_has_not_left_is_stopped_and_its_mail_cancelled(stage):
    letter = make_letter(stage=stage)
    message = queue_message(kind="letter_to_member", subject_id=letter.pk, recipient="mp@parliament.example")

    assert withdraw_letter(letter.pk) == letter.page_id

    letter.refresh_from_db()
    message.refresh_from_db()
    assert (letter.state, letter.stage) == (ActionState.WITHDRAWN, LetterStage.STOPPED)
    assert message.state == MessageState.CANCELLED
    assert typed(letter) == {""}
    assert letter.person_key is None


def test_what_has_left_is_settled_and_forgotten_here():
    letter = make_letter(stage=LetterStage.SENT)

    withdraw_letter(letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.stage) == (ActionState.WITHDRAWN, LetterStage.DELIVERED)
    assert typed(letter) == {""}


@pytest.mark.parametrize("stage", [*WAITING, LetterStage.SENT, LetterStage.DELIVERED, LetterStage.RETURNED])
def test_an_erased_writer_still_counts(stage):
    letter = make_letter(stage=stage)
    reply = Reply.objects.create(
        letter=letter, page=letter.page, member=letter.member, answer="no", text="Dear Ada", state="waiting"
    )

    erase_letter(letter.pk)
    erase_letter(letter.pk)

    letter.refresh_from_db()
    reply.refresh_from_db()
    assert letter.state == ActionState.CONFIRMED
    assert letter.settled_at is not None
    assert typed(letter) == {""}
    assert (reply.letter, reply.text, reply.state, reply.answer) == (None, "", "no_text", "no")


def test_an_unconfirmed_letter_is_deleted_by_an_erasure():
    erase_letter(make_letter(stage=LetterStage.UNCONFIRMED).pk)

    assert not Letter.objects.exists()


def test_letters_are_found_by_address_in_any_form_and_nobody_elses():
    letter = make_letter(email="ada@example.org")
    make_letter(email="someone@example.org")

    assert list(letters_of_address("ADA@example.ORG")) == [letter]


def later(letter: Letter, **times: timedelta) -> None:
    Letter.objects.filter(pk=letter.pk).update(**{name: timezone.now() - ago for name, ago in times.items()})


@pytest.mark.parametrize(("days", "is_left"), [(6, True), (8, False)])
def test_text_and_postal_address_go_a_week_after_the_letter_is_settled(days, is_left):
    letter = make_letter(stage=LetterStage.DELIVERED)
    later(letter, settled_at=timedelta(days=days))

    forget_texts()

    letter.refresh_from_db()
    assert [bool(text) for text in (letter.body, letter.subject, letter.address)] == [is_left] * 3
    assert letter.name == "Ada Example"


@pytest.mark.parametrize(("days", "number"), [(7, 1), (9, 0)])
def test_what_nobody_confirmed_goes_after_eight_days(days, number):
    later(make_letter(stage=LetterStage.UNCONFIRMED), created_at=timedelta(days=days))

    forget_unconfirmed()

    assert Letter.objects.count() == number


@pytest.mark.parametrize(("days", "stage"), [(59, LetterStage.HELD), (61, LetterStage.STOPPED)])
def test_what_cannot_leave_is_not_kept_for_ever(days, stage):
    letter = make_letter(stage=LetterStage.HELD)
    later(letter, confirmed_at=timedelta(days=days))

    forget_stuck()

    letter.refresh_from_db()
    assert letter.stage == stage
    assert bool(letter.body) == (stage == LetterStage.HELD)
