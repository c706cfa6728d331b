"""What is closed in one language is closed in all."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories.petitions import CampaignPageFactory
from tests.factories.translations import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> tuple:
    english = CampaignPageFactory(slug="let-them-go")
    return english, translated(english, "ro", slug="lasati-i")


def restriction_on(page) -> PageViewRestriction:
    return PageViewRestriction.objects.get(page=page)


def test_closing_a_page_closes_what_was_translated_from_it(client: Client, pages) -> None:
    english, romanian = pages
    assert client.get(romanian.url).status_code == 200

    closed = PageViewRestriction.objects.create(
        page=english, restriction_type=PageViewRestriction.PASSWORD, password="among us"
    )
    assert english.title not in client.get(romanian.url).content.decode().partition("</head>")[2]
    assert restriction_on(romanian).password == "among us"

    closed.password = "among fewer"
    closed.save()
    assert restriction_on(romanian).password == "among fewer"


def test_groups_are_the_same_in_every_language(pages) -> None:
    english, romanian = pages
    group = Group.objects.create(name="Friends")

    closed = PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.GROUPS)
    closed.groups.add(group)
    assert list(restriction_on(romanian).groups.all()) == [group]

    closed.groups.clear()
    assert not restriction_on(romanian).groups.exists()


def test_closing_a_translation_leaves_the_original_open(client: Client, pages) -> None:
    english, romanian = pages

    PageViewRestriction.objects.create(page=romanian, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(english.url).status_code == 200
    assert not PageViewRestriction.objects.filter(page=english).exists()
