"""What an office gets, whom it is from, and when nothing leaves; over a real SMTP connection where that tells."""

import re
from collections.abc import Callable
from typing import Any, cast

import pytest
from django.conf import LazySettings
from django.utils import timezone

from mp_contacts.delivery.office_mail import office_email
from mp_contacts.delivery.reflecting import CONSENT, recipient_for
from mp_contacts.delivery.return_address import new_token, return_address, token_in
from mp_contacts.mail_kinds import OFFICE_MAIL
from mp_contacts.models import Letter, LetterSettings, LetterStage, Member
from supporters.delivery import Sender
from supporters.identity import email_key
from supporters.mails import render
from supporters.models import Message, MessageState, PrivacyMode, Suppression
from supporters.outbox import queue_message
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory, make_letter
from tests.supporters.smtp_sink import Received, SmtpSink

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(settings: LazySettings) -> None:
    """An installation that sends letters to members."""
    settings.IS_PRODUCTION, settings.LETTERS_TO_MEMBERS = True, CONSENT


def an_office(**values: object) -> Member:
    return cast("Member", MemberFactory(**values))


def leaving(letter: Letter | None = None, **values: Any) -> Message:
    """The message of a letter whose turn has come."""
    letter = letter or make_letter(stage=LetterStage.SENDING, return_token=new_token(), **values)
    return queue_message(kind=OFFICE_MAIL, subject_id=letter.pk, recipient=recipient_for(letter.member))


def arrived(sender: Sender, sink: SmtpSink) -> Received:
    sender.send_due()
    (received,) = sink.received
    return received


def test_office_gets_the_letter_from_our_domain_and_answers_to_the_writer(
    live: None, sender: Sender, sink: SmtpSink
) -> None:
    letter = make_letter(
        stage=LetterStage.SENDING, return_token=new_token(), member=an_office(email="jo@parliament.example")
    )
    message = leaving(letter)

    received = arrived(sender, sink)

    assert (received.recipient, received.sender) == ("jo@parliament.example", return_address(letter))
    assert token_in(received.sender) == letter.return_token
    mail = received.email
    headers = {name: value for name, value in mail.items() if name != "Date"}
    assert headers == {
        "Content-Type": 'text/plain; charset="utf-8"',
        "MIME-Version": "1.0",
        "Content-Transfer-Encoding": "7bit",
        "Subject": "Safety for people who report violence",
        "From": '"Ada Example via Example Campaign" <updates@example.org>',
        "To": "jo@parliament.example",
        "Reply-To": "ada@example.org",
        "Message-ID": f"<{message.pk.hex}@example.org>",
    }
    top, _, footer = received.text.partition("\n\n-- \n")
    assert top.startswith("Ada Example\n1 Lantern Street\nHarrowmere\nZA1 1AA\n\n")
    assert top.endswith(letter.body)
    assert "Ada Example wrote this letter on a page of Example Campaign" in footer
    assert not re.search(r"https?://|updates@|unsubscribe|<", received.text)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_elsewhere_it_goes_to_the_reflect_address_and_says_for_whom_it_is(sender: Sender, sink: SmtpSink) -> None:
    leaving(member=MemberFactory(name="Jo Example"))

    received = arrived(sender, sink)

    assert received.recipient == "reflected-letters@example.org"
    assert received.email["Subject"] == "[Jo Example] Safety for people who report violence"
    assert received.text.startswith("This letter is for Jo Example. It was not sent there")


def test_names_in_other_scripts_arrive_whole(live: None, sender: Sender, sink: SmtpSink) -> None:
    leaving(name="Llŷr ap Siôn", subject="Diogelwch yn Nhŷ'r Cyffredin", page=LetterPageFactory(letter_language="cy"))

    mail = render(Message.objects.get())

    assert mail is not None
    assert mail.extra_headers["From"] == '"Llŷr ap Siôn drwy Example Campaign" <updates@example.org>'
    assert "Ysgrifennodd Llŷr ap Siôn" in mail.body
    assert arrived(sender, sink).email["From"].startswith("=?utf-8?")


def test_a_suppression_of_that_address_is_about_a_supporter_and_stops_no_letter(
    live: None, sender: Sender, sink: SmtpSink
) -> None:
    Suppression.objects.create(email_key=email_key("jo@parliament.example"), reason=Suppression.Reason.BLOCKED)
    leaving(member=MemberFactory(email="jo@parliament.example"))

    assert arrived(sender, sink).recipient == "jo@parliament.example"


def by_letter(**values: object) -> Callable[[Letter], object]:
    return lambda letter: Letter.objects.filter(pk=letter.pk).update(**values)


def by_member(**values: object) -> Callable[[Letter], object]:
    return lambda letter: Member.objects.filter(pk=letter.member_id).update(**values)


def dissolved(letter: Letter) -> None:
    settings = LetterSettings.load()
    settings.is_dissolved = True
    settings.save()


WHY_NOT: dict[str, Callable[[Letter], object]] = {
    "back in the queue": by_letter(stage=LetterStage.QUEUED),
    "held": by_letter(stage=LetterStage.HELD, hold_reasons=["links"]),
    "sent already": by_letter(stage=LetterStage.SENT, sent_at=timezone.now()),
    "gone": lambda letter: letter.delete(),
    "without a return address": by_letter(return_token=""),
    "written for another seat": by_letter(constituency_code="X99999999"),
    "member lost the seat": by_member(constituency=None),
    "member opted out": by_member(is_opted_out=True, opt_out_reason="Asked by telephone."),
    "member has another address now": by_member(own_email="other@parliament.example"),
    "member has no address": by_member(email=""),
    "address fails": by_member(failing_since=timezone.now()),
    "parliament dissolved": dissolved,
}


@pytest.mark.parametrize("change", WHY_NOT.values(), ids=WHY_NOT)
def test_nothing_leaves_that_must_not(
    live: None, sender: Sender, sink: SmtpSink, change: Callable[[Letter], object]
) -> None:
    letter = make_letter(stage=LetterStage.SENDING, return_token=new_token())
    message = leaving(letter)
    change(letter)

    sender.send_due()

    message.refresh_from_db()
    assert (message.state, sink.received) == (MessageState.CANCELLED, [])


def test_never_to_whoever_took_the_seat_since(live: None, sender: Sender, sink: SmtpSink) -> None:
    seat = ConstituencyFactory()
    letter = make_letter(stage=LetterStage.SENDING, return_token=new_token(), member=an_office(constituency=seat))
    leaving(letter)
    Member.objects.filter(pk=letter.member_id).update(constituency=None)
    MemberFactory(constituency=seat)

    sender.send_due()

    assert sink.received == []


def test_a_letter_to_be_reflected_does_not_leave_if_that_is_a_members_address(
    settings: LazySettings, sender: Sender, sink: SmtpSink
) -> None:
    MemberFactory(own_email="Office@parliament.example")
    settings.LETTERS_REFLECT_TO = "office@parliament.example"
    leaving()

    sender.send_due()

    assert sink.received == []


@pytest.mark.parametrize(
    "address",
    ["", "letters@example.org", "letters+@example.org", "letters+abc@example.org", f"letters+{'a' * 26}@else.example"],
)
def test_only_our_own_return_addresses_hold_a_token(address: str) -> None:
    assert token_in(address) == ""


def test_a_token_survives_a_server_that_writes_in_capitals() -> None:
    token = new_token()
    assert token_in(f"<LETTERS+{token.upper()}@EXAMPLE.ORG>") == token
    assert new_token() != token


def test_what_a_campaign_says_of_itself_in_brackets_stands_in_the_text_alone() -> None:
    page = LetterPageFactory(
        controller="Lantern Network (an invented organisation)", privacy_mode=PrivacyMode.COUNT, consent_text=None
    )
    letter = make_letter(page, stage=LetterStage.SENDING, return_token=new_token())

    email = office_email(letter)

    assert email.extra_headers["From"].startswith('"Ada Example via Lantern Network" <')
    assert "Lantern Network (an invented organisation)" in email.body
