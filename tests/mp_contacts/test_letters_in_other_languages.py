"""A page to write letters from that was translated is one page: one letter for each person and member, one end."""

import re

import pytest

from mp_contacts.counting import count_letters
from mp_contacts.models import Letter, LetterPage, LetterPageState
from supporters.mails import render
from supporters.models import Message
from tests.factories.petitions import ConsentTextFactory
from tests.factories.translations import translated
from tests.mp_contacts.writing import Writer, text_of

pytestmark = pytest.mark.django_db

TITLE = "Scrie-i deputatului tău"


@pytest.fixture
def writer(client) -> Writer:
    ConsentTextFactory(language="ro")
    return Writer(client)


@pytest.fixture
def romanian(writer) -> LetterPage:
    return translated(writer.page, "ro", title=TITLE)


def test_who_writes_in_both_languages_has_written_once(client, writer, romanian):
    english = writer.page
    writer.send()
    writer.page = romanian
    answer = writer.send()

    assert answer.status_code == 303
    assert Letter.objects.get().page_id == english.pk
    Letter.objects.update(state="confirmed", stage="queued", confirmed_at="2026-01-01T12:00Z")
    count_letters()
    assert [LetterPage.objects.get(pk=page.pk).letter_count for page in (english, romanian)] == [1, 1]


def test_the_mail_its_page_and_the_thanks_are_in_the_language_it_was_written_in(client, writer, romanian):
    writer.page = romanian
    writer.send()
    mail = render(Message.objects.get())
    [link] = re.findall(r"http\S+/links/\S+", mail.body)[:1]
    asked = client.get(link, follow=True)
    token = dict(re.findall(r'name="(\w+)" value="([^"]+)"', text_of(asked)))
    thanked = client.post(asked.request["PATH_INFO"], token)

    assert asked["Content-Language"] == "ro"
    assert thanked["Location"] == f"/letters/{romanian.pk}/thank-you/"
    assert client.get(thanked["Location"])["Content-Language"] == "ro"


def test_closing_it_closes_it_in_every_language(writer, romanian):
    writer.page.state = LetterPageState.CLOSED
    writer.page.save_revision().publish()
    writer.page = romanian

    assert writer.send().status_code == 409
    assert not Letter.objects.exists()
