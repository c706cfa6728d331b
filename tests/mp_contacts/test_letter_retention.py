"""Until when anything about a writer is kept, by the hourly purge as a whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mp_contacts.delivery.returning import return_letter
from mp_contacts.mail_kinds import OFFICE_MAIL, RETURNED_MAIL
from mp_contacts.models import Letter, LetterPage, LetterStage
from mp_contacts.services.forgetting import NO_REASON_LEFT
from supporters.models import Message, PrivacyMode
from supporters.outbox import queue_message
from supporters.purging import purge
from tests.factories.mp_contacts import LetterPageFactory, make_letter

pytestmark = pytest.mark.django_db

TEXT = ("address", "subject", "body")
WRITER = ("name", "email", "postcode")


def aged(days: float, *, page: LetterPage | None = None, stage: str, email: str = "ada@example.org", **values: object):
    """A letter all of whose times lie ``days`` further back."""
    letter = make_letter(page, None, stage=stage, email=email, **values)
    ago = timedelta(days=days)
    times = ("created_at", "confirmed_at", "sent_at", "settled_at")
    Letter.objects.filter(pk=letter.pk).update(
        **{name: getattr(letter, name) - ago for name in times if getattr(letter, name)}
    )
    return letter


def kept(letter: Letter) -> set[str]:
    purge()
    letter.refresh_from_db()
    return {name for name in (*TEXT, *WRITER) if getattr(letter, name)}


@pytest.fixture
def counts() -> LetterPage:
    return LetterPageFactory(privacy_mode=PrivacyMode.COUNT, consent_text=None)


@pytest.mark.parametrize("stage", [LetterStage.DELIVERED, LetterStage.RETURNED, LetterStage.REFUSED])
def test_the_text_goes_after_a_week_and_the_writer_stays(stage):
    assert kept(aged(6.9, stage=stage)) == {*TEXT, *WRITER}
    assert kept(aged(7.1, stage=stage)) == set(WRITER)


def test_the_reason_for_a_refusal_goes_with_the_text():
    letter = aged(8, stage=LetterStage.REFUSED, refusal="You name your neighbour.", hold_reasons=["threat"])

    kept(letter)

    assert (letter.refusal, letter.hold_reasons) == (NO_REASON_LEFT, [])


def test_a_count_only_page_forgets_the_writer_as_soon_as_the_letter_arrived(counts):
    letter = aged(0, page=counts, stage=LetterStage.DELIVERED)

    assert kept(letter) == set()
    assert letter.person_key is not None


@pytest.mark.parametrize("stage", [LetterStage.HELD, LetterStage.QUEUED, LetterStage.SENDING, LetterStage.SENT])
def test_a_count_only_page_forgets_nothing_that_a_letter_on_its_way_needs(counts, stage):
    assert kept(aged(0, page=counts, stage=stage)) == {*TEXT, *WRITER}


def test_a_count_only_page_lets_its_writer_print_what_came_back(counts):
    assert kept(aged(6.9, page=counts, stage=LetterStage.RETURNED)) == {*TEXT, *WRITER}
    assert kept(aged(7.1, page=counts, stage=LetterStage.RETURNED, email="bea@example.org")) == set()


@pytest.mark.parametrize(("days", "is_known"), [(1, True), (3, False)])
def test_a_count_only_page_forgets_its_hashes_two_days_after_it_closed(counts, days, is_known):
    letter = make_letter(counts, stage=LetterStage.DELIVERED)
    LetterPage.objects.filter(pk=counts.pk).update(closes_at=timezone.now() - timedelta(days=days))

    kept(letter)

    assert (letter.person_key is not None) == is_known


@pytest.mark.parametrize(("days", "names"), [(89, set(WRITER)), (91, set())])
def test_a_closed_page_forgets_its_writers_after_90_days(days, names):
    letter = aged(days, stage=LetterStage.DELIVERED)
    LetterPage.objects.filter(pk=letter.page_id).update(closes_at=timezone.now() - timedelta(days=days))

    assert kept(letter) == names
    assert (letter.person_key is not None) == bool(names)
    assert letter.state == "confirmed"


@pytest.mark.parametrize(("days", "names"), [(364, set(WRITER)), (366, set())])
def test_an_open_page_forgets_its_writers_after_a_year(days, names):
    letter = aged(days, stage=LetterStage.DELIVERED)

    assert kept(letter) == names
    assert letter.person_key is not None


def test_a_held_letter_goes_back_to_its_writer_after_two_weeks():
    waiting = aged(13, stage=LetterStage.HELD)
    assert kept(waiting) == {*TEXT, *WRITER}
    assert waiting.stage == LetterStage.HELD

    forgotten = aged(15, stage=LetterStage.HELD, email="bea@example.org")
    assert kept(forgotten) == {*TEXT, *WRITER}
    assert (forgotten.stage, forgotten.bounce) == (LetterStage.RETURNED, "undecided")
    message = Message.objects.get(kind=RETURNED_MAIL)
    assert (message.subject_id, message.recipient) == (forgotten.pk, "bea@example.org")


def test_a_letter_whose_end_was_never_noted_is_not_kept_for_ever():
    letter = aged(61, stage=LetterStage.SENT)

    assert kept(letter) == set(WRITER)
    assert letter.stage == LetterStage.DELIVERED


@pytest.mark.parametrize("stage", [LetterStage.UNCONFIRMED, LetterStage.REFUSED, LetterStage.STOPPED])
def test_only_what_is_under_way_can_come_back(stage):
    assert not return_letter(make_letter(stage=stage).pk, why="failing")
    assert not Message.objects.exists()


def test_a_letter_comes_back_once():
    letter = make_letter(stage=LetterStage.QUEUED)

    assert return_letter(letter.pk, why="opted_out")
    assert not return_letter(letter.pk, why="opted_out")

    letter.refresh_from_db()
    assert (letter.stage, letter.bounce, letter.settled_at is not None) == (LetterStage.RETURNED, "opted_out", True)
    assert Message.objects.count() == 1


def test_a_letter_that_may_still_leave_does_not_come_back():
    letter = make_letter(stage=LetterStage.SENDING)
    queue_message(kind=OFFICE_MAIL, subject_id=letter.pk, recipient="jo@parliament.example")

    assert not return_letter(letter.pk, why="failing")
