"""What every test can ask for."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from wagtail.models import Collection, Locale, Page, Site

from tests.journeys.running_site import RunningSite


@pytest.fixture(scope="session")
def running_site() -> Iterator[RunningSite]:
    """The demo campaign behind the real server and the real worker, started once for all who ask."""
    with RunningSite() as site:
        yield site


@pytest.fixture(autouse=True)
def wagtail_ground(request: pytest.FixtureRequest) -> None:
    """The root page, locale and site that migrations make, for every test that may use the database.

    Tests that commit empty all tables when they end, and these rows with them.
    """
    if _uses_database(request):
        request.getfixturevalue("transactional_db" if _commits(request) else "db")
        lay_ground()


def lay_ground() -> None:
    """Make the rows that no Wagtail site is without, unless they are there."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    if not Site.objects.exists():
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)


def _uses_database(request: pytest.FixtureRequest) -> bool:
    return bool(
        request.node.get_closest_marker("django_db")
        or {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    )


def _commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(
        (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(request.fixturenames)
    )
