"""What a campaign page is told with, as readers find it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from home.models import CampaignPage
from home.rough_dates import rough_date
from tests.factories.events import EventPageFactory
from tests.factories.mp_contacts import LetterPageFactory
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory


@pytest.mark.parametrize(
    ("text", "words"),
    [("1995", "1995"), ("2016-05", "May 2016"), ("2016-07-01", "1 July 2016"), (" 2020-11 ", "November 2020")],
)
def test_a_date_is_as_exact_as_it_is_known(text: str, words: str) -> None:
    assert rough_date(text).words == words


@pytest.mark.parametrize("text", ["", "May 2016", "2016-13", "2016-02-30", "16", "0000", "2016-7-1", "２０１６"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        rough_date(text)


def campaign_with(*blocks: tuple[str, dict]) -> CampaignPage:
    return CampaignPageFactory(body=list(blocks))


@pytest.mark.django_db
def test_wins_stand_in_the_order_of_time(client: Client) -> None:
    wins = [{"won_on": on, "title": f"Won in {on}", "text": ""} for on in ("2016-07-01", "1995", "2016-05")]
    html = client.get(campaign_with(("wins", {"title": "Won", "wins": wins})).url).content.decode()
    places = [html.index(f"Won in {on}") for on in ("1995", "2016-05", "2016-07-01")]
    assert places == sorted(places)
    assert '<time datetime="2016-05">May 2016</time>' in html


@pytest.mark.django_db
def test_a_covered_voice_shows_its_note_first_and_needs_no_script(client: Client) -> None:
    voice = {
        "text": "I said so.",
        "called": "Ana",
        "is_renamed": True,
        "content_note": "Speaks of a rape.",
        "is_covered": True,
    }
    html = client.get(campaign_with(("voice", voice)).url).content.decode()
    cover = html[html.index("<details") : html.index("</details>")]
    assert cover.index("Speaks of a rape.") < cover.index("</summary>") < cover.index("I said so.")
    assert "Ana · Name changed" in html


@pytest.mark.django_db
def test_every_answer_can_be_linked_to_and_no_anchor_is_used_twice(client: Client) -> None:
    entries = [
        {"question": "Is it legal?", "answer": "<p>Yes.</p>"},
        {"question": "Is it legal?!", "answer": "<p>No.</p>"},
    ]
    html = client.get(campaign_with(("questions", {"title": "Asked", "questions": entries})).url).content.decode()
    assert html.count('id="q-is-it-legal"') == html.count('id="q-is-it-legal-2"') == 1
    assert 'href="#q-is-it-legal-2"' in html


@pytest.mark.django_db
def test_thank_you_pages_ask_for_the_next_bigger_step_first(client):
    petition = PetitionPageFactory(title="First petition")
    PetitionPageFactory(title="Second petition")
    event, letter = EventPageFactory(title="Evening talk"), LetterPageFactory(title="Write now")
    PetitionPageFactory(title="Long over", state="won")
    for done, order in (
        (("petitions", petition), ["Write now", "Evening talk", "Second petition"]),
        (("mp_contacts", letter), ["Evening talk", "First petition", "Second petition"]),
        (("events", event), ["First petition", "Second petition", "Write now"]),
    ):
        app, page = done
        html = client.get(reverse(f"{app}:thank_you", args=[page.pk])).content.decode()
        shown = html[html.index("next-title") :]
        assert [shown.index(title) for title in order] == sorted(shown.index(title) for title in order), app
        assert "Long over" not in html


@pytest.mark.django_db
def test_a_campaign_shows_what_is_open_before_what_is_over(client: Client) -> None:
    over = PetitionPageFactory(title="Long over", state="won")
    PetitionPageFactory(title="Still open")
    html = client.get(over.get_parent().url).content.decode()
    assert html.index("Still open") < html.index("Long over")
