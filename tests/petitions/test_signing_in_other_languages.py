"""Somebody who reads a petition in their own language is spoken to in it until the end, and never in English."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from petitions.models import Signature
from supporters.mails import render
from supporters.models import ActionState, Message
from tests.factories.petitions import ConsentTextFactory, PetitionPageFactory, form_data
from tests.factories.translations import translated

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
SPEAKS_FOR_ITSELF = re.compile(r"[A-Z][a-z]+ [a-z]+ [a-z]+")
"""English that is long enough to be nothing else: at least the beginning of a sentence."""


def catalogue(language: str) -> dict[str, str]:
    path = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if not entry.msgid_plural}


def petition_in(language: str):
    ConsentTextFactory(language=language)
    return translated(PetitionPageFactory(), language, title="Xyz")


def english_in(text: str, words: dict[str, str]) -> list[str]:
    return [english for english in words if SPEAKS_FOR_ITSELF.match(english) and english in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_petition_form_mail_and_confirmation_speak_the_language_of_the_page(client, language):
    petition, words = petition_in(language), catalogue(language)

    page = client.get(petition.url)
    mistaken = client.post(petition.sign_url, form_data(email="nobody", name="7", postcode="ABC"))
    sent = client.post(petition.sign_url, form_data())
    asked = client.get(sent["Location"])
    mail = render(Message.objects.get())
    html = mail.alternatives[0].content
    [link] = re.findall(r"http\S+/links/\S+", mail.body)[:1]
    button = client.get(link, follow=True)
    thanked = client.post(
        button.request["PATH_INFO"], dict(re.findall(r'name="(\w+)" value="([^"]+)"', text(button))), follow=True
    )

    assert Signature.objects.get().state == ActionState.CONFIRMED
    assert mistaken.status_code == 422
    for answer in (page, mistaken, asked, button, thanked):
        assert answer.headers["Content-Language"] == language
        assert f'<html lang="{language}"' in text(answer)
        assert english_in(text(answer), words) == []
    for part in (mail.subject, mail.body, html):
        assert english_in(part, words) == []
    assert f'<html lang="{language}"' in html
    for english in ("Enter an e-mail address like name@example.org.", "Enter a name with at least one letter."):
        assert words[english] in text(mistaken)
    assert words["Please confirm your address"] == mail.subject
    assert words["Your signature counts"] in text(thanked)


def text(answer) -> str:
    return answer.content.decode()
