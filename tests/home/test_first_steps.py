"""From an empty site to a first campaign: what readers and the first editor meet on the way."""

import pytest
from django.contrib.auth.models import Group
from django.template import Engine
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site, get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import CampaignPage, HomePage, SiteLook
from tests.factories.petitions import CampaignPageFactory, ConsentTextFactory, PetitionPageFactory, home_page
from tests.petitions.organisers import boss, colleague

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def empty_site() -> Page:
    """As migrations leave it: one page of no type of ours, where the only site begins."""
    HomePage.objects.all().delete()
    root = Page.objects.get(depth=1)
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="welcome"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": welcome}
    )
    return welcome


def steps_of(client: Client) -> list[tuple[str, bool, str]]:
    panels = client.get(reverse("wagtailadmin_home")).context["panels"]
    [panel] = [panel for panel in panels if panel.name == "first_steps"] or [None]
    return [(step.words, step.is_done, step.url) for step in panel.steps] if panel else []


def test_readers_of_an_empty_site_are_told_that_it_is_not_open(client: Client, empty_site: Page) -> None:
    answer = client.get("/")

    assert "Not open yet" in answer.content.decode()
    assert "Wagtail" not in answer.content.decode()
    assert not answer.cookies


def test_the_first_home_page_that_is_published_is_where_the_site_begins(client: Client, empty_site: Page) -> None:
    client.force_login(boss())
    [first, *_later] = steps_of(client)
    form = {"title": "Safe Streets Leeds", "slug": "home", "statement": "Safe to report", "intro": "null"}
    parts = {"body": streamfield([])} | dict.fromkeys(["featured_actions", "footnotes", "comments"], inline_formset([]))

    client.post(first[2], nested_form_data({**form, **parts}))
    assert "Not open yet" in client.get("/").content.decode(), "A draft became the site."
    home = HomePage.objects.get()
    home.get_latest_revision().publish()

    page = client.get("/").content.decode()
    assert "Safe to report" in page
    assert SiteLook.for_site(Site.objects.get()).organisation_name == "Safe Streets Leeds"
    assert not Page.objects.filter(pk=empty_site.pk).exists()
    assert home.full_url.startswith("http://127.0.0.1")


def test_a_home_page_published_later_moves_no_site(client: Client) -> None:
    home = home_page()
    other = Page.objects.get(depth=1).add_child(instance=HomePage(title="Other", statement="Other", slug="other"))

    other.save_revision().publish()

    assert Site.objects.get().root_page_id == home.pk


def test_the_dashboard_says_what_comes_next_until_a_campaign_can_be_acted_on(client: Client, empty_site: Page) -> None:
    client.force_login(boss())
    assert [done for _words, done, _url in steps_of(client)] == [False] * 5
    home_page().save_revision().publish()
    campaign = CampaignPageFactory(live=False)
    _home, _look, made, given, _published = steps_of(client)
    assert (made[1], given[1]) == (True, False)
    assert given[2] == reverse("wagtailadmin_pages:add_subpage", args=[campaign.pk])
    petition = PetitionPageFactory(parent=campaign, live=False)
    assert steps_of(client)[-1][2] == reverse("wagtailadmin_pages:edit", args=[campaign.pk]), (
        "The campaign comes first."
    )
    for page in (campaign, petition):
        page.save_revision().publish()
    assert [words for words, done, _url in steps_of(client) if not done] == ["Say who publishes this"]
    SiteLook.objects.update(contact_email="post@example.org")
    assert steps_of(client) == []


def test_colleagues_who_write_no_pages_are_not_told_to(client: Client, empty_site: Page) -> None:
    client.force_login(colleague("view_signature"))
    assert steps_of(client) == []


def test_where_no_consent_is_worded_the_form_says_who_words_it(client, monkeypatch):
    # Wagtail's own template reads an icon's name that is only sometimes there.
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", "")
    add = reverse("wagtailadmin_pages:add", args=["petitions", "petitionpage", CampaignPageFactory().pk])
    editor = colleague()
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    assert "No wording is written yet. Somebody who looks after people" in client.get(add).content.decode()
    client.force_login(boss())
    assert f'<a href="{reverse("consent_texts:add")}">Write the first one</a>' in client.get(add).content.decode()

    ConsentTextFactory(controller="Safe Streets Leeds CIC")

    page = client.get(add).content.decode()
    assert "No wording is written yet" not in page
    assert 'value="Safe Streets Leeds CIC"' in page


def test_a_campaign_lists_what_can_be_done_in_it(client: Client) -> None:
    petition = PetitionPageFactory(live=False)
    client.force_login(boss())

    page = client.get(reverse("wagtailadmin_pages:edit", args=[CampaignPage.objects.get().pk])).content.decode()

    assert reverse("wagtailadmin_pages:edit", args=[petition.pk]) in page
    assert "Add a petition, a letter or an event" in page


def test_every_kind_of_page_says_what_it_is_for() -> None:
    silent = [model.__name__ for model in get_page_models() if model is not Page and not model.get_page_description()]
    assert silent == []
