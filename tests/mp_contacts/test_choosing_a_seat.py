"""Whoever has no postcode that we know finds their seat in a list."""

import gzip
from uuid import uuid4

import pytest
from django.urls import reverse

from mp_contacts.models import Constituency, Region
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory

pytestmark = pytest.mark.django_db

MOST_BYTES = 50_000


@pytest.fixture
def page():
    return LetterPageFactory()


@pytest.fixture
def harrowmere():
    return ConstituencyFactory(name="Harrowmere", name_cy="Llyn Haearn", region=Region.WALES)


def choose(client, page):
    return client.get(reverse("mp_contacts:choose", args=[page.pk]))


def test_every_seat_is_there_with_its_member_under_its_region(client, page, harrowmere):
    MemberFactory(name="Jo Example", constituency=harrowmere)
    ConstituencyFactory(name="Empty Seat", region=Region.LONDON)

    html = choose(client, page).content.decode()

    assert html.index('<optgroup label="London">') < html.index("Empty Seat – vacant")
    assert html.index('<optgroup label="Wales">') < html.index("Harrowmere / Llyn Haearn – Jo Example")
    assert f'value="{harrowmere.code}"' in html
    assert f'action="{page.write_url}"' in html


def test_the_list_is_public_and_asks_the_database_the_same_however_long(client, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        response = choose(client, page)
    for _ in range(30):
        MemberFactory()
    with django_assert_max_num_queries(25):
        choose(client, page)

    assert response["Cache-Control"].startswith("public")
    assert not response.cookies


def test_650_seats_stay_light(client, page):
    seats = Constituency.objects.bulk_create(
        ConstituencyFactory.build(name=f"Seat of {uuid4().hex[:18]}", region=list(Region)[number % 12])
        for number in range(650)
    )
    for seat in seats[:40]:
        MemberFactory(constituency=seat)

    assert len(gzip.compress(choose(client, page).content)) < MOST_BYTES


@pytest.mark.parametrize("word", ["Northern Ireland", "abroad", "two constituencies", "This is not my MP"])
def test_it_says_what_to_do_when_a_postcode_does_not(client, page, word):
    assert word in choose(client, page).content.decode()


def test_no_list_for_a_page_that_is_not_there(client, page):
    page.unpublish()

    assert choose(client, page).status_code == 404
