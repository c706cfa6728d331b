"""What does not stand up is not published; a draft of it is kept."""

import json

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.campaign_blocks import NO_CONSENT_DAY, NO_CONSENT_KEEPER, NOTE_NEEDED
from home.models import CampaignPage, ParasolImage, StandardPage
from home.publishing_checks import content_problems
from tests.factories.petitions import PetitionPageFactory, home_page
from tests.home.pictures import photograph
from tests.petitions.organisers import boss

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wagtails_own_templates_may_miss_variables(monkeypatch):
    """The editor reads an icon's name that is only sometimes there."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


def problems_with(html: str) -> list[str]:
    page = home_page().add_child(instance=StandardPage(title="About us", slug="about-us"))
    page.body = [("paragraph", html)]
    return content_problems(page, page=page).get("body", [])


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ('<a href="https://www.example.com/x">our plan</a>', "leads to www.example.com"),
        ('<a href="http://localhost:8000/">our plan</a>', "leads to localhost"),
        ('<a href="#">our plan</a>', "it has no address"),
        ('<a href="http://[broken">our plan</a>', "no browser understands"),
        ('<a href="https://parliament.uk/"></a>', "no words"),
        ('<a linktype="page" id="999999">our plan</a>', "a page that is no longer there"),
        ('<a linktype="page">our plan</a>', "leads nowhere"),
        ('<a linktype="document" id="999999">our plan</a>', "a document that is no longer there"),
    ],
)
def test_a_link_that_leads_nowhere_is_named(html: str, sentence: str) -> None:
    (said,) = problems_with(f"<p>Read {html}.</p>")
    assert sentence in said


def test_links_that_lead_somewhere_are_left_alone() -> None:
    petition = PetitionPageFactory()
    link = f'<a linktype="page" id="{petition.pk}">sign</a>'
    assert (
        problems_with(f'<p>{link}, <a href="https://www.parliament.uk/">read</a>, <a href="mailto:a@b.uk">w</a></p>')
        == []
    )


def test_a_page_that_is_not_published_is_no_place_to_lead_to() -> None:
    draft = PetitionPageFactory(title="Not yet", live=False)
    page = CampaignPage.objects.get()
    page.body = [("call_to_action", {"text": "Now.", "page": draft, "label": "Sign"})]
    (said,) = content_problems(page, page=page)["body"]
    assert "“Not yet”, which is not published" in said


def test_a_picture_needs_words_or_to_be_called_decoration() -> None:
    picture = ParasolImage.objects.create(title="March", file=photograph("png"))
    page = PetitionPageFactory().get_parent().specific
    for text, is_decorative, problems in (("", False, 1), ("People with umbrellas", False, 0), ("", True, 0)):
        value = {"image": {"image": picture.pk, "alt_text": text, "decorative": is_decorative}, "caption": ""}
        page.body = json.dumps([{"type": "picture", "value": value}])
        assert len(content_problems(page, page=page).get("body", [])) == problems


def campaign_form(*blocks: tuple[str, object], url: str = "") -> dict[str, str]:
    """What the editor's browser sends for a campaign with ``blocks`` and a footnote that links to ``url``."""
    footnotes = [{"text": "A report.", "url": url}] if url else []
    return nested_form_data(
        {
            "title": "Safety",
            "slug": "safety",
            "demand": "Change the law.",
            "summary": "Why.",
            "illustration": "umbrella.svg",
            "body": streamfield(list(blocks)),
            "footnotes": inline_formset(footnotes),
            "comments": inline_formset([]),
        }
    )


def send(client: Client, data: dict[str, str], **more: str) -> str:
    address = reverse("wagtailadmin_pages:add", args=["home", "campaignpage", home_page().pk])
    return client.post(address, data | more, follow=True).content.decode()


VOICE = {"text": "I said so.", "called": "", "content_note": "", "consented_on": "", "consent_kept_by": ""}


def test_a_voice_needs_its_consent_noted_before_it_is_published_and_never_shows_it(client: Client) -> None:
    client.force_login(boss())
    refused = send(client, campaign_form(("voice", {**VOICE, "is_covered": "on"})), **{"action-publish": "1"})
    assert all(sentence in refused for sentence in (NO_CONSENT_DAY, NO_CONSENT_KEEPER, NOTE_NEEDED))
    assert not CampaignPage.objects.exists()

    noted = {**VOICE, "consented_on": "2026-03-04", "consent_kept_by": "Casework lead, locked drawer"}
    send(client, campaign_form(("voice", noted)), **{"action-publish": "1"})

    campaign = CampaignPage.objects.get()
    html = client.get(campaign.url).content.decode()
    assert campaign.live
    assert "I said so." in html
    assert "Casework" not in html
    assert "Casework" not in " ".join(campaign.body.stream_block.get_searchable_content(campaign.body))


def test_what_does_not_stand_up_is_kept_as_a_draft_and_not_published(client: Client) -> None:
    client.force_login(boss())
    broken = campaign_form(
        ("paragraph", rich_text('<p><a href="https://example.org/">Read this</a></p>')),
        url="https://example.com/report",
    )
    html = send(client, broken, **{"action-publish": "1"})
    assert "leads to example.org" in html
    assert "leads to example.com" in html
    assert not CampaignPage.objects.exists()

    send(client, broken)
    assert not CampaignPage.objects.get().live
