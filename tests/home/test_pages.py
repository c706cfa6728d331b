"""What a reader finds on the pages."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from home.cards import ActionPage
from home.models import CampaignPage, FeaturedAction, HomePage, SiteLook, StandardPage
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory, home_page

pytestmark = pytest.mark.django_db


def test_the_front_page_shows_its_actions_and_campaigns(client: Client) -> None:
    petition = PetitionPageFactory(title="Let people work together")
    home = home_page()
    home.featured_actions.add(FeaturedAction(page=petition))
    home.save()
    html = client.get("/").content.decode()
    assert home.statement in html
    assert f'href="{petition.url}"' in html
    assert petition.get_parent().specific.demand in html


def test_featured_pages_nobody_may_see_are_left_out(client: Client) -> None:
    draft, closed = PetitionPageFactory(title="Not yet public"), PetitionPageFactory(title="For members only")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    draft.unpublish()
    home = home_page()
    for petition in (draft, closed):
        home.featured_actions.add(FeaturedAction(page=petition))
    home.save()
    html = client.get("/").content.decode()
    assert "Not yet public" not in html
    assert "For members only" not in html


def test_a_campaign_lists_the_actions_below_it(client: Client) -> None:
    petition = PetitionPageFactory(title="Let people work together")
    html = client.get(petition.get_parent().url).content.decode()
    assert "Let people work together" in html


def test_petitions_are_acted_on_and_other_pages_are_not() -> None:
    assert isinstance(PetitionPageFactory(), ActionPage)
    assert not isinstance(CampaignPageFactory(), ActionPage)


def test_the_menu_has_the_pages_editors_put_there(client: Client) -> None:
    home = home_page()
    home.add_child(instance=StandardPage(title="About us", slug="about", show_in_menus=True))
    home.add_child(instance=StandardPage(title="Hidden corner", slug="corner"))
    html = client.get("/about/").content.decode()
    assert '<a href="/about/" aria-current="page">About us</a>' in html
    assert "Hidden corner" not in html


def test_the_name_and_the_contact_come_from_the_site_look(client: Client) -> None:
    home_page()
    look = SiteLook.for_site(Site.objects.get(is_default_site=True))
    look.organisation_name, look.contact_email = "Safe to Report", "hello@example.org"
    look.save()
    html = client.get("/").content.decode()
    assert "Safe to Report</title>" in html
    assert 'href="mailto:hello@example.org"' in html


def test_every_page_has_one_title_one_language_and_a_way_past_the_menu(client: Client) -> None:
    petition = PetitionPageFactory()
    for url in ("/", petition.get_parent().url, petition.url, "/nothing-here/"):
        html = client.get(url).content.decode()
        assert html.count("<h1") == 1, url
        assert '<html lang="en" dir="ltr">' in html
        assert 'class="skip" href="#main"' in html


def test_no_page_carries_a_style_a_script_or_a_handler_of_its_own(client: Client) -> None:
    petition = PetitionPageFactory(story=[("steps", {"title": "", "steps": [{"title": "One", "text": ""}]})])
    for url in ("/", petition.get_parent().url, petition.url):
        html = client.get(url).content.decode()
        assert "<style" not in html
        assert " style=" not in html
        assert "<script>" not in html
        assert " onclick=" not in html


@pytest.mark.parametrize("template", ["500.html"])
def test_the_page_for_a_broken_server_needs_nothing(template: str) -> None:
    assert 'href="/"' in render_to_string(template)


def test_there_is_one_front_page() -> None:
    assert HomePage.max_count == 1
    assert CampaignPage.allowed_parent_page_models() == [HomePage]


def test_a_front_page_costs_the_same_however_many_campaigns(client: Client, django_assert_max_num_queries) -> None:
    for _ in range(2):
        PetitionPageFactory(parent=CampaignPageFactory())
    home = home_page()
    for page in CampaignPage.objects.all():
        home.featured_actions.add(FeaturedAction(page=page.get_children().first()))
    home.save()
    client.get("/")
    # Site, page and its restrictions, look, menu, campaigns, blocks, footnotes, languages: about 17; six for each
    # featured action.
    with django_assert_max_num_queries(32):
        client.get("/")
