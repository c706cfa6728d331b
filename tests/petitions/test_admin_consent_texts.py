"""Consent wordings: written by organisers, fixed once shown to people."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.template import engines
from django.urls import NoReverseMatch, reverse

from petitions.services import sign_petition
from supporters.models import ConsentText
from supporters.services import publish_consent_text
from supporters.services.wording import WordingInUse, has_been_shown, reword_consent_text, write_consent_text
from tests.factories.petitions import ConsentTextFactory, PetitionPageFactory, draft_for
from tests.petitions.organisers import boss, colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

WORDS = {
    "purpose": "updates",
    "language": "en",
    "wording": "Yes, write to me about once a month.",
    "controller": "Example Campaign",
}


@pytest.fixture
def organiser(client):
    client.force_login(colleague("view_consenttext", "add_consenttext", "change_consenttext"))
    return client


def test_versions_follow_each_other_within_purpose_language_and_controller(organiser):
    for changed in ({}, {}, {"language": "ro"}, {"controller": "Another Campaign"}):
        assert organiser.post(reverse("consent_texts:add"), WORDS | changed).status_code == 302

    versions = ConsentText.objects.order_by("pk").values_list("version", flat=True)
    assert list(versions) == [1, 2, 1, 1]
    page = organiser.get(reverse("consent_texts:index")).content.decode()
    assert "version 2 (en), Example Campaign" in page


@pytest.mark.parametrize("field", ["wording", "controller", "language"])
def test_a_wording_says_something_and_who_is_responsible(organiser, field):
    response = organiser.post(reverse("consent_texts:add"), WORDS | {field: ""})

    assert response.context["form"].errors[field]
    assert not ConsentText.objects.exists()


def test_a_wording_nobody_has_seen_can_be_changed_and_keeps_its_version(organiser):
    text = write_consent_text(ConsentText(**WORDS))

    organiser.post(reverse("consent_texts:edit", args=[text.pk]), WORDS | {"wording": "Yes, write to me."})

    text.refresh_from_db()
    assert (text.wording, text.version) == ("Yes, write to me.", 1)


def test_a_wording_moved_to_another_language_takes_the_next_version_there(organiser):
    write_consent_text(ConsentText(**WORDS | {"language": "ro"}))
    text = write_consent_text(ConsentText(**WORDS))

    organiser.post(reverse("consent_texts:edit", args=[text.pk]), WORDS | {"language": "ro"})

    text.refresh_from_db()
    assert (text.language, text.version) == ("ro", 2)


def test_a_published_wording_can_be_read_and_not_changed(organiser):
    text = write_consent_text(ConsentText(**WORDS))
    publish_consent_text(text)
    edit, read = reverse("consent_texts:edit", args=[text.pk]), reverse("consent_texts:inspect", args=[text.pk])

    assert organiser.get(edit)["Location"] == read
    assert organiser.post(edit, WORDS | {"wording": "Other words."})["Location"] == read

    text.refresh_from_db()
    assert text.wording == WORDS["wording"]
    page = organiser.get(read).content.decode()
    assert WORDS["wording"] in page
    assert edit not in page


def test_publishing_a_petition_in_the_editor_fixes_its_wording(client, monkeypatch):
    # Wagtail's editor relies on Django's own way with missing variables.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    client.force_login(boss())
    petition = PetitionPageFactory(live=False)
    assert not has_been_shown(petition.consent_text)

    answer = client.post(reverse("wagtailadmin_pages:edit", args=[petition.pk]), editor_form(client, petition))

    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    petition.refresh_from_db()
    assert petition.live
    assert petition.consent_text.published_at


def editor_form(client, petition):
    """What the page editor would post, with the button "Publish" pressed."""
    form = client.get(reverse("wagtailadmin_pages:edit", args=[petition.pk])).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() is not None}
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-{count}_FORMS": 0 for count in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    return {
        **data,
        "story-count": 0,
        "thank_you_body": "null",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "yes",
    }


def test_a_wording_on_a_live_page_is_fixed_however_it_was_published():
    text = ConsentTextFactory()
    petition = PetitionPageFactory(consent_text=text, live=False)
    assert not has_been_shown(text)

    petition.save_revision().publish()

    text.refresh_from_db()
    assert text.published_at
    with pytest.raises(WordingInUse):
        reword_consent_text(text)


def test_a_wording_somebody_signed_under_is_fixed_even_when_the_page_is_gone_again():
    petition = PetitionPageFactory()
    sign_petition(draft_for(petition))
    petition.unpublish()

    assert has_been_shown(petition.consent_text)


def test_the_database_itself_refuses_to_change_a_published_wording():
    text = write_consent_text(ConsentText(**WORDS))
    publish_consent_text(text)

    with pytest.raises(DatabaseError), transaction.atomic():
        ConsentText.objects.filter(pk=text.pk).update(wording="Other words.")


def test_an_empty_wording_is_refused_by_the_service_too():
    with pytest.raises(ValidationError):
        write_consent_text(ConsentText(**WORDS | {"wording": ""}))


@pytest.mark.parametrize("act", ["delete", "copy", "history", "usage"])
def test_no_wording_can_be_deleted_or_copied(client, act):
    with pytest.raises(NoReverseMatch):
        reverse(f"consent_texts:{act}", args=[1])
    client.force_login(boss())
    text = write_consent_text(ConsentText(**WORDS))
    for view in ("edit", "inspect"):
        assert client.get(reverse(f"consent_texts:{view}", args=[text.pk])).status_code == 200
