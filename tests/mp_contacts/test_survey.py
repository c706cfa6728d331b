"""Writers are asked at two and at three weeks whether their MP answered, and nobody is asked who should not be."""

from datetime import timedelta
from typing import cast

import pytest
from django.utils import timezone

from mp_contacts.mail_kinds import ANSWERED_MAIL
from mp_contacts.models import Letter, LetterPage, LetterStage
from mp_contacts.services import withdraw_letter
from mp_contacts.services.answering import record_answer
from mp_contacts.surveying import ask_whether_answered
from supporters.mails import render
from supporters.models import Message, PrivacyMode, Suppression
from tests.factories.mp_contacts import LetterPageFactory
from tests.mp_contacts.letters import confirmed, letter_draft

pytestmark = pytest.mark.django_db


def sent_letter(*, days_ago: float, page: LetterPage | None = None, **values: object) -> Letter:
    letter = confirmed(letter_draft(page=page))
    told = {"stage": LetterStage.SENT, "sent_at": timezone.now() - timedelta(days=days_ago), **values}
    Letter.objects.filter(pk=letter.pk).update(**told)
    letter.refresh_from_db()
    return letter


def days_pass(letter: Letter, days: float) -> None:
    """Everything that was noted about ``letter`` becomes older by so many days."""
    letter.refresh_from_db()
    for name in ("sent_at", "asked_once_at", "asked_twice_at"):
        if at := getattr(letter, name):
            setattr(letter, name, at - timedelta(days=days))
    letter.save(update_fields=["sent_at", "asked_once_at", "asked_twice_at"])


def questions() -> int:
    return Message.objects.filter(kind=ANSWERED_MAIL).count()


def test_asks_at_two_weeks_and_once_more_at_three():
    letter = sent_letter(days_ago=13.9)
    asked = []
    for days in (0, 0.2, 0, 6.5, 0.5, 0, 1, 3):
        days_pass(letter, days)
        asked.append(ask_whether_answered())

    assert asked == [0, 1, 0, 0, 1, 0, 0, 0]
    assert questions() == 2


def test_a_late_first_question_keeps_the_second_a_week_away():
    letter = sent_letter(days_ago=20)
    asked = []
    for days in (0, 2, 5.1):
        days_pass(letter, days)
        asked.append(ask_whether_answered())

    assert asked == [1, 0, 1]


def test_a_question_weeks_too_late_is_not_asked():
    sent_letter(days_ago=28.1)
    assert ask_whether_answered() == 0


def test_who_has_answered_is_not_asked_again():
    letter = sent_letter(days_ago=14.1)
    ask_whether_answered()
    record_answer(letter.pk, answer="no")
    days_pass(letter, 7.1)

    assert ask_whether_answered() == 0


@pytest.mark.parametrize(
    ("stage", "refusal"),
    [(LetterStage.RETURNED, ""), (LetterStage.REFUSED, "It names somebody."), (LetterStage.STOPPED, "")],
)
def test_letters_that_never_arrived_are_not_asked_about(stage, refusal):
    sent_letter(days_ago=15, stage=stage, refusal=refusal, settled_at=timezone.now())
    assert ask_whether_answered() == 0


def test_writers_on_a_count_only_page_are_never_asked():
    letter = sent_letter(days_ago=15)
    LetterPage.objects.filter(pk=letter.page_id).update(privacy_mode=PrivacyMode.COUNT)
    assert ask_whether_answered() == 0


def test_suppressed_addresses_are_never_asked():
    letter = sent_letter(days_ago=15)
    assert letter.supporter is not None
    Suppression.objects.create(email_key=letter.supporter.email_key, reason=Suppression.Reason.choices[0][0])
    assert ask_whether_answered() == 0


def test_a_crowd_is_asked_once_each():
    page = cast("LetterPage", LetterPageFactory())
    for number in range(3):
        letter = confirmed(letter_draft(page=page, email=f"writer{number}@example.org"))
        Letter.objects.filter(pk=letter.pk).update(
            stage=LetterStage.SENT, sent_at=timezone.now() - timedelta(days=14, hours=number + 1)
        )

    assert [ask_whether_answered(), ask_whether_answered()] == [3, 0]
    assert Message.objects.filter(kind=ANSWERED_MAIL).values("recipient").distinct().count() == 3


def test_the_mail_tells_nothing_and_says_how_to_stop():
    letter = sent_letter(days_ago=15)
    ask_whether_answered()
    mail = render(Message.objects.get(kind=ANSWERED_MAIL))

    assert mail is not None
    for typed in (letter.name, letter.address, letter.body, letter.member.name, letter.page.title):
        assert str(typed) not in f"{mail.subject}{mail.body}{mail.alternatives[0][0]}"
    assert mail.extra_headers["List-Unsubscribe"]


def test_a_question_on_its_way_is_dropped_once_the_letter_is_taken_back():
    letter = sent_letter(days_ago=15)
    ask_whether_answered()
    withdraw_letter(letter.pk)
    message = Message.objects.filter(kind=ANSWERED_MAIL).first()

    assert message is None or render(message) is None
