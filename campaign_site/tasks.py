"""Housekeeping by the clock, whatever the campaign: pages due, what has served its time, and jobs that are stuck.

Each job is queued once however many workers run, and says only how many, never who.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status
from wagtail.models import Page, Revision

from supporters.purging import purge, purge_late_by
from supporters.staying import ask_who_stays

logger = logging.getLogger("parasol.housekeeping")

STALLED_AFTER_S: Final = 60.0
"""A worker says every ten seconds that it lives; the jobs of one silent for this long are started again."""
KEEP_JOBS_HOURS: Final = 72
WATCH_PURGE: Final = "supporters.watch_purge"


@app.periodic(cron="7 * * * *")
@app.task(name="supporters.purge", queueing_lock="supporters.purge")
def purge_by_the_clock(timestamp: int) -> None:
    """Hourly: forget what has served its time, by every rule of supporters.retention."""
    purge()


@app.periodic(cron="22 * * * *")
@app.task(name="supporters.ask_who_stays", queueing_lock="supporters.ask_who_stays")
def ask_by_the_clock(timestamp: int) -> None:
    """Hourly: ask people who have long been silent whether they wish to stay, a month before they are forgotten."""
    asked = ask_who_stays()
    if asked:
        logger.info("Asked %d people whether they wish to stay.", asked)


@app.periodic(cron="*/15 * * * *")
@app.task(name=WATCH_PURGE, queueing_lock=WATCH_PURGE)
def watch_the_purge(timestamp: int) -> None:
    """Every quarter of an hour, and when a worker starts: say so when the purge is late, and have it done now."""
    late_by = purge_late_by()
    if late_by is not None:
        minutes = late_by / timedelta(minutes=1)
        logger.error("No purge has ended for %d minutes: data is kept longer than people were told.", minutes)
        with suppress(AlreadyEnqueued):
            purge_by_the_clock.configure().defer(timestamp=0)


@app.periodic(cron="* * * * *")
@app.task(name="pages.publish_scheduled", queueing_lock="pages.publish_scheduled")
def publish_scheduled(timestamp: int) -> None:
    """Every minute: take down the pages whose time is over, then publish those whose time has come.

    Wagtail's command of this name gives up at the first page it may not save. Here the others still go
    out, and that one is tried again every minute until an organiser has mended it.
    """
    now = timezone.now()
    for page in Page.objects.live().filter(expire_at__lt=now).order_by("expire_at"):
        _try_on_page(page.pk, partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"))
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        _try_on_page(revision.object_id, partial(revision.publish, log_action="wagtail.publish.scheduled"))


def _try_on_page(page_id: int | str, act: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            act()
    except Exception as error:  # noqa: BLE001  (whatever is wrong with one page, the others are due)
        # Not the error's text: it may quote what somebody wrote.
        logger.error("Page %s could not be published or taken down on time: %s.", page_id, type(error).__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="jobs.revive", queueing_lock="jobs.revive", pass_context=True)
async def revive_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Every five minutes: start again what a killed worker left half done."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # The same work waits already, by its queueing lock; the other jobs must not be left lying for it.
            await manager.finish_job(job, status=Status.ABORTED, delete_job=False)
        else:
            logger.warning("Started job %s (%s) again: its worker is gone.", job.id, job.task_name)


@app.periodic(cron="52 4 * * *")
@app.task(name="jobs.forget", queueing_lock="jobs.forget", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Nightly: delete the records of jobs that ended three days ago or more."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
