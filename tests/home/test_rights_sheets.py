"""Rights sheets: whole before anybody sees them, and beside their versions in other languages."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import ResourceIndexPage, ResourcePage
from home.models.resources import NO_CONTACT, NO_STEP, NOT_REVIEWED, REVIEWED_LATER
from home.sheet_blocks import ContactBlock, telephone_uri
from tests.factories.petitions import home_page
from tests.petitions.organisers import boss

pytestmark = pytest.mark.django_db

STEPS = ("steps", {"title": "What to do", "steps": [{"title": "Ask who is there", "text": ""}]})
LINE = {"name": "A line", "about": "Advice", "number": "+44 (0)808 157 0142", "hours": "Day and night"}
CONTACTS = ("contacts", {"title": "", "contacts": [LINE]})


def index_page() -> ResourceIndexPage:
    return home_page().add_child(instance=ResourceIndexPage(title="Know your rights", slug="rights"))


def sheet(*, days_ago: int = 30, **fields: object) -> ResourcePage:
    reviewed = timezone.localdate() - timedelta(days=days_ago)
    whole = {"title": "At the door", "slug": "door", "lead": "Read it.", "reviewed_on": reviewed}
    page = ResourcePage(**{**whole, "body": [STEPS, CONTACTS], **fields})
    index_page().add_child(instance=page)
    return page


def test_a_sheet_says_what_to_do_whom_to_call_and_that_it_is_no_advice(client):
    page = sheet()
    html = client.get(page.url).content.decode()

    assert '<a class="number" href="tel:+448081570142">+44 (0)808 157 0142</a>' in html
    assert "Information, not legal advice" in html
    assert f'<time datetime="{page.reviewed_on:%Y-%m-%d}">' in html
    assert "more than a year ago" not in html
    assert page.title in client.get(page.get_parent().url).content.decode()


@pytest.mark.ignore_template_errors  # Wagtail's own templates read variables that are not always there
def test_a_sheet_nobody_has_read_for_a_year_says_so_to_readers_and_to_its_editor(client):
    page = sheet(days_ago=366)
    client.force_login(boss())
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])

    assert "That is more than a year ago." in client.get(page.url).content.decode()
    assert "Have somebody who knows the law read every line" in client.get(editor).content.decode()
    ResourcePage.objects.update(reviewed_on=timezone.localdate() - timedelta(days=365))
    assert "more than a year ago" not in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": [CONTACTS]}, NO_STEP),
        ({"body": [STEPS]}, NO_CONTACT),
        ({"reviewed_on": None}, NOT_REVIEWED),
        ({"days_ago": -2}, REVIEWED_LATER),
    ],
)
def test_a_sheet_that_lacks_something_is_kept_as_a_draft_and_not_published(fields, sentence):
    draft = sheet(**fields, live=False)

    with pytest.raises(ValidationError) as refused:
        draft.save_revision(clean=False).publish()
    assert sentence in refused.value.messages
    assert not ResourcePage.objects.get().live


@pytest.mark.ignore_template_errors  # Wagtail's own templates read variables that are not always there
def test_the_editor_is_told_what_is_missing_and_a_draft_is_kept(client):
    client.force_login(boss())
    about = {"title": "At the door", "slug": "door", "lead": "Read it.", "reviewed_on": ""}
    rows = {"body": streamfield([]), "footnotes": inline_formset([]), "comments": inline_formset([])}
    address = reverse("wagtailadmin_pages:add", args=["home", "resourcepage", index_page().pk])
    sent = nested_form_data({**about, **rows})

    html = client.post(address, sent | {"action-publish": "1"}, follow=True).content.decode()
    assert [sentence for sentence in (NO_STEP, NO_CONTACT, NOT_REVIEWED) if sentence not in html] == []
    assert not ResourcePage.objects.exists()
    client.post(address, sent, follow=True)
    assert not ResourcePage.objects.get().live


@pytest.mark.parametrize(
    ("number", "uri"),
    [("999", "tel:999"), ("0808 157 0142", "tel:08081570142"), ("+44 20-7946 0000", "tel:+442079460000")],
)
def test_a_number_is_dialled_as_it_is_read(number, uri):
    assert telephone_uri(number) == uri
    assert ContactBlock().clean({**LINE, "number": number})["number"] == number


def test_what_no_phone_dials_is_refused():
    for number in ("call us", "javascript:1", "12\u0000 34"):
        with pytest.raises(ValidationError):
            ContactBlock().clean({**LINE, "number": number})


def test_a_sheet_lists_its_published_versions_in_their_own_language(client):
    page = sheet()
    for code, is_live in (("ro", True), ("pl", False)):
        locale = Locale.objects.get(language_code=code)
        home_page().copy_for_translation(locale).save_revision().publish()
        page.get_parent().specific.copy_for_translation(locale).save_revision().publish()
        copy = page.copy_for_translation(locale)
        if is_live:
            copy.save_revision().publish()
    romanian = page.get_translations().get(locale__language_code="ro")

    link = f'<a href="{romanian.url}" lang="ro" hreflang="ro">Română</a>'
    for shown in (page.url, page.get_parent().url):
        # The list itself is there in Polish, and its header says so.
        text = client.get(shown).content.decode().partition("<main")[2]
        assert link in text
        assert "Polski" not in text
    assert 'hreflang="en">English</a>' in client.get(romanian.url).content.decode()


def test_the_worker_of_a_sheet_may_answer_for_that_sheet_alone(client):
    page = sheet()
    answer = client.get(f"{page.url}worker/")

    assert answer["Service-Worker-Allowed"] == page.url
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"].startswith("public")
    assert "worker-src 'self'" in client.get(page.url)["Content-Security-Policy"]
    page.unpublish()
    assert client.get(f"{page.url}worker/").status_code == 404
