"""What the worker does for people's records."""

import logging
from contextlib import suppress
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from supporters.audit_checks import mail_audit_head
from supporters.exports.running import run_export
from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED
from supporters.mailings.running import go_on_with_mailings

logger = logging.getLogger("parasol.supporters")


@app.task(name="supporters.export", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def write_export(job_id: str) -> None:
    """Write the file of one export."""
    run_export(UUID(job_id))


@app.periodic(cron="* * * * *")
@app.task(name="supporters.mailings", queue=LONG_JOBS, queueing_lock="supporters.mailings", retry=RETRY_INTERRUPTED)
def mailings(timestamp: int) -> None:
    """Every minute, and as soon as somebody presses "send": go on with the mailings that are not out yet.

    Another slice of a long one waits in line behind the other long jobs.
    """
    if go_on_with_mailings():
        go_on_soon()


def go_on_soon() -> None:
    """Have the worker look after mailings as soon as it can, unless that is planned already."""
    with suppress(AlreadyEnqueued):
        mailings.configure().defer(timestamp=0)


@app.periodic(cron="12 5 * * *")
@app.task(name="supporters.mail_audit_head", queueing_lock="supporters.mail_audit_head")
def send_audit_head(timestamp: int) -> None:
    """Daily: check the audit trail and tell data officers its newest hash."""
    logger.info("Sent the head of the audit trail to %d people.", mail_audit_head())
