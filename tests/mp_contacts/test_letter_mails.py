"""What a writer is sent, and what the links in it lead to."""

import re
from http import HTTPStatus

import pytest
from django.test import Client

from mp_contacts.mail_kinds import (
    ALREADY_WRITTEN_MAIL,
    CONFIRM_LINK,
    CONFIRM_MAIL,
    REFUSED_MAIL,
    RETURNED_LINK,
    RETURNED_MAIL,
    SENT_MAIL,
    WITHDRAW_LINK,
)
from mp_contacts.models import Letter, LetterStage
from mp_contacts.services import withdraw_letter
from supporters.links.tokens import find_link
from supporters.mails import render, urgency_of
from supporters.models import ActionState, Link, Message
from supporters.outbox import queue_message
from tests.factories.mp_contacts import make_letter
from tests.mp_contacts.letters import letter_draft, written

pytestmark = pytest.mark.django_db

MAILS = {
    CONFIRM_MAIL: LetterStage.UNCONFIRMED,
    ALREADY_WRITTEN_MAIL: LetterStage.QUEUED,
    SENT_MAIL: LetterStage.SENT,
    RETURNED_MAIL: LetterStage.RETURNED,
    REFUSED_MAIL: LetterStage.REFUSED,
}
TOKEN = re.compile(r"/links/([A-Za-z0-9_-]{43})/")


def mail_about(letter: Letter, kind: str):
    return render(queue_message(kind=kind, subject_id=letter.pk, recipient=letter.email))


def tokens(mail) -> dict[str, str]:
    """The tokens in a mail, by what they are for, in the order they were made."""
    found = set(TOKEN.findall(mail.body))
    return {link.purpose: token for token in found if (link := find_link(token))}


@pytest.mark.parametrize(("kind", "stage"), MAILS.items())
def test_no_mail_repeats_or_tells_anything(kind, stage):
    letter = make_letter(stage=stage, refusal="You name your neighbour." if stage == LetterStage.REFUSED else "")

    mail = mail_about(letter, kind)

    parts = [mail.subject, mail.body, mail.alternatives[0][0]]
    told = [letter.name, letter.address, letter.postcode, letter.subject, letter.body, letter.member.name]
    told += [letter.page.title, letter.member.party, letter.member.constituency.name, "Lantern", "neighbour"]
    assert [(word, part) for word in told for part in parts if word in part] == []
    assert not [
        part for part in parts if re.search(r"\b(MP|member of parliament|violence|letter)\b", part, re.IGNORECASE)
    ]
    assert letter.email not in mail.body
    assert WITHDRAW_LINK in tokens(mail)
    assert "<img" not in mail.alternatives[0][0]


@pytest.mark.parametrize("kind", MAILS)
def test_every_mail_reaches_those_who_stopped_our_mailings(kind):
    assert urgency_of(kind).is_requested


@pytest.mark.parametrize("kind", MAILS)
def test_no_mail_leaves_about_a_letter_that_was_taken_back_or_never_was(kind):
    letter = make_letter(stage=MAILS[kind])
    message = queue_message(kind=kind, subject_id=letter.pk, recipient="ada@example.org")
    withdraw_letter(letter.pk)

    assert render(message) is None
    Letter.objects.all().delete()
    assert render(message) is None


@pytest.mark.parametrize("kind", [SENT_MAIL, RETURNED_MAIL, REFUSED_MAIL])
def test_no_mail_says_what_is_not_so(kind):
    assert mail_about(make_letter(stage=LetterStage.QUEUED), kind) is None


def test_mails_are_in_the_writers_language():
    english = mail_about(make_letter(stage=LetterStage.RETURNED), RETURNED_MAIL)
    farsi = mail_about(make_letter(stage=LetterStage.RETURNED, language="fa"), RETURNED_MAIL)

    assert 'lang="en"' in english.alternatives[0][0]
    assert 'lang="fa" dir="rtl"' in farsi.alternatives[0][0]


@pytest.fixture
def opened():
    """A browser that followed a link from a mail about a letter; what it shows."""

    def follow(letter: Letter, kind: str, purpose: str):
        client = Client()
        token = tokens(mail_about(letter, kind))[purpose]
        return client, token, client.get(f"/links/{token}/", follow=True)

    return follow


def test_the_letter_and_whom_it_is_for_are_shown_before_the_button(opened):
    letter = written(letter_draft(body="Dear Jo,\n\n<b>My</b> own words."))

    client, token, page = opened(letter, CONFIRM_MAIL, CONFIRM_LINK)

    text = page.content.decode()
    for shown in (letter.member.name, letter.name, "Lantern Street", letter.postcode, letter.subject, "own words"):
        assert shown in text
    assert "<b>My</b>" not in text
    letter.refresh_from_db()
    assert letter.state == ActionState.PENDING

    answer = client.post("/links/", {"token": token})

    assert (answer.status_code, answer["Location"]) == (HTTPStatus.SEE_OTHER, f"/letters/{letter.page_id}/thank-you/")
    letter.refresh_from_db()
    assert letter.stage == LetterStage.QUEUED


def test_taking_back_says_that_it_is_not_sent(opened):
    letter = make_letter(stage=LetterStage.QUEUED)

    client, token, page = opened(letter, ALREADY_WRITTEN_MAIL, WITHDRAW_LINK)

    assert "has not left" in page.content.decode()
    assert client.post("/links/", {"token": token})["Location"] == f"/letters/{letter.page_id}/withdrawn/"
    letter.refresh_from_db()
    assert (letter.stage, letter.body) == (LetterStage.STOPPED, "")


def test_taking_back_says_honestly_that_the_office_has_it(opened):
    letter = make_letter(stage=LetterStage.SENT)

    client, token, page = opened(letter, SENT_MAIL, WITHDRAW_LINK)

    assert "Nobody can call it back" in page.content.decode()
    client.post("/links/", {"token": token})
    letter.refresh_from_db()
    assert (letter.stage, letter.body) == (LetterStage.DELIVERED, "")


@pytest.mark.parametrize(
    ("kind", "words"),
    [(RETURNED_MAIL, "could not be reached"), (REFUSED_MAIL, "You name your neighbour.")],
)
def test_what_came_back_is_read_and_printed_behind_its_link(opened, kind, words):
    stage = MAILS[kind]
    letter = make_letter(stage=stage, refusal="You name your neighbour." if stage == LetterStage.REFUSED else "")

    client, token, page = opened(letter, kind, RETURNED_LINK)

    assert page.request["PATH_INFO"] == "/letters/returned/"
    text = page.content.decode()
    assert words in text
    assert "Where I live it matters." in text
    assert "no-store" in page["Cache-Control"]
    pdf = client.post("/letters/returned/pdf/", {"token": token})
    assert pdf.status_code == HTTPStatus.OK
    assert pdf.content.startswith(b"%PDF")
    assert "no-store" in pdf["Cache-Control"]


@pytest.mark.parametrize("ending", ["withdrawn", "text erased"])
def test_what_came_back_is_gone_once_it_is_erased(opened, ending):
    letter = make_letter(stage=LetterStage.RETURNED)
    client, token, _page = opened(letter, RETURNED_MAIL, RETURNED_LINK)
    if ending == "withdrawn":
        withdraw_letter(letter.pk)
    else:
        Letter.objects.filter(pk=letter.pk).update(body=None, address=None, subject=None)

    assert client.get("/letters/returned/").status_code == HTTPStatus.NOT_FOUND
    assert client.post("/letters/returned/pdf/", {"token": token}).status_code == HTTPStatus.NOT_FOUND


def test_another_links_token_opens_no_letter(opened):
    letter = make_letter(stage=LetterStage.RETURNED)
    _client, token, _page = opened(letter, RETURNED_MAIL, WITHDRAW_LINK)

    assert Client().post("/letters/returned/pdf/", {"token": token}).status_code == HTTPStatus.NOT_FOUND
    assert Link.objects.filter(purpose=WITHDRAW_LINK).exists()
    assert Message.objects.exists()
