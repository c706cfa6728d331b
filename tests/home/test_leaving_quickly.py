"""Where the button that leaves is shown, and that it works without a script."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Site

from home.models import LeavingQuickly, QuickLeaveTree
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory, home_page

pytestmark = pytest.mark.django_db

BUTTON = 'href="https://www.bbc.co.uk/weather" rel="nofollow noreferrer" referrerpolicy="no-referrer" data-leave>'


def show_on(page) -> LeavingQuickly:
    setting = LeavingQuickly.for_site(Site.objects.get(is_default_site=True))
    setting.trees.add(QuickLeaveTree(page=page))
    setting.save()
    return setting


def test_it_is_shown_on_a_page_and_on_all_that_belongs_to_it(client: Client) -> None:
    petition = PetitionPageFactory(title="Drop the fines")
    elsewhere = CampaignPageFactory()
    show_on(petition.get_parent())

    for url in (petition.get_parent().url, petition.url, f"/petitions/{petition.pk}/thank-you/"):
        html = client.get(url).content.decode()
        assert BUTTON in html, url
        assert "<title>Information</title>" in html, url
        assert "leave.js" in html
    for url in ("/", elsewhere.url, "/privacy/"):
        html = client.get(url).content.decode()
        assert "leave" not in html.partition("<main")[0], url
        assert "<title>Information</title>" not in html


def test_on_the_whole_site_it_is_on_what_is_no_page_of_the_tree_too(client: Client) -> None:
    show_on(home_page())

    for url in ("/privacy/", "/leaving-quickly/", "/no/such/page/"):
        assert BUTTON in client.get(url).content.decode(), url


def test_what_it_cannot_do_is_said_to_everybody(client: Client) -> None:
    home_page()
    html = client.get("/leaving-quickly/").content.decode()

    for word in ("history", "network", "screenshot", "Other people’s computers"):
        assert word in html


@pytest.mark.parametrize("wrong", [{"destination": "http://example.org/"}, {"tab_title": ""}])
def test_a_way_out_that_gives_somebody_away_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        LeavingQuickly(site=Site.objects.get(is_default_site=True), **wrong).full_clean()
