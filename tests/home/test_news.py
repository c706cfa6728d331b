"""News: listed page by page and by tag, in a feed, and in the press room."""

import re
from datetime import date, timedelta
from xml.parsers.expat import ParserCreate

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.models import NewsIndexPage, NewsPage, ParasolImage, PressPage
from home.models.news import NEWS_A_PAGE
from home.models.press import NOBODY_TO_ASK
from tests.factories.petitions import home_page
from tests.home.pictures import photograph

pytestmark = pytest.mark.django_db

DESK = ("contact", {"name": "Press desk", "email": "press@example.org", "number": "0161 496 0142", "hours": ""})


@pytest.fixture
def index() -> NewsIndexPage:
    return home_page().add_child(instance=NewsIndexPage(title="News", slug="news"))


def write(index: NewsIndexPage, number: int, *tags: str, **fields: object) -> NewsPage:
    """The ``number``-th piece of news: the higher, the newer."""
    page: NewsPage = index.add_child(
        instance=NewsPage(
            **{
                "title": f"News {number:02}.",
                "slug": f"news-{number}",
                "summary": "It happened.",
                "published_on": date(2026, 1, 1) + timedelta(days=number),
                **fields,
            }
        )
    )
    page.tags.add(*tags)
    page.save()
    return page


def titles(html: str) -> list[str]:
    return [f"News {number:02}." for number in range(99, -1, -1) if f"News {number:02}." in html]


def test_news_are_listed_the_newest_first_and_page_by_page(index, client):
    for number in range(NEWS_A_PAGE + 2):
        write(index, number)

    first = client.get(index.url).content.decode()
    assert titles(first) == [f"News {number:02}." for number in range(NEWS_A_PAGE + 1, 1, -1)]
    assert f'rel="next" href="{index.url}page/2/"' in first
    second = client.get(f"{index.url}page/2/")
    assert titles(second.content.decode()) == ["News 01.", "News 00."]
    assert f'rel="prev" href="{index.url}"' in second.content.decode()
    assert second["Cache-Control"].startswith("public")
    assert (client.get(f"{index.url}page/1/").status_code, client.get(f"{index.url}page/1/").url) == (301, index.url)


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999999", "-1", "two", "2/page/2", "%00"])
def test_a_page_of_news_that_is_not_there_is_not_found(index, client, number):
    write(index, 1)

    assert client.get(f"{index.url}page/{number}/").status_code == 404


def test_a_longer_list_costs_no_more_queries(index, client, django_assert_num_queries):
    picture = ParasolImage.objects.create(title="March", description="A march", file=photograph("png"))
    write(index, 1, "Police", picture=picture)
    address = f"{index.url}tags/police/"
    client.get(address)  # makes the picture's small version
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(2, 8):
        write(index, number, "Police", f"Topic {number}", picture=picture)
    with django_assert_num_queries(len(one)):
        html = client.get(address).content.decode()
    assert html.count("news__picture") == 7


def test_a_tag_lists_what_carries_it_and_nothing_that_is_hidden(index, client):
    write(index, 1, "Police")
    write(index, 2, "police", "Łódź")
    write(index, 3, "Police", live=False)
    hidden = write(index, 4, "Secret")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)

    assert titles(client.get(f"{index.url}tags/police/").content.decode()) == ["News 02.", "News 01."]
    listed = client.get(index.url).content.decode()
    assert f'href="{index.url}tags/%C5%82%C3%B3d%C5%BA/"' in listed
    assert "Secret" not in listed
    for slug in ("secret", "no-such-tag", "a%00b"):
        assert client.get(f"{index.url}tags/{slug}/").status_code == 404


def test_the_feed_holds_what_everybody_may_read(index, client):
    write(index, 1, title="Slides\x0bleave this & <that>", slug="a", summary="So\x1f", live=True)
    write(index, 2, "Police", live=True)
    write(index, 3, live=False)
    answer = client.get(f"{index.url}feed/")

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer["Cache-Control"].startswith("public")
    ParserCreate().Parse(answer.content, True)  # or it is no XML
    xml = answer.content.decode()
    assert re.findall("<title>([^<]*)</title>", xml)[1:] == ["News 02.", "Slides leave this &amp; &lt;that&gt;"]
    assert '<category term="Police"' in xml
    assert f'<link href="http://localhost{index.url}news-2/" rel="alternate"' in xml
    assert f'href="{settings.PUBLIC_ORIGIN}{index.url}feed/" rel="self"' in xml
    assert len(set(re.findall("<id>(urn:uuid:[^<]*)</id>", xml))) == 2
    assert f'type="application/atom+xml" title="News" href="{index.url}feed/"' in client.get(index.url).content.decode()


def test_a_picture_without_words_is_not_published(index):
    picture = ParasolImage.objects.create(title="March", file=photograph("png"))
    with pytest.raises(ValidationError) as refused:
        write(index, 1, picture=picture)
    assert "“March” has no description" in refused.value.messages[0]


def test_the_press_room_names_whom_to_ask_and_lists_press_releases_alone(index, client):
    write(index, 1)
    release = write(index, 2, is_press_release=True)
    room = PressPage(title="Press room", slug="press", boilerplate="<p>Who we are.</p>")
    with pytest.raises(ValidationError) as refused:
        home_page().add_child(instance=room)
    assert refused.value.messages == [NOBODY_TO_ASK]
    room = home_page().add_child(instance=PressPage(title="Press room", slug="press", contacts=[DESK]))

    html = client.get(room.url).content.decode()
    assert titles(html) == ["News 02."]
    assert 'href="mailto:press@example.org"' in html
    assert 'href="tel:01614960142"' in html
    assert f'href="{room.url}"' in client.get(release.url).content.decode()
