"""An import is written while somebody in it is erased, or made one with somebody else: neither waits in a ring."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from supporters.imports.ground import look_up
from supporters.models import ImportJob, ImportState, Supporter
from supporters.services.erasing import erase_address
from supporters.services.importing import apply_import
from supporters.services.merging.uniting import lock_pair
from tests.supporters.import_files import checked, found, importer, known

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = [f"p{number}@example.org" for number in range(8)]


def meanwhile(act: Callable[[], object]) -> threading.Thread:
    """``act`` in another thread, which is waiting for us by the time this returns."""

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                break
        time.sleep(0.02)
    return thread


def test_erasing_somebody_waits_for_the_batch_before_it_locks_them():
    ana = known("ana@example.org")
    job = checked([["email", "name"], ["ana@example.org", "Ana"]])
    apply_import(job=job, actor=importer())

    with transaction.atomic():
        # As a batch begins.
        ImportJob.objects.select_for_update().get(pk=job.pk)
        thread = meanwhile(lambda: erase_address(address="ana@example.org", actor=None))
        assert Supporter.objects.select_for_update(nowait=True).filter(pk=ana.pk).exists()
    thread.join()

    assert not Supporter.objects.exists()
    job.refresh_from_db()
    assert job.state == ImportState.FAILED


def test_people_of_a_batch_are_locked_in_the_order_of_those_who_are_merged():
    for address in ADDRESSES:
        known(address)
    people = sorted(map(found, ADDRESSES), key=lambda one: one.pk)
    # Two whose order by address is another one than by id.
    first, second = next(
        (one, other)
        for number, one in enumerate(people)
        for other in people[number + 1 :]
        if bytes(one.email_key) > bytes(other.email_key)
    )
    keys = [bytes(first.email_key), bytes(second.email_key)]

    def batch() -> None:
        with transaction.atomic():
            look_up(keys, lock=True)

    with transaction.atomic():
        # As a merge begins: the one, and then the other.
        Supporter.objects.select_for_update().get(pk=first.pk)
        thread = meanwhile(batch)
        assert Supporter.objects.select_for_update(nowait=True).filter(pk=second.pk).exists()
        lock_pair(first, second)
    thread.join()
