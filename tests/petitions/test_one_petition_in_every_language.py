"""A petition that was translated is one petition: one count, one signature for each person, one end."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from petitions.counting import count_new_signatures
from petitions.models import PetitionPage, PetitionState, Signature
from petitions.overview import petition_choices
from petitions.services import confirm_signature, sign_petition
from supporters.mails import render
from supporters.models import ConsentRecord, Message, PrivacyMode
from tests.factories.petitions import ConsentTextFactory, PetitionPageFactory, draft_for, form_data
from tests.factories.translations import translated

pytestmark = pytest.mark.django_db

YES_IN_ROMANIAN = "Da, scrieți-mi cam o dată pe lună. Mă pot opri oricând."


@pytest.fixture
def english() -> PetitionPage:
    return PetitionPageFactory(title="Drop the charges")


@pytest.fixture
def romanian(english) -> PetitionPage:
    ConsentTextFactory(language="ro", wording=YES_IN_ROMANIAN)
    return translated(english, "ro", title="Renunțați la acuzații")


def confirmed(page: PetitionPage, **typed: str) -> Signature:
    draft = draft_for(page, **typed)
    sign_petition(draft)
    confirm_signature(draft.id)
    return Signature.objects.get(pk=draft.id)


def counts_of(client, *pages: PetitionPage) -> list[int]:
    Signature.objects.update(confirmed_at=timezone.now() - timedelta(minutes=1))
    count_new_signatures()
    return [client.get(f"/petitions/{page.pk}/count.json").json()["count"] for page in pages]


@pytest.mark.parametrize("first", ["en", "ro"])
def test_who_signs_in_both_languages_has_signed_once(client, english, romanian, first):
    pages = [english, romanian] if first == "en" else [romanian, english]
    confirmed(pages[0])

    answer = client.post(pages[1].sign_url, form_data(email=draft_for(english).email))

    assert answer.status_code == 303
    [signature] = Signature.objects.all()
    assert (signature.petition_id, signature.language) == (english.pk, first)
    assert counts_of(client, english, romanian) == [1, 1]


def test_what_two_people_sign_in_two_languages_counts_twice_on_both(client, english, romanian):
    confirmed(english, email="ada@example.org")
    confirmed(romanian, email="bell@example.org")

    assert counts_of(client, english, romanian) == [2, 2]


def test_the_database_keeps_no_signature_on_a_translation(romanian):
    with pytest.raises(IntegrityError, match="kept on the page that it translates"), transaction.atomic():
        Signature.objects.create(petition=romanian)


def test_closing_it_closes_it_in_every_language(client, english, romanian):
    english.state = PetitionState.CLOSED
    english.save_revision().publish()
    romanian.refresh_from_db()

    for page in (english, romanian):
        assert client.post(page.sign_url, form_data()).status_code == 409
    assert romanian.stopped_collecting_at is not None
    assert Signature.objects.count() == 0


def test_what_is_set_on_a_translation_alone_changes_nothing(english, romanian):
    romanian.state = PetitionState.WON
    romanian.privacy_mode = PrivacyMode.COUNT
    romanian.save_revision().publish()

    romanian.refresh_from_db()
    english.refresh_from_db()
    assert (romanian.state, romanian.privacy_mode) == (english.state, english.privacy_mode)


def test_an_editor_is_told_where_it_is_set(english, romanian):
    form = PetitionPage.get_edit_handler().get_form_class()

    for page, is_shut in ((english, False), (romanian, True)):
        state = form(instance=page).fields["state"]
        assert state.disabled is is_shut
        assert ("in every language" in state.help_text) is is_shut


def test_what_is_only_a_draft_changes_no_translation(english, romanian):
    english.state = PetitionState.WON
    english.closes_at = timezone.now()
    english.save_revision()

    romanian.refresh_from_db()
    assert (romanian.state, romanian.closes_at) == (PetitionState.COLLECTING, None)


@pytest.mark.parametrize("is_translated", [True, False])
def test_nobody_says_yes_to_an_organisation_that_is_no_longer_the_one(client, english, romanian, is_translated):
    new = {"controller": "Another Campaign"}
    wording = ConsentTextFactory(language="ro", wording="Da, altora.", **new) if is_translated else None
    english.controller, english.consent_text = "Another Campaign", ConsentTextFactory(language="en", **new)
    english.save_revision().publish()

    page = client.get(romanian.url).content.decode()

    assert YES_IN_ROMANIAN not in page
    assert ("Da, altora." in page) == is_translated
    assert PetitionPage.objects.get(pk=romanian.pk).consent_text == wording


def test_nobody_signs_the_translation_of_what_was_taken_down(client, english, romanian):
    english.unpublish()

    assert client.post(romanian.sign_url, form_data()).status_code == 409


def test_the_mail_its_page_and_the_thanks_are_in_the_language_it_was_signed_in(client, english, romanian):
    client.post(romanian.sign_url, form_data())
    mail = render(Message.objects.get())
    [link] = re.findall(r"http\S+/links/\S+", mail.body)[:1]
    asked = client.get(link, follow=True)

    assert romanian.title in asked.content.decode()
    token = dict(re.findall(r'name="(\w+)" value="([^"]+)"', asked.content.decode()))
    assert client.post(asked.request["PATH_INFO"], token)["Location"] == f"/petitions/{romanian.pk}/thank-you/"


def test_a_yes_is_kept_in_the_words_that_were_read(client, english, romanian):
    page = client.get(romanian.url)
    confirmed(romanian, wants_updates=True)

    assert YES_IN_ROMANIAN in page.content.decode()
    [record] = ConsentRecord.objects.all()
    assert record.text.wording == YES_IN_ROMANIAN


def test_it_cannot_be_published_in_a_language_nobody_asks_in(english):
    with pytest.raises(ValidationError, match="written in English, and this page in Polski"):
        translated(english, "pl")


def test_organisers_see_it_once(english, romanian):
    assert list(petition_choices()) == [english]
