"""What the petition's pages say, whatever state it is in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.public_address import public_address
from petitions.models import Milestone, PetitionFootnote, PetitionPage, PetitionUpdate
from tests.factories.petitions import PetitionPageFactory

pytestmark = pytest.mark.django_db


def html_of(client: Client, petition: PetitionPage) -> str:
    return client.get(petition.url).content.decode()


@pytest.mark.parametrize(
    ("state", "words"), [("won", "We won"), ("handed_in", "Handed in"), ("not_won", "Not won"), ("closed", "Closed")]
)
def test_an_ended_petition_says_how_it_ended_and_offers_no_form(client: Client, state: str, words: str) -> None:
    html = html_of(client, PetitionPageFactory(state=state))
    assert f'<h2 id="state-title">{words}' in html
    assert 'class="sign-form"' not in html
    assert 'href="#sign"' not in html


def test_a_petition_past_its_closing_time_says_when_it_closed(client: Client) -> None:
    html = html_of(client, PetitionPageFactory(closes_at=timezone.now() - timedelta(days=1)))
    assert "Closed on" in html
    assert 'class="sign-form"' not in html


def test_a_petition_that_opens_later_says_when(client: Client) -> None:
    html = html_of(client, PetitionPageFactory(opens_at=timezone.now() + timedelta(days=1)))
    assert "You can sign from" in html
    assert 'class="sign-form"' not in html


def test_an_open_petition_says_what_is_kept_before_the_form(client: Client) -> None:
    petition = PetitionPageFactory(
        closes_at=timezone.now() + timedelta(days=30),
        controller="Example Campaign Ltd",
        consent_text__controller="Example Campaign Ltd",
    )
    petition.milestones.add(Milestone(signatures=500, label="We write to every MP"))
    petition.updates.add(PetitionUpdate(published_on=timezone.localdate(), title="We begin", body="<p>Today.</p>"))
    petition.footnotes.add(PetitionFootnote(text="A report, 2020"))
    petition.save()
    html = html_of(client, petition)
    assert html.index("What is kept, who sees it, until when") < html.index('<form class="sign-form"')
    for expected in ("Example Campaign Ltd", "We write to every MP", "We begin", "A report, 2020", petition.count_url):
        assert expected in html


def test_a_count_only_petition_asks_for_the_address_alone(client: Client) -> None:
    html = html_of(client, PetitionPageFactory(privacy_mode="count"))
    assert 'name="email"' in html
    assert 'name="name"' not in html
    assert "There is no list of names" in html


def test_a_wrong_form_comes_back_titled_summed_up_and_tied_to_its_fields(client: Client) -> None:
    petition = PetitionPageFactory()
    answer = client.post(petition.sign_url, {"name": "", "email": "nonsense", "comment": "Kept as typed"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in html
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert '<a href="#id_email">Enter an e-mail address like name@example.org.</a>' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_email_error"' in html
    assert "Kept as typed" in html


@pytest.mark.parametrize("step", ["check_email", "thank_you", "withdrawn", "too_late"])
def test_every_step_around_the_petition_leads_back_to_it(client: Client, step: str) -> None:
    petition = PetitionPageFactory()
    html = client.get(reverse(f"petitions:{step}", args=[petition.pk])).content.decode()
    assert html.count("<h1") == 1
    assert f'href="{petition.url}"' in html


def test_the_thank_you_page_asks_for_the_next_thing_and_offers_a_link_to_share(client: Client) -> None:
    following = PetitionPageFactory(title="And this one too")
    petition = PetitionPageFactory(next_action=following, share_text="I have signed. Will you?")
    html = client.get(reverse("petitions:thank_you", args=[petition.pk])).content.decode()
    assert "And this one too" in html
    assert f'href="{public_address(petition)}"' in html
    assert "mailto:?subject=" in html


def test_the_thank_you_page_offers_no_next_thing_that_nobody_may_see(client: Client) -> None:
    following = PetitionPageFactory(title="And this one too")
    petition = PetitionPageFactory(next_action=following)
    following.unpublish()
    html = client.get(reverse("petitions:thank_you", args=[petition.pk])).content.decode()
    assert "And this one too" not in html
