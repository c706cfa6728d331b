"""The link in the survey's mail: looking changes nothing, the button keeps an answer, the last one counts."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from mp_contacts.answer_form import TEXT_LENGTH
from mp_contacts.mail_kinds import ANSWER_LINK
from mp_contacts.models import Answer, Letter, LetterStage, Reply
from supporters.links import mint_link
from tests.factories.mp_contacts import make_letter

pytestmark = pytest.mark.django_db

TOLD = reverse("mp_contacts:answered")
HERE = reverse("mp_contacts:answer")


def token_for(letter: Letter) -> str:
    url = mint_link(purpose=ANSWER_LINK, subject_id=letter.pk, lifetime=timedelta(days=60))
    return url.rstrip("/").rpartition("/")[2]


@pytest.fixture
def letter() -> Letter:
    return make_letter(stage=LetterStage.SENT)


def tell(client: Client, token: str, **typed: str):
    return client.post(HERE, {"token": token, **typed}, headers={"sec-fetch-site": "same-origin"})


def test_opening_the_link_changes_nothing(client, letter):
    page = client.get(f"/links/{token_for(letter)}/", follow=True)

    assert page.status_code == HTTPStatus.OK
    assert "Did your MP answer?" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not Reply.objects.exists()


@pytest.mark.parametrize("answer", Answer.values)
def test_keeps_each_of_the_four_answers(client, letter, answer):
    response = tell(client, token_for(letter), answer=answer)

    assert (response.status_code, response.url) == (HTTPStatus.SEE_OTHER, TOLD)
    reply = Reply.objects.get(letter=letter)
    assert (reply.answer, reply.state, reply.member_id) == (answer, Reply.State.NO_TEXT, letter.member_id)


def test_a_pasted_reply_waits_for_an_organiser(client, letter):
    tell(client, token_for(letter), answer=Answer.YES, text="Thank you.\r\nI will vote for it.")

    reply = Reply.objects.get()
    assert (reply.text, reply.state) == ("Thank you.\nI will vote for it.", Reply.State.WAITING)


def test_the_last_answer_counts_and_leaves_the_pasted_text(client, letter):
    token = token_for(letter)
    tell(client, token, answer=Answer.NO, text="Received with thanks.")
    tell(client, token, answer=Answer.YES)

    reply = Reply.objects.get()
    assert (reply.answer, reply.text) == (Answer.YES, "Received with thanks.")

    tell(client, token, answer=Answer.YES, drops_text="on")
    reply.refresh_from_db()
    assert (reply.text or "", reply.state) == ("", Reply.State.NO_TEXT)


@pytest.mark.parametrize(
    "typed",
    [{}, {"answer": "perhaps"}, {"answer": "yes\0"}, {"answer": Answer.YES, "text": "a" * (TEXT_LENGTH + 1)}],
)
def test_what_cannot_be_kept_is_shown_again_as_typed(client, letter, typed):
    response = tell(client, token_for(letter), **typed)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "error-summary" in response.content.decode() or "There is a problem" in response.content.decode()
    assert typed.get("text", "") in response.content.decode()
    assert not Reply.objects.exists()


@pytest.mark.parametrize("stage", [LetterStage.QUEUED, LetterStage.RETURNED, LetterStage.REFUSED])
def test_a_letter_that_did_not_arrive_takes_no_answer(client, stage):
    response = tell(client, token_for(make_letter(stage=stage)), answer=Answer.YES)

    assert response.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
    assert not Reply.objects.exists()


def test_another_site_cannot_answer_for_the_writer(client, letter):
    response = client.post(
        HERE, {"token": token_for(letter), "answer": Answer.YES}, headers={"sec-fetch-site": "cross-site"}
    )

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert not Reply.objects.exists()


def test_a_token_that_was_made_up_answers_nothing(client, letter):
    assert tell(client, "x" * 43, answer=Answer.YES).status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
    assert not Reply.objects.exists()
