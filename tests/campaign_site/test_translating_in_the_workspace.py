"""An editor translates a page in the workspace, text by text or with a PO file, and keeps it up to date."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation

from home.models import User
from petitions.models import PetitionPage
from tests.factories.petitions import ConsentTextFactory, PetitionPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ASK = "Dați drumul oamenilor."


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_user("e@example.org", "a long enough password", is_superuser=True))
    return client


@pytest.fixture
def english() -> PetitionPage:
    ConsentTextFactory(language="ro")
    page = PetitionPageFactory(title="Let them go", ask="Let people go.")
    for above in page.get_ancestors().filter(depth__gt=1).specific():
        above.copy_for_translation(romanian_locale()).save_revision().publish()
    return page


def romanian_locale() -> Locale:
    return Locale.objects.get(language_code="ro")


def submit(editor: Client, page: PetitionPage) -> Translation:
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert editor.get(address).status_code == 200
    assert editor.post(address, {"locales": [romanian_locale().pk]}).status_code == 302
    return Translation.objects.get()


def told(translation: Translation) -> PetitionPage:
    return translation.get_target_instance()


def test_a_page_is_translated_published_and_kept_up_to_date(editor, english, django_capture_on_commit_callbacks):
    translation = submit(editor, english)
    page = told(translation)
    assert not page.live
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.get(edit).status_code == 200

    # One text in the editor, all others by a PO file.
    segment = StringSegment.objects.get(context__path="ask")
    one = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    assert editor.put(one, f"value={ASK}", "application/x-www-form-urlencoded").status_code == 201
    file = polib.pofile(editor.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).content.decode())
    for text in file:
        text.msgstr = text.msgstr or ("lasati-i" if text.msgctxt == "slug" else f"Ro: {text.msgid}")
    upload = SimpleUploadedFile("ro.po", str(file).encode())
    editor.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": upload})
    preview = reverse("wagtail_localize:preview_translation", args=[translation.pk])
    assert ASK in editor.get(preview).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(edit, {"action": "publish"})

    page = told(translation)
    assert (page.live, page.ask, page.title, page.slug) == (True, ASK, "Ro: Let them go", "lasati-i")
    assert ASK in Client().get(page.url).content.decode()

    # The English changes: what was said anew waits for a translator, the rest stays.
    english.refresh_from_db()
    english.addressed_to = "Parliament"
    english.save_revision().publish()
    sync = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    assert editor.get(sync).status_code == 200
    assert editor.post(sync, {"publish_translations": ""}).status_code == 302
    assert translation.get_progress() == (len(file), len(file) - 1)
    assert told(translation).ask == ASK


def test_what_holds_in_every_language_is_not_offered_to_translators(editor, english):
    translation = submit(editor, english)

    offered = {entry.msgctxt for entry in translation.export_po()}
    overridable = set(translation.source.overridablesegment_set.values_list("context__path", flat=True))
    assert {"title", "slug", "ask", "addressed_to"} <= offered
    assert not {"controller", "privacy_mode", "closes_at", "state", "consent_text"} & (offered | overridable)


def test_a_translation_asks_for_consent_in_its_own_words(editor, english):
    page = told(submit(editor, english))

    assert page.consent_text.language == "ro"
    assert page.consent_text.purpose == english.consent_text.purpose
