"""What somebody with an old address is told."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from home.models import CampaignPage, FeaturedAction, StandardPage, WithdrawnPath
from supporters.audience import Audience
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory, home_page

pytestmark = pytest.mark.django_db

GONE = "This page is gone"


def test_a_page_with_a_new_name_is_found_at_its_old_address_while_there_is_one(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    petition = PetitionPageFactory(title="A petition", slug="a-petition")
    old_campaign, old = petition.get_parent().url, petition.url
    campaign = CampaignPage.objects.get()
    campaign.slug = "another-name"
    with django_capture_on_commit_callbacks(execute=True):
        campaign.save_revision().publish()

    for address, now in ((old_campaign, "/another-name/"), (old, "/another-name/a-petition/")):
        response = client.get(address, {"utm_source": "x"})
        assert (response.status_code, response["Location"].removeprefix("http://localhost")) == (301, now)
        assert getattr(response, "audience", None) is Audience.PUBLIC
        assert response["Cache-Control"].startswith("public, max-age=5,")
        assert not response.cookies
    Page.objects.get(pk=campaign.pk).delete()
    assert client.get(old_campaign).status_code == client.get(old).status_code == 410


def test_a_page_that_was_moved_is_found_at_its_old_address(client: Client) -> None:
    petition = PetitionPageFactory(title="A petition")
    old = petition.url
    other = CampaignPageFactory(title="Elsewhere")
    Page.objects.get(pk=petition.pk).specific.move(other, pos="last-child")

    response = client.get(old)

    assert response.status_code == 301
    assert client.get(response["Location"]).status_code == 200


def test_what_was_taken_down_is_gone_and_what_never_was_is_not_found(client: Client) -> None:
    unpublished, deleted = CampaignPageFactory(title="One"), CampaignPageFactory(title="Two")
    below = PetitionPageFactory(title="Below two", parent=deleted)
    draft = home_page().add_child(instance=StandardPage(title="Draft", slug="draft", live=False))
    addresses = [page.url for page in (unpublished, deleted, below)]
    unpublished.unpublish()
    Page.objects.get(pk=deleted.pk).delete()
    draft.delete()

    for address in addresses:
        response = client.get(address)
        assert (response.status_code, GONE in response.content.decode()) == (410, True), address
        assert getattr(response, "audience", None) is Audience.PUBLIC
        assert response["Cache-Control"] == "public, max-age=5, s-maxage=5"
    for address in ("/draft/", "/never/was/", "/a%00b/", f"/{'a' * 3000}/"):
        assert client.get(address).status_code == 404, address


def test_a_page_that_comes_back_is_there_again(client: Client) -> None:
    page = CampaignPageFactory(title="Back", slug="back")
    page.unpublish()
    assert client.get("/back/").status_code == 410

    page.save_revision().publish()

    assert client.get("/back/").status_code == 200
    assert not WithdrawnPath.objects.exists()


def test_a_translation_is_gone_alone_and_says_so_in_its_language(client: Client) -> None:
    campaign = CampaignPageFactory(title="Both", slug="both")
    romanian = Locale.objects.get(language_code="ro")
    home_page().copy_for_translation(romanian).save_revision().publish()
    translated = campaign.copy_for_translation(romanian)
    translated.save_revision().publish()
    assert client.get("/ro/both/").status_code == 200

    CampaignPage.objects.get(pk=translated.pk).unpublish()

    gone = client.get("/ro/both/")
    assert (gone.status_code, client.get("/both/").status_code) == (410, 200)
    assert '<html lang="ro"' in gone.content.decode()
    assert 'action="/ro/search/"' in gone.content.decode()


def test_both_pages_lead_on(client: Client) -> None:
    petition = PetitionPageFactory(title="Drop the fines")
    home = home_page()
    home.featured_actions.add(FeaturedAction(page=petition))
    home.save()
    page = CampaignPageFactory(slug="old")
    page.unpublish()

    for address in ("/old/", "/no/such/page/"):
        main = client.get(address).content.decode().partition("<main")[2]
        for way in ('action="/search/"', 'href="/"', f'href="{petition.url}"', "Drop the fines"):
            assert way in main, (address, way)


def test_nobody_looks_up_the_address_of_a_link_in_a_mail(client: Client) -> None:
    """Its token would stand in a statement."""
    home_page()
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/unsubscribe/a-token-of-somebody/").status_code == 404

    assert [query["sql"] for query in queries if "a-token-of-somebody" in query["sql"]] == []


def test_an_address_that_is_remembered_begins_at_the_root() -> None:
    with pytest.raises(ValidationError, match="begins with a slash"):
        WithdrawnPath(path="https://example.org/").full_clean()
