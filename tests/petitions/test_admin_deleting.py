"""Pages people signed cannot be deleted, and the workspace says so in plain words."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory
from tests.petitions.organisers import boss, signed

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def organiser(client):
    client.force_login(boss())
    return client


def delete_one(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def delete_in_bulk(client, page):
    parent = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    other = page.get_parent().add_child(instance=StandardPage(title="Another"))
    return client.post(f"{address}?id={other.pk}&id={page.pk}&next={parent}", follow=True)


@pytest.mark.parametrize("delete", [delete_one, delete_in_bulk])
@pytest.mark.parametrize("level", ["petition", "campaign"])
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_page_that_people_signed_or_above_one_stays(organiser, delete, level, confirmed):
    petition = PetitionPageFactory()
    signed(petition, confirmed=confirmed)
    page = petition if level == "petition" else petition.get_parent()

    response = delete(organiser, page)

    assert response.redirect_chain == [(reverse("wagtailadmin_explore", args=[page.get_parent().pk]), 302)]
    assert "Close it or unpublish it instead." in response.content.decode()
    assert Page.objects.filter(pk=petition.pk).exists()


@pytest.mark.parametrize("delete", [delete_one, delete_in_bulk])
def test_a_petition_nobody_signed_can_go_beside_one_that_people_did(organiser, delete):
    campaign = CampaignPageFactory()
    signed(PetitionPageFactory(parent=campaign))
    unsigned = PetitionPageFactory(parent=campaign)

    delete(organiser, unsigned)

    assert not Page.objects.filter(pk=unsigned.pk).exists()
