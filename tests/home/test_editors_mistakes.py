"""What goes wrong while somebody writes: a sentence, and nothing that was typed is lost."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Engine
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import EditingSession
from wagtail.models import Collection
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import ParasolImage, StandardPage, User
from tests.factories.petitions import home_page
from tests.petitions.organisers import boss

pytestmark = pytest.mark.django_db

NUL, HALF_AN_EMOJI, EMOJI = "\0", "\ud83d", "☂️ Safer together 👩🏽‍🤝‍👩🏿"


@pytest.fixture(autouse=True)
def patient_templates(monkeypatch):
    # Wagtail's own template reads an icon's name that is only sometimes there.
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", "")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(boss())
    return client


def page_form(**typed: Any) -> dict[str, str]:
    given = {"title": "How we work", "slug": "how-we-work", "lead": "", "words": "<p>We meet.</p>", **typed}
    body = streamfield([("paragraph", rich_text(given.pop("words")))])
    rows = {"footnotes": inline_formset([]), "comments": inline_formset([])}
    form: dict[str, str] = nested_form_data({**given, "body": body, **rows})
    return form


def add(client: Client, **typed: Any) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home_page().pk])
    return client.post(url, page_form(**typed))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("letter.docx", b"PK\x03\x04", "Supported formats: JPG, JPEG, PNG"),
        ("letter.png", b"this is a letter", "not an image or a corrupted image"),
        ("huge.png", b"\x89PNG\r\n\x1a\n" + bytes(21 * 1024 * 1024), "This file is too big"),
    ],
    ids=["other kind", "wrong name", "too big"],
)
def test_what_is_no_picture_is_refused_in_a_sentence(editor: Client, name: str, content: bytes, sentence: str) -> None:
    answer = editor.post(
        reverse("wagtailimages:add"),
        {
            "title": "The street at night",
            "description": "A lamp and three houses",
            "file": SimpleUploadedFile(name, content),
            "collection": Collection.objects.get(depth=1).pk,
        },
    )

    assert sentence in answer.content.decode()
    assert "A lamp and three houses" in answer.content.decode()
    assert not ParasolImage.objects.exists()


def test_emoji_are_letters_like_others(editor: Client) -> None:
    add(editor, title=EMOJI, words=f"<p>{EMOJI}</p>")

    page = StandardPage.objects.get()
    assert page.title == EMOJI
    assert EMOJI in page.body[0].value.source


@pytest.mark.parametrize("field", ["title", "lead"])
def test_what_is_too_long_is_said_to_be_and_kept(editor: Client, field: str) -> None:
    words = "word " * 150

    answer = add(editor, **{field: words})

    assert "Ensure this value has at most" in answer.content.decode()
    assert words.strip() in answer.content.decode()
    assert not StandardPage.objects.exists()


@pytest.mark.parametrize("sign", [NUL, HALF_AN_EMOJI], ids=["NUL", "half an emoji"])
def test_signs_that_nobody_can_type_are_left_out_of_the_text(editor: Client, sign: str) -> None:
    add(editor, words=f"<p>We {sign}meet on Tuesdays.</p>")

    assert "We meet on Tuesdays." in StandardPage.objects.get().body[0].value.source


def test_a_sign_that_no_title_can_have_is_refused_in_a_sentence(editor: Client) -> None:
    answer = add(editor, title=f"How {NUL}we work")

    assert "Null characters are not allowed." in answer.content.decode()
    assert not StandardPage.objects.exists()


def test_two_at_once_are_told_of_each_other_and_neither_overwrites_unasked(editor: Client) -> None:
    add(editor)
    page = StandardPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    opened = page.latest_revision_id
    editor.get(edit)
    session = EditingSession.objects.get()
    colleague = Client()
    colleague.force_login(User.objects.create_superuser("ada@example.org", "a long enough sentence", name="Ada"))
    colleague.post(edit, page_form(words="<p>We meet on Mondays.</p>"))

    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, session.pk])
    said = editor.post(ping, {"revision_id": opened}).json()["html"]
    mine = page_form(words="<p>We meet on Tuesdays.</p>") | {"loaded_revision_id": str(opened)}
    refused = editor.post(edit, mine, headers={"accept": "application/json"})

    assert "Ada saved a new version" in said
    assert (refused.status_code, refused.json()["error_code"]) == (400, "invalid_revision")
    assert "Mondays" in json.dumps(StandardPage.objects.get().get_latest_revision().content)
