"""What the cache does when pages are purged, when making one fails, and when many ask at once."""

import threading
from collections.abc import Callable

import pytest
from django.http import HttpResponse

from campaign_site.edge.page_cache import PageCache
from supporters.audience import (
    FRESH_SECONDS,
    STALE_IF_ERROR_SECONDS,
    STALE_WHILE_REVALIDATE_SECONDS,
)
from tests.at_once import at_once
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

        texts = at_once(8, lambda _: get(cache).text, with_database=False)

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
