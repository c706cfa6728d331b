"""What the worker does for people's records when it is asked to. Arguments are ids, and nothing else."""

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from supporters.audit_checks import mail_audit_head
from supporters.exports.running import run_export
from supporters.imports import jobs
from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED

logger = logging.getLogger("parasol.supporters")


@app.task(name="supporters.export", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def write_export(job_id: str) -> None:
    """Write the file of one export."""
    run_export(UUID(job_id))


@app.periodic(cron="12 5 * * *")
@app.task(name="supporters.mail_audit_head", queueing_lock="supporters.mail_audit_head")
def send_audit_head(timestamp: int) -> None:
    """Daily: check the audit trail and tell data officers its newest hash."""
    logger.info("Sent the head of the audit trail to %d people.", mail_audit_head())


@app.task(name="imports.check", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def check_import(job_id: str) -> None:
    """See what one file would change."""
    jobs.run_check(UUID(job_id))


@app.task(name="imports.apply", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def apply_import(job_id: str) -> None:
    """Bring in the people of one file."""
    jobs.run_apply(UUID(job_id))


@app.task(name="imports.undo", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def undo_import(job_id: str) -> None:
    """Take one import back."""
    jobs.run_undo(UUID(job_id))
