"""Which pages the cache keeps, for how long, and for whom."""

import gzip
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from campaign_site.edge.page_cache import PageCache
from campaign_site.edge.stored_page import LARGEST_PAGE, reads_gzip
from supporters.audience import FRESH_SECONDS, Audience
from tests.campaign_site.cached_site import HOST, Application, Clock, get, page

# Nothing here asks the database, but the end of a response looks at whatever connection another test left open.
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def site():
    return Application()


@pytest.fixture
def cache(site, clock):
    return PageCache(site, hosts=frozenset({HOST}), session_cookie="session", clock=clock)


def test_a_public_page_is_made_once_and_shown_to_many(cache, site):
    assert [get(cache).text for _ in range(5)] == ["page 1"] * 5
    assert site.asked == 1


def test_what_django_gave_is_handed_back_to_it(cache, site):
    get(cache)
    get(cache)

    assert site.closed == 1


def test_a_page_is_made_anew_when_it_is_no_longer_fresh(cache, site, clock):
    get(cache)
    clock.now += FRESH_SECONDS - 0.1
    assert get(cache).text == "page 1"
    clock.now += 0.2

    assert get(cache).text == "page 2"
    assert get(cache).text == "page 2"


@pytest.mark.parametrize(
    "make",
    [
        lambda _: page(audience=Audience.PERSONAL),
        lambda _: page(status=404),
        lambda _: page(status=301),
        lambda _: page(status=500),
        lambda _: HttpResponse("nobody declared it"),
        lambda _: page("x" * (LARGEST_PAGE + 1)),
    ],
    ids=["personal", "missing", "moved", "failed", "undeclared", "too long"],
)
def test_nothing_else_is_ever_kept(cache, site, make):
    site.make = make
    get(cache)
    get(cache)

    assert site.asked == 2


def test_a_response_with_a_cookie_is_never_kept(cache, site):
    def with_cookie(_: Application) -> HttpResponse:
        response = page()
        response.set_cookie("who", "somebody")
        return response

    site.make = with_cookie
    get(cache)
    get(cache)

    assert site.asked == 2


def test_a_stream_is_never_kept(cache, site):
    def stream(_: Application) -> StreamingHttpResponse:
        response = StreamingHttpResponse([b"a", b"b"])
        response.audience = Audience.PUBLIC  # type: ignore[attr-defined]
        return response

    site.make = stream

    assert [get(cache).body, get(cache).body] == [b"ab", b"ab"]
    assert site.asked == 2


@pytest.mark.parametrize(
    "query", ["fbclid=abc", "utm_source=x&utm_medium=y", "gclid=1&", "mc_cid=1&mc_eid=2", "igsh=x&utm_term="]
)
def test_link_shared_elsewhere_is_answered_from_the_same_copy(site, cache, query):
    first = get(cache)

    assert get(cache, query=query).text == first.text


@pytest.mark.parametrize("query", ["page=2", "fbclid=abc&page=2", "next=utm_x=1", "x=1&utm_source=y", "clid"])
def test_question_a_page_may_answer_is_never_ignored(site, cache, query):
    first = get(cache)

    assert get(cache, query=query).text != first.text


@pytest.mark.parametrize(
    "request_", [{"method": "POST"}, {"query": "a=1"}, {"cookie": "a=b; session=xyz"}, {"host": "other.example"}]
)
def test_requests_that_may_differ_go_to_django_each_time(cache, site, request_):
    get(cache)
    get(cache, **request_)
    get(cache, **request_)

    assert site.asked == 3


def test_a_visitor_with_some_other_cookie_gets_the_copy(cache, site):
    get(cache)
    get(cache, cookie="theme=dark")

    assert site.asked == 1


def test_each_address_has_its_own_page(cache, site):
    site.make = lambda site: page(site.environs[-1]["PATH_INFO"])

    assert [get(cache, path).text for path in ("/a/", "/b/", "/a/", "/b/")] == ["/a/", "/b/", "/a/", "/b/"]
    assert site.asked == 2


def test_a_host_that_swallowed_part_of_the_path_neither_gets_nor_evicts_the_page(cache, site):
    assert get(cache, "/a/b/").text == "page 1"

    assert get(cache, "/b/", host=f"{HOST}/a").text == "page 2"
    cache.refresh()
    site.make = lambda _: page(status=400)
    assert get(cache, "/b/", host=f"{HOST}/a").status == 400

    site.make = lambda _: page(status=503)
    assert get(cache, "/a/b/").text == "page 1"


def test_who_has_the_page_already_is_told_so(cache, site):
    tag = get(cache).headers["etag"]

    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        answer = get(cache, if_none_match=known)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == tag
        assert "cache-control" in answer.headers
    assert get(cache, if_none_match='W/"other"').status == 200
    assert site.asked == 1


def test_the_first_visitor_may_come_with_an_old_copy(cache, site):
    get(cache, if_none_match='W/"page 1 x"', if_modified_since="Mon, 01 Jan 2024 00:00:00 GMT")

    assert not {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"} & set(site.environs[0])
    assert get(cache).text == "page 1"


def test_the_page_travels_compressed_to_those_who_can_read_it(cache, site):
    plain = get(cache)
    zipped = get(cache, accept_encoding="br, gzip")

    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert int(zipped.headers["content-length"]) == len(zipped.body) < len(plain.body)
    assert zipped.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize(
    ("accepts", "is_read"),
    [
        ("gzip", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("br", False),
        ("", False),
    ],
)
def test_gzip_is_sent_only_to_those_who_ask_for_it(accepts, is_read):
    assert reads_gzip(accepts) is is_read


def test_head_gets_the_headers_alone(cache):
    whole = get(cache)
    head = get(cache, method="HEAD")

    assert head.body == b""
    assert head.headers == whole.headers


class TestBounds:
    def make(self, site: Application, **bounds: Any) -> PageCache:
        return PageCache(site, hosts=frozenset({HOST}), session_cookie="session", clock=Clock(), **bounds)

    def test_never_keeps_more_pages_than_it_may(self, site):
        cache = self.make(site, most_pages=10)
        for number in range(100):
            get(cache, f"/{number}/")

        assert len(cache._slots) == 10

    def test_never_keeps_more_bytes_than_it_may(self, site):
        site.make = lambda _: page("y" * 1000)
        cache = self.make(site, most_bytes=20_000)
        for number in range(100):
            get(cache, f"/{number}/")

        assert 0 < sum(slot.page.size for slot in cache._slots.values()) == cache._bytes <= 20_000

    def test_a_page_that_is_read_outlives_those_that_are_not(self, site):
        cache = self.make(site, most_pages=10)
        for number in range(100):
            get(cache, "/popular/")
            get(cache, f"/{number}/")

        assert sum(environ["PATH_INFO"] == "/popular/" for environ in site.environs) == 1
