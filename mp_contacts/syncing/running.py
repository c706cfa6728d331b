"""One reading of the list of members, from the first page to the last word written.

Only one runs at a time: whoever runs it holds a lock of the database session. A reading that is marked as under way
while nobody holds the lock was killed; the next one takes it over, and goes on behind the last page it has.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from mp_contacts.clients.json_source import SourceBusy, SourceFailed
from mp_contacts.clients.parliament import PAGE, Parliament
from mp_contacts.models import Constituency, MemberSync
from mp_contacts.releases.columns import WrongFile
from mp_contacts.syncing.csv_lists import read_member_list
from mp_contacts.syncing.differences import Differences, WrongList, find_differences
from mp_contacts.syncing.records import MemberRecord
from mp_contacts.syncing.writing import write_differences
from supporters.page_notices import purge_pages

logger = logging.getLogger("parasol.members")

SERVICE: Final = "Parliament's service"
FRESH_FOR: Final = timedelta(hours=12)
"""Pages that were read longer ago are read anew."""
MOST_PAGES: Final = 100
LOCK: Final = 7_205_015  # any number that differs from the project's other advisory locks
NO_SEATS: Final = "There are no constituencies yet. Bring them in first: manage.py import_constituencies FILE."
INVENTED_SEATS: Final = (
    "The constituencies of this site are invented, and Parliament knows nothing of them. Bring in the real ones first: "
    "manage.py import_constituencies FILE."
)
INTERRUPTED: Final = "It was interrupted, and begun anew later."

Progress = Callable[[int, int], None]


class SyncFailed(Exception):
    """Nothing was written; the text is one line that says why. ``wait_s`` is set when it may be tried again then."""

    def __init__(self, text: str, wait_s: float | None = None) -> None:
        super().__init__(text)
        self.wait_s = wait_s


class SyncRefused(SyncFailed):
    """It would have taken too much away; ``report`` says what."""

    def __init__(self, text: str, report: dict[str, Any]) -> None:
        super().__init__(text)
        self.report = report


@dataclass(frozen=True)
class HowToSync:
    """``file`` instead of Parliament's service; ``force`` however much goes; ``dry_run`` without writing a row."""

    file: Path | None = None
    force: bool = False
    dry_run: bool = False
    open_parliament: Callable[[], Parliament] = Parliament
    progress: Progress = field(default=lambda _done, _total: None)

    @property
    def source(self) -> str:
        return self.file.name[:200] if self.file else SERVICE


def has_real_seats() -> bool:
    """Whether any constituency is one that Parliament could know."""
    return Constituency.objects.exclude(code__startswith="X").exists()


def sync_members(how: HowToSync) -> dict[str, Any]:
    """Read the list, write what is different, and say what that was: kinds of differences, each a list.

    Raises SyncRefused, with the same report, when it would take more than a tenth away; SyncFailed otherwise. In both
    cases nothing is written, and organisers find the reason with the sync.
    """
    if not Constituency.objects.exists():
        raise SyncFailed(NO_SEATS)
    if how.file is None and not has_real_seats():
        raise SyncFailed(INVENTED_SEATS)
    with _alone():
        if how.dry_run:
            return _rehearse(how)
        sync = _begin(how)
        try:
            people = _read(sync, how)
            return _write(sync, people, force=how.force)
        except SyncRefused:
            raise
        except SourceBusy as error:
            raise _failed(sync, str(error), wait_s=error.wait_s) from None
        except (SourceFailed, WrongFile, WrongList) as error:
            raise _failed(sync, str(error)) from None


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise SyncFailed("The list of members is being read already.")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _rehearse(how: HowToSync) -> dict[str, Any]:
    try:
        if how.file is not None:
            return find_differences(read_member_list(how.file)).report()
        people: list[MemberRecord] = []
        for page, total in _pages(how, 0):
            people.extend(page)
            how.progress(len(people), total)
        return find_differences(_whole(people, total)).report()
    except SourceBusy as error:
        raise SyncFailed(str(error), error.wait_s) from None
    except (SourceFailed, WrongFile, WrongList) as error:
        raise SyncFailed(str(error)) from None


@transaction.atomic
def _begin(how: HowToSync) -> MemberSync:
    """The row to go on with, or a new one."""
    newest = MemberSync.objects.select_for_update().first()
    may_go_on = (
        newest is not None
        and how.file is None
        and newest.source == SERVICE
        and newest.state in {MemberSync.State.RUNNING, MemberSync.State.FAILED}
        and bool(newest.people)
        and newest.started_at > timezone.now() - FRESH_FOR
    )
    left = MemberSync.objects.filter(state=MemberSync.State.RUNNING)
    if newest is not None and may_go_on:
        left = left.exclude(pk=newest.pk)
    left.update(state=MemberSync.State.FAILED, trouble=INTERRUPTED, people=[], ended_at=timezone.now())
    if newest is None or not may_go_on:
        return MemberSync.objects.create(source=how.source, is_forced=how.force)
    newest.state, newest.is_forced, newest.trouble, newest.ended_at = MemberSync.State.RUNNING, how.force, "", None
    newest.save(update_fields=["state", "is_forced", "trouble", "ended_at"])
    return newest


def _read(sync: MemberSync, how: HowToSync) -> list[MemberRecord]:
    if how.file is not None:
        return read_member_list(how.file)
    people = [MemberRecord.from_json(values) for values in sync.people]
    for page, total in _pages(how, sync.next_page):
        people.extend(page)
        sync.next_page += 1
        sync.people = [person.as_json() for person in people]
        sync.save(update_fields=["next_page", "people"])
        how.progress(len(people), total)
    try:
        return _whole(people, total)
    except WrongList:
        # Going on with these pages would only fail again.
        sync.people, sync.next_page = [], 0
        raise


def _pages(how: HowToSync, first: int) -> Iterator[tuple[list[MemberRecord], int]]:
    """The pages from ``first`` on, each with how many members there are in all; one at least."""
    with how.open_parliament() as parliament:
        for number in range(first, MOST_PAGES):
            page = parliament.page(number)
            yield page.people, page.total
            if (number + 1) * PAGE >= page.total:
                return
    raise SourceFailed("Parliament's service lists more members than there can be.")


def _whole(people: Sequence[MemberRecord], total: int) -> list[MemberRecord]:
    """``people``, if that is everybody once; or whoever is missing would be taken to have left."""
    if not total:
        raise WrongList("Parliament's service lists nobody, as between two Parliaments. What is known here stays.")
    by_number = {person.parliament_id: person for person in people}
    if len(by_number) != total or len(people) != total:
        raise WrongList(
            f"Parliament's service counts {total:,} members and listed {len(by_number):,}. Try again later."
        )
    return list(by_number.values())


def _write(sync: MemberSync, people: Sequence[MemberRecord], *, force: bool) -> dict[str, Any]:
    with transaction.atomic():
        if not MemberSync.objects.select_for_update().filter(pk=sync.pk, state=MemberSync.State.RUNNING).exists():
            raise SyncFailed("Another reading has taken over.")
        found: Differences = find_differences(people)
        reason = "" if force else found.too_much()
        if not reason:
            write_differences(found)
            if found.changes:
                # Pages that say who sits where, and of which party.
                purge_pages()
        sync.report = found.report()
        _end(sync, MemberSync.State.REFUSED if reason else MemberSync.State.DONE, reason)
    if reason:
        raise SyncRefused(f"Refused: {reason} Look at it, and add --force if it is right.", sync.report)
    logger.info("Read %d members from %s.", sync.report["members"], "a file" if sync.source != SERVICE else SERVICE)
    return sync.report


def _failed(sync: MemberSync, text: str, wait_s: float | None = None) -> SyncFailed:
    """Note why; what was read from the service stays, for the next one to go on with."""
    sync.state, sync.trouble, sync.ended_at = MemberSync.State.FAILED, text[:300], timezone.now()
    sync.save(update_fields=["state", "trouble", "ended_at", "people", "next_page"])
    return SyncFailed(text, wait_s)


def _end(sync: MemberSync, state: MemberSync.State, trouble: str) -> None:
    sync.state, sync.trouble, sync.people, sync.ended_at = state, trouble[:300], [], timezone.now()
    sync.save(update_fields=["state", "trouble", "people", "report", "ended_at"])


def wait_in_slices(seconds: float, *, look: Callable[[], None]) -> None:
    """Let ``seconds`` pass, calling ``look`` every second or so: it raises when the worker is to stop."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        look()
        time.sleep(min(1.0, left))
    look()
