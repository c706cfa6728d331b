"""Housekeeping by the clock, whatever the campaign: forget what has served its time, and revive stuck jobs.

Each job is queued once however many workers run, and says only how many, never who.
"""

import logging
from typing import Final

from procrastinate import JobContext
from procrastinate.contrib.django import app

from supporters.limits import forget_old_limits
from supporters.links import forget_expired_links
from supporters.outbox import forget_settled_messages, give_up_on_overdue
from supporters.retention import forget_unconnected_supporters

logger = logging.getLogger("parasol.housekeeping")

STALLED_AFTER_S: Final = 60.0
"""A worker says every ten seconds that it lives; the jobs of one silent for this long are started again."""
KEEP_JOBS_HOURS: Final = 72


@app.periodic(cron="7 * * * *")
@app.task(name="supporters.forget", queueing_lock="supporters.forget")
def forget(timestamp: int) -> None:
    """Hourly: delete what is kept for a while only."""
    forget_old_limits()
    logger.info("Deleted %d expired links.", forget_expired_links())
    logger.info("Deleted %d settled messages.", forget_settled_messages())
    logger.info("Forgot %d people we have no reason to know.", forget_unconnected_supporters())
    overdue = give_up_on_overdue()
    if overdue:
        logger.error("Gave up on %d messages that waited for three days and never had their turn.", overdue)


@app.periodic(cron="*/5 * * * *")
@app.task(name="jobs.revive", queueing_lock="jobs.revive", pass_context=True)
async def revive_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Every five minutes: start again what a killed worker left half done."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        await manager.retry_job(job)
        logger.warning("Started job %s (%s) again: its worker is gone.", job.id, job.task_name)


@app.periodic(cron="52 4 * * *")
@app.task(name="jobs.forget", queueing_lock="jobs.forget", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Nightly: delete the records of jobs that ended three days ago or more."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
