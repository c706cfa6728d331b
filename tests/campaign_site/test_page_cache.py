"""Which pages the cache keeps, for how long, and for whom."""

import gzip
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from campaign_site.edge.page_cache import PageCache
from campaign_site.edge.stored_page import LARGEST_PAGE, reads_gzip
from supporters.audience import (
    FRESH_SECONDS,
    STALE_IF_ERROR_SECONDS,
    STALE_WHILE_REVALIDATE_SECONDS,
    Audience,
)
from tests.threads import at_once

HOST = "campaign.example"


class Application:
    """A site that counts how often it was asked, and answers as ``make`` says."""

    def __init__(self, make: Callable[["Application"], HttpResponse] | None = None) -> None:
        self.make = make or (lambda site: page(f"page {site.asked} {'x' * 500}"))
        self.environs: list[dict] = []
        self.closed = 0
        self._lock = threading.Lock()

    @property
    def asked(self) -> int:
        return len(self.environs)

    def __call__(self, environ, start_response):
        with self._lock:
            self.environs.append(environ)
        response = self.make(self)
        response._resource_closers.append(self._close)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    def _close(self) -> None:
        self.closed += 1


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Answer:
    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = int(status[:3]), {name.lower(): value for name, value in headers}, body

    @property
    def text(self) -> str:
        return self.body.decode().split(" x")[0]


def page(text: str = "a page", *, audience: Audience = Audience.PUBLIC, status: int = 200) -> HttpResponse:
    response = HttpResponse(text, status=status, headers={"ETag": f'W/"{text[:8]}"', "Cache-Control": "public"})
    response.audience = audience  # type: ignore[attr-defined]
    return response


def get(cache: PageCache, path: str = "/", method: str = "GET", query: str = "", **headers: str) -> Answer:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    sent: list[tuple[str, list[tuple[str, str]]]] = []
    body = cache(environ, lambda status, given, exc_info=None: sent.append((status, given)))
    answer = Answer(*sent[-1], b"".join(body))
    if hasattr(body, "close"):
        body.close()
    return answer


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


class TestPurging:
    def test_a_purged_page_is_made_anew(self, cache):
        get(cache)
        cache.purge()

        assert get(cache).text == "page 2"

    def test_a_page_begun_before_a_purge_is_shown_but_not_kept(self, cache, site):
        def purged_meanwhile(site: Application) -> HttpResponse:
            response = page(f"page {site.asked}")
            if site.asked == 1:
                cache.purge()
            return response

        site.make = purged_meanwhile

        assert [get(cache).text, get(cache).text, get(cache).text] == ["page 1", "page 2", "page 2"]

    def test_a_purged_page_does_not_stand_in_for_an_error(self, cache, site):
        get(cache)
        cache.purge()
        site.make = lambda _: page(status=500)

        assert get(cache).status == 500

    def test_a_page_that_was_taken_down_is_gone(self, cache, site):
        get(cache)
        cache.purge()
        site.make = lambda _: page(status=404)

        assert [get(cache).status for _ in range(3)] == [404] * 3

    def test_a_refreshed_page_is_made_anew(self, cache):
        get(cache)
        cache.refresh()

        assert get(cache).text == "page 2"

    def test_a_refreshed_page_still_stands_in_for_an_error(self, cache, site):
        get(cache)
        cache.refresh()
        site.make = lambda _: page(status=500)

        assert get(cache).text == "page 1"


class TestErrors:
    def test_the_copy_stands_in_while_django_fails(self, cache, site, clock):
        get(cache)
        site.make = lambda _: page(status=503)
        clock.now += FRESH_SECONDS + STALE_IF_ERROR_SECONDS - 1

        assert get(cache).text == "page 1"

    def test_but_not_for_ever(self, cache, site, clock):
        get(cache)
        site.make = lambda _: page(status=503)
        clock.now += FRESH_SECONDS + STALE_IF_ERROR_SECONDS + 1

        assert get(cache).status == 503

    def test_a_failing_django_is_left_alone_for_a_moment(self, cache, site, clock):
        get(cache)
        site.make = lambda _: page(status=503)
        clock.now += FRESH_SECONDS + 1
        for _ in range(20):
            get(cache)
        assert site.asked == 2

        site.make = lambda site: page(f"page {site.asked}")
        clock.now += FRESH_SECONDS
        assert get(cache).text == "page 3"


class SlowSite(Application):
    """Makes pages only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_finish = threading.Event()
        self.was_asked = threading.Event()

    def __call__(self, environ, start_response):
        if self.asked:  # the first is for laying in the copy
            self.was_asked.set()
            self.may_finish.wait(timeout=30)
        return super().__call__(environ, start_response)


@pytest.fixture
def slow(clock):
    site = SlowSite()
    cache = PageCache(site, hosts=frozenset({HOST}), session_cookie="session", clock=clock)
    get(cache)
    return site, cache


def in_background(act: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


class TestManyAtOnce:
    def test_one_makes_the_page_while_the_others_get_the_copy(self, slow, clock):
        site, cache = slow
        clock.now += FRESH_SECONDS + 1
        maker = in_background(lambda: get(cache))
        assert site.was_asked.wait(timeout=30)

        assert [get(cache).text for _ in range(10)] == ["page 1"] * 10

        site.may_finish.set()
        maker.join(timeout=30)
        assert site.asked == 2
        assert get(cache).text == "page 2"

    def test_after_a_purge_all_wait_for_one(self, slow):
        site, cache = slow
        cache.purge()
        first = in_background(lambda: get(cache))
        assert site.was_asked.wait(timeout=30)
        threading.Timer(0.3, site.may_finish.set).start()

        texts = at_once(8, lambda _: get(cache).text)

        first.join(timeout=30)
        assert texts == ["page 2"] * 8
        assert site.asked == 2

    def test_a_copy_too_old_to_show_is_waited_for_too(self, slow, clock):
        site, cache = slow
        clock.now += FRESH_SECONDS + STALE_WHILE_REVALIDATE_SECONDS + 1
        first = in_background(lambda: get(cache))
        assert site.was_asked.wait(timeout=30)
        threading.Timer(0.3, site.may_finish.set).start()

        assert get(cache).text == "page 2"

        first.join(timeout=30)


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
