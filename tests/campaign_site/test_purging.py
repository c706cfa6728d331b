"""What tells every process that pages have changed, and that they hear it."""

import queue
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from wagtail.models import PageViewRestriction, Site

from campaign_site.edge.purging import PurgeListener
from home.models import SiteLook
from supporters.page_notices import CHANNEL, PURGE, purge_pages, refresh_pages
from tests.factories.petitions import PetitionPageFactory

PATIENCE = 20  # seconds a loaded machine may take


class Ear:
    """Writes down what a listener was told."""

    def __init__(self) -> None:
        self.heard: queue.Queue[str] = queue.Queue()
        self.listener = PurgeListener(purge=lambda: self.heard.put("purge"), refresh=lambda: self.heard.put("refresh"))

    def next(self) -> str:
        return self.heard.get(timeout=PATIENCE)


@pytest.fixture
def ears(transactional_db):
    """Two processes' worth of listeners, both connected."""
    both = [Ear(), Ear()]
    for ear in both:
        ear.listener.ensure_started()
        assert ear.next() == "purge", "each connection begins with a purge, for what was missed"
    yield both
    for ear in both:
        ear.listener.stop()


def test_every_listener_hears_what_is_purged_and_refreshed(ears):
    purge_pages()
    assert [ear.next() for ear in ears] == ["purge", "purge"]
    refresh_pages()
    assert [ear.next() for ear in ears] == ["refresh", "refresh"]


def test_nobody_hears_anything_before_the_commit(ears):
    with transaction.atomic():
        purge_pages()
        with pytest.raises(queue.Empty):
            ears[0].heard.get(timeout=2)

    assert ears[0].next() == "purge"


def test_what_is_rolled_back_is_never_heard(ears):
    with transaction.atomic():
        purge_pages()
        transaction.set_rollback(True)
    refresh_pages()

    assert ears[0].next() == "refresh"


def test_a_lost_connection_is_made_again_and_begins_with_a_purge(ears):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query = %s AND pid <> pg_backend_pid()",
            [f"LISTEN {CHANNEL}"],
        )
        assert cursor.fetchone() == (2,)

    assert [ear.next() for ear in ears] == ["purge", "purge"]
    refresh_pages()
    assert [ear.next() for ear in ears] == ["refresh", "refresh"]


def test_starting_twice_listens_once(ears):
    ears[0].listener.ensure_started()
    purge_pages()
    assert ears[0].next() == "purge"

    with pytest.raises(queue.Empty):
        ears[0].heard.get(timeout=1)


@contextmanager
def notices_sent():
    """What was said to PostgreSQL's listeners meanwhile."""
    sent: list[str] = []

    def look(execute, sql, params, many, context):
        if "pg_notify" in sql:
            sent.append(params[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield sent


@pytest.fixture
def petition(db):
    return PetitionPageFactory()


CHANGES = {
    "publishing": lambda page: page.save_revision().publish(),
    "taking down": lambda page: page.unpublish(),
    "deleting": lambda page: page.delete(),
    "moving": lambda page: page.move(page.get_parent().get_parent(), pos="last-child"),
    "restricting": lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
    "changing the site's look": lambda page: SiteLook.for_site(Site.objects.get()).save(),
    "changing the site": lambda page: Site.objects.get().save(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_editors_change_for_readers_purges(petition, change):
    with notices_sent() as sent:
        CHANGES[change](petition)

    assert set(sent) == {PURGE}


def test_saving_a_draft_purges_nothing(petition):
    with notices_sent() as sent:
        petition.title = "Not yet"
        petition.save_revision()

    assert not sent
