"""The public page: what is counted, drawn, listed and hidden, and that 650 seats stay light and quick."""

import gzip
import re
from datetime import date
from typing import cast

import pytest
from django.test import Client
from django.utils.http import urlencode

from mp_contacts.models import (
    Constituency,
    Member,
    ParliamentPage,
    Position,
    Region,
    SelfSentLetter,
    Stance,
)
from mp_contacts.seat_map import lay_out
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory
from tests.factories.petitions import CampaignPageFactory

pytestmark = pytest.mark.django_db

HEAVIEST = 60_000
"""Bytes, compressed, without pictures."""
PARTIES = ("Garden Party", "Harbour Alliance", "Lantern Union", "Independent")


@pytest.fixture
def page() -> ParliamentPage:
    campaign = CampaignPageFactory()
    return cast("ParliamentPage", campaign.add_child(instance=ParliamentPage(title="Where Parliament stands")))


def position(page: ParliamentPage, member: Member, stance: str, **values: object) -> Position:
    told = {"source": "Hansard", "said_on": date(2026, 3, 3), "campaign": page.get_parent().specific, **values}
    return Position.objects.create(member=member, stance=stance, **told)


def seats(number: int) -> list[Member]:
    """So many seats, over all regions and parties, in three statements."""
    regions = list(Region)
    made = Constituency.objects.bulk_create(
        ConstituencyFactory.build(name=f"North Harrowmere and Vale {n}", region=regions[n % len(regions)])
        for n in range(number)
    )
    return Member.objects.bulk_create(
        MemberFactory.build(constituency=seat, party=PARTIES[n % len(PARTIES)], name=f"Josephine Example-Smith {n}")
        for n, seat in enumerate(made)
    )


def text_of(client: Client, page: ParliamentPage, **query: str) -> str:
    response = client.get(f"{page.url}?{urlencode(query)}" if query else page.url)
    assert response.status_code == 200, response
    return response.content.decode()


def test_the_newest_public_position_is_where_a_member_stands(client, page):
    member = cast("Member", MemberFactory(name="Ada Lantern"))
    position(page, member, Stance.OPPOSED, said_on=date(2025, 1, 1), quote="Never.")
    position(page, member, Stance.SUPPORTIVE, quote="I have changed my mind.")
    position(page, member, Stance.CHAMPION, said_on=date(2026, 5, 5), quote="For us only.", is_public=False)

    shown = text_of(client, page)

    assert "I have changed my mind." in shown
    assert "Ada Lantern, Garden Party: Supportive" in shown
    assert "Never." not in shown
    assert "For us only." not in shown


def test_nothing_typed_by_organisers_becomes_markup(client, page):
    member = cast("Member", MemberFactory(name="<b>Bo</b>"))
    position(page, member, Stance.OPPOSED, quote="<script>alert(1)</script>")

    shown = text_of(client, page)

    assert "<b>Bo</b>" not in shown
    assert "<script>alert(1)" not in shown


def test_a_seat_without_a_member_is_vacant(client, page):
    ConstituencyFactory(name="Empty Marsh")
    assert "Empty Marsh: Vacant seat" in text_of(client, page)


def test_says_so_when_there_are_no_seats(client, page):
    assert "There is no list of members here yet." in text_of(client, page)


def test_filters_narrow_the_list_and_not_the_counts(client, page):
    here, there = seats(2)
    position(page, here, Stance.CHAMPION)

    shown = text_of(client, page, stance="champion")

    listed = shown[shown.index('id="seats"') :]
    assert here.name in listed
    assert there.name not in listed
    assert "1 seat is listed." in listed
    assert "2 seats" in shown
    assert len(re.findall(r"<title>Harrowmere|<title>North", shown)) == 2, "the map stays whole"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("stance=champion&party=Garden+Party", "party=Garden+Party&stance=champion"),
        ("party=&region=&stance=unknown", "stance=unknown"),
        ("utm_source=a", ""),
        ("party=No+Such+Party", ""),
        ("party=%00&region=%FF", ""),
        ("stance=champion&stance=opposed", "stance=opposed"),
        ("party=Garden%20Party", "party=Garden+Party"),
    ],
)
def test_there_is_one_way_to_ask(client, page, asked, canonical):
    MemberFactory(party="Garden Party")

    response = client.get(f"{page.url}?{asked}")

    assert (response.status_code, response.url) == (302, f"{page.url}?{canonical}" if canonical else page.url)
    assert client.get(response.url).status_code == 200


def test_few_letters_are_not_told_by_seat(client, page):
    letters = LetterPageFactory(parent=page.get_parent().specific)
    few, fewer, some, many = seats(4)
    for member, number in ((few, 5), (fewer, 4), (some, 40), (many, 60)):
        SelfSentLetter.objects.bulk_create(
            SelfSentLetter(page=letters, constituency_code=member.constituency_id, reported_on=date(2026, 3, 3))
            for _ in range(number)
        )

    listed = text_of(client, page)
    numbers = re.findall(r"(\d+) letters", listed)

    # The 40 is hidden with the 4 and the 5: alone, they could be worked out from the others.
    assert numbers == ["60"]


def test_a_cache_may_keep_it_and_nobody_is_known(client, page):
    MemberFactory()
    response = client.get(page.url)
    assert "public" in response["Cache-Control"] or "max-age" in response["Cache-Control"]
    assert not response.cookies


def test_every_seat_has_a_tile_of_its_own():
    seats(650)
    drawn = lay_out(Constituency.objects.all())

    assert len({(tile.column, tile.row) for tile in drawn.tiles}) == len({tile.code for tile in drawn.tiles}) == 650
    assert all(0 <= tile.column < drawn.width and 0 <= tile.row < drawn.height for tile in drawn.tiles)
    assert lay_out(Constituency.objects.order_by("-name")) == drawn


def test_650_seats_are_light_and_take_as_many_queries_as_a_few(client, page, django_assert_max_num_queries):
    for member in seats(650):
        if member.pk % 3 == 0:
            position(page, member, Stance.SUPPORTIVE, quote=f"I back what you ask, and said so {member.pk} times.")

    # Most are the site's own frame and the languages of the page and its campaign's letters; the page itself asks for
    # seats, positions and letters.
    with django_assert_max_num_queries(32):
        response = client.get(page.url)

    assert response.content.count(b"<use href") >= 650
    assert len(gzip.compress(response.content, 6)) < HEAVIEST
