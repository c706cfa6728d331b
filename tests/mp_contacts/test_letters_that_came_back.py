"""What becomes of a letter, and of an office's address, when mail comes back to the return address."""

import io
import logging
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from anymail.signals import EventType
from django.core.mail import get_connection
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone

from mp_contacts.delivery.bounces import Bounce
from mp_contacts.delivery.following import HARD_BOUNCES, TRY_AGAIN_AFTER, bounce_of, take_bounce
from mp_contacts.delivery.office_mail import office_email
from mp_contacts.delivery.receiving import Incoming, receive_mail
from mp_contacts.delivery.return_address import new_token, return_address
from mp_contacts.mail_kinds import OFFICE_MAIL, RETURNED_MAIL
from mp_contacts.models import Letter, LetterStage, Member
from supporters.models import Message, MessageState, Suppression
from supporters.outbox import queue_message, settle
from tests.factories.mp_contacts import MemberFactory, make_letter
from tests.mp_contacts.bounce_mails import AWAY, FROM_OFFICE, old_report, report
from tests.supporters.delivery_reports import GONE
from tests.supporters.delivery_reports import report as provider_reports

pytestmark = pytest.mark.django_db


def an_office() -> Member:
    return cast("Member", MemberFactory())


def sent(member: Member | None = None, *, number: int = 0, stage: str = LetterStage.SENT) -> Letter:
    email = f"ada{number}@example.org"
    return make_letter(member=member, email=email, stage=stage, return_token=new_token(), tries=1)


def came_back(letter: Letter, **said: str) -> Incoming:
    return receive_mail(report(to=return_address(letter), **said))


def test_a_letter_without_a_mailbox_goes_back_to_its_writer() -> None:
    letter = sent()

    assert came_back(letter) == Incoming.TAKEN

    letter.refresh_from_db()
    assert (letter.stage, letter.bounce) == (LetterStage.RETURNED, "no_mailbox")
    message = Message.objects.get()
    assert (message.kind, message.recipient) == (RETURNED_MAIL, "ada0@example.org")
    assert came_back(letter) == Incoming.TOO_LATE
    assert Message.objects.count() == 1


def test_a_refused_letter_goes_back_and_says_nothing_about_the_office() -> None:
    member = an_office()
    for number in range(HARD_BOUNCES + 1):
        assert came_back(sent(member, number=number), status="5.7.1") == Incoming.TAKEN

    assert set(Letter.objects.values_list("stage", "bounce")) == {("returned", "refused")}
    member.refresh_from_db()
    assert member.failing_since is None


def test_a_report_after_five_days_still_brings_the_letter_back() -> None:
    letter = sent(stage="delivered")

    assert came_back(letter, status="4.4.7") == Incoming.TAKEN

    letter.refresh_from_db()
    assert letter.stage == LetterStage.RETURNED


def tried_again(letter: Letter, *, tries: int) -> None:
    """``letter`` was handed over once more, and left."""
    letter.stage, letter.tries, letter.return_token, letter.sent_at = "sent", tries, new_token(), timezone.now()
    letter.save()


def test_a_full_mailbox_is_tried_again_later_and_later_and_then_no_more() -> None:
    letter = sent()
    for tries, pause in enumerate(TRY_AGAIN_AFTER, start=1):
        tried_again(letter, tries=tries)
        raw = report(to=return_address(letter), status="5.2.2")

        assert [receive_mail(raw), receive_mail(raw)] == [Incoming.TAKEN, Incoming.TOO_LATE]

        letter.refresh_from_db()
        assert (letter.stage, letter.bounce, letter.return_token, letter.sent_at) == ("queued", "for_now", "", None)
        assert letter.due_at is not None
        assert abs(letter.due_at - timezone.now() - pause) < timedelta(minutes=1)
        assert not Message.objects.exists()
    tried_again(letter, tries=len(TRY_AGAIN_AFTER) + 1)

    assert came_back(letter, status="5.2.2") == Incoming.TAKEN

    letter.refresh_from_db()
    assert (letter.stage, letter.bounce) == (LetterStage.RETURNED, "for_now")
    assert Message.objects.get().kind == RETURNED_MAIL


@pytest.mark.parametrize("status", ["5.1.1", "5.2.2", "5.7.1"])
def test_a_letter_whose_mail_still_waits_is_left_alone(status: str) -> None:
    letter = sent(stage="sending")
    queue_message(kind=OFFICE_MAIL, subject_id=letter.pk, recipient="jo@parliament.example")

    assert came_back(letter, status=status) == Incoming.TOO_LATE

    letter.refresh_from_db()
    assert letter.stage == LetterStage.SENDING


def test_an_office_without_a_mailbox_is_flagged_after_several_letters_and_suppresses_nobody() -> None:
    member = an_office()
    for number in range(HARD_BOUNCES):
        member.refresh_from_db()
        assert member.failing_since is None
        came_back(sent(member, number=number), said="550 5.1.1 <jo@parliament.example> gone")

    member.refresh_from_db()
    assert member.failing_since is not None
    assert member.failure == "There is no such mailbox (5.1.1)."
    assert not Suppression.objects.exists()


def test_what_the_address_did_before_somebody_mended_it_does_not_count() -> None:
    member = an_office()
    for number in range(HARD_BOUNCES - 1):
        came_back(sent(member, number=number))
    member.own_email = "new@parliament.example"
    member.save()

    came_back(sent(member, number=9))

    member.refresh_from_db()
    assert member.failing_since is None


def test_bounces_of_long_ago_and_of_other_offices_do_not_count() -> None:
    member = an_office()
    for number in range(HARD_BOUNCES - 1):
        came_back(sent(member, number=number))
    Letter.objects.update(settled_at=timezone.now() - timedelta(days=15))
    Member.objects.update(updated_at=timezone.now() - timedelta(days=30))
    for number in range(HARD_BOUNCES - 1):
        came_back(sent(number=10 + number))

    came_back(sent(member, number=20))

    assert not Member.objects.filter(failing_since__isnull=False).exists()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (FROM_OFFICE, Incoming.NOT_A_BOUNCE),
        (AWAY, Incoming.PASSED_OVER),
        (report(action="delayed"), Incoming.PASSED_OVER),
        (report(to=f"letters+{'a' * 26}@example.org"), Incoming.TOO_LATE),
        (report(), Incoming.TOO_LATE),
        (b"", Incoming.NOT_A_BOUNCE),
    ],
)
def test_other_mail_changes_nothing(raw: bytes, expected: Incoming) -> None:
    letter = sent()

    assert receive_mail(raw) == expected

    letter.refresh_from_db()
    assert letter.stage == LetterStage.SENT


def test_the_mail_server_says_for_whom_it_came() -> None:
    first, second = sent(), sent(number=1)

    assert receive_mail(report(to=return_address(first)), recipient=return_address(second).upper()) == Incoming.TAKEN
    original = f"X-Original-To: {return_address(first)}\n".encode()
    assert receive_mail(original + old_report("550 unknown user", to="letters@example.org")) == Incoming.TAKEN

    assert set(Letter.objects.values_list("stage", flat=True)) == {"returned"}


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Hands a mail to the command as a mail server does; what the command ends with."""

    def hand_over(raw: bytes, **options: str) -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        try:
            call_command("receive_letter_mail", **options)
        except CommandError as error:
            return error.returncode
        return 0

    return hand_over


def test_the_command_takes_a_bounce_and_says_nothing(
    pipe: Callable[..., int], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    letter = sent()
    said = report(said="550 5.1.1 <jo@parliament.example> gone", letter="My secret. " * 200_000)
    with caplog.at_level(logging.DEBUG):
        assert pipe(said, recipient=return_address(letter)) == 0

    letter.refresh_from_db()
    assert letter.stage == LetterStage.RETURNED
    assert capsys.readouterr() == ("", "")
    assert not [word for word in ("@", "Ada", "secret", "Example", letter.return_token) if word in caplog.text]


def test_an_office_that_writes_to_the_wrong_address_is_told(pipe: Callable[..., int]) -> None:
    assert pipe(FROM_OFFICE, recipient=return_address(sent())) == os.EX_NOPERM
    assert pipe(AWAY, recipient=return_address(sent(number=1))) == 0


def test_a_bounce_is_kept_by_the_mail_server_while_the_database_is_away(pipe: Callable[..., int]) -> None:
    def refuse(*_args: object) -> None:
        raise DatabaseError("away")

    letter = sent()
    with connection.execute_wrapper(refuse):
        assert pipe(report(), recipient=return_address(letter)) == os.EX_TEMPFAIL


def handed_over(letter: Letter, state: MessageState = MessageState.SENT) -> Message:
    message = queue_message(kind=OFFICE_MAIL, subject_id=letter.pk, recipient="jo@parliament.example")
    settle(Q(pk=message.pk), state)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize(
    ("event", "about", "stage", "bounce"),
    [
        (EventType.BOUNCED, {"mta_response": GONE}, "returned", "no_mailbox"),
        (EventType.BOUNCED, {"esp_event": {"Type": "SoftBounce"}}, "queued", "for_now"),
        (EventType.REJECTED, {"mta_response": "550 5.7.1 no"}, "returned", "refused"),
        (EventType.DEFERRED, {}, "sent", ""),
        (EventType.COMPLAINED, {}, "sent", ""),
        (EventType.DELIVERED, {}, "sent", ""),
    ],
)
def test_a_providers_report_does_the_same(event: str, about: dict[str, Any], stage: str, bounce: str) -> None:
    letter = sent()
    message = handed_over(letter)

    provider_reports(event, message_id=f"{message.pk.hex}@example.org", recipient="jo@parliament.example", **about)

    letter.refresh_from_db()
    assert (letter.stage, letter.bounce) == (stage, bounce)
    assert not Suppression.objects.exists()


def test_a_providers_report_about_an_earlier_try_is_too_late() -> None:
    letter = sent()
    earlier, _ = handed_over(letter), handed_over(letter)

    provider_reports(EventType.BOUNCED, message_id=f"{earlier.pk.hex}@example.org", mta_response=GONE)

    letter.refresh_from_db()
    assert letter.stage == LetterStage.SENT


def test_what_our_own_mail_server_refused_is_understood_from_the_message() -> None:
    letter = sent(stage="sending")
    message = handed_over(letter, MessageState.FAILED)
    assert bounce_of(message) == Bounce.REFUSED
    message.delivery = "bounced"
    assert bounce_of(message) == Bounce.NO_MAILBOX
    assert bounce_of(handed_over(letter)) is None

    assert take_bounce(letter.pk, Bounce.NO_MAILBOX)

    letter.refresh_from_db()
    assert (letter.stage, letter.sent_at) == (LetterStage.RETURNED, None)


def test_a_provider_is_given_the_return_address_too() -> None:
    letter = sent(stage="sending")
    email = office_email(letter)
    email.to = ["jo@parliament.example"]

    get_connection("anymail.backends.test.EmailBackend").send_messages([email])

    given = email.anymail_test_params  # type: ignore[attr-defined]
    assert given["envelope_sender"] == return_address(letter)
    assert given["from"].address == "Ada Example via Example Campaign <updates@example.org>"
    assert [address.address for address in given["reply_to"]] == [letter.email]
