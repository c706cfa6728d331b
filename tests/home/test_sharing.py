"""Passing a page on: plain links that carry its bare address and some words, and nothing about who follows them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.exceptions import ValidationError
from django.test import Client

from home.models import CampaignPage, HomePage
from home.public_address import public_address
from home.sharing import MOST_LETTERS, sharing_of, text_to_share
from tests.factories.events import EventPageFactory
from tests.factories.mp_contacts import LetterPageFactory
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory

pytestmark = pytest.mark.django_db

WORDS = "Safer together & “out loud”: 100% of us? #law +1 \N{CLOSED UMBRELLA}\N{VARIATION SELECTOR-16}"


@pytest.fixture
def campaign() -> CampaignPage:
    return CampaignPageFactory(share_text=WORDS)


def shared(path: str) -> Tag:
    answer = Client().get(path)
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content, "html.parser").select_one(".share")
    assert found is not None, path
    return found


def carried(url: str) -> str:
    """Everything that ``url`` hands over, as the service reads it."""
    parts = urlsplit(url)
    return " ".join(value for values in parse_qs(parts.query or parts.fragment).values() for value in values)


def test_each_way_carries_the_words_and_the_bare_address_and_nothing_else(campaign):
    sharing = sharing_of(campaign)
    assert sharing.url == f"http://127.0.0.1:8000{campaign.url}"
    for way in sharing.services:
        rest = carried(way.url).replace(sharing.url, "").replace(WORDS, "")
        assert rest.strip() == "", way.name
        assert carried(way.url).count(sharing.url) == 1, way.name
    assert parse_qs(urlsplit(sharing.mail).query) == {
        "subject": [campaign.title],
        "body": [f"{WORDS}\r\n\r\n{sharing.url}"],
    }
    assert "+" not in sharing.mail  # mail programs would show it
    assert carried(sharing.services[0].url) == f"{WORDS} {sharing.url}"


def test_links_tell_nobody_where_they_were_followed_and_load_nothing(campaign):
    section = shared(f"{campaign.url}?utm_source=somebody&fbclid=1")
    outside = section.select("a[href^=https]")

    assert [link.get_text() for link in outside] == ["WhatsApp", "Telegram", "Bluesky", "Mastodon", "Facebook", "X"]
    for link in outside:
        assert link["rel"] == ["noopener", "noreferrer"]
        assert link["referrerpolicy"] == "no-referrer"
        assert "somebody" not in link["href"]
    assert section.select("img, iframe, form, link") == []
    assert [script["src"] for script in section.select("script")] == ["/static/js/share.js"]
    assert [button.get_text() for button in section.select("button:not([hidden])")] == []
    assert "Sharing shows others that you care about this." in section.get_text()


def test_every_page_worth_passing_on_and_every_thanks_has_it(campaign):
    petition, letter, event = (
        factory(parent=campaign) for factory in (PetitionPageFactory, LetterPageFactory, EventPageFactory)
    )
    for page, thanks in ((petition, "petitions"), (letter, "letters"), (event, "events")):
        for path in (page.url, f"/{thanks}/{page.pk}/thank-you/"):
            [link] = shared(path).select("[data-share-link]")
            assert link["href"] == link.get_text() == public_address(page)


def test_without_words_of_an_editor_the_page_speaks_for_itself():
    petition = PetitionPageFactory(ask="Change  the\nlaw.", share_text="")
    assert text_to_share(petition) == "Change the law."
    assert text_to_share(HomePage.objects.get()) == "Front door"

    petition.ask = "Change the law, " * 40
    text = text_to_share(petition)
    assert len(text) <= MOST_LETTERS + 2
    assert text.endswith(("law …", "the …", "Change …"))
    petition.ask = "law" * 100
    assert text_to_share(petition) == f"{'law' * 100}"[:MOST_LETTERS] + " …"


def test_too_many_words_are_refused_in_a_sentence(campaign):
    campaign.share_text = "law " * 60
    with pytest.raises(ValidationError) as refused:
        campaign.full_clean()

    assert "at most 200 characters" in str(refused.value.message_dict["share_text"])
