"""What the worker does for people's records."""

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from supporters.audit_checks import mail_audit_head
from supporters.exports.running import run_export
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
