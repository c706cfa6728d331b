"""What the worker does about people's data by the clock."""

import logging

from procrastinate.contrib.django import app

from supporters import merge_journal  # noqa: F401  (registers its rule of retention)
from supporters.audit_checks import mail_audit_head
from supporters.duplicates import suggest_duplicates
from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED

logger = logging.getLogger("parasol.supporters")


@app.periodic(cron="17 2 * * *")
@app.task(
    name="supporters.suggest_duplicates",
    queue=LONG_JOBS,
    queueing_lock="supporters.suggest_duplicates",
    retry=RETRY_INTERRUPTED,
)
def look_for_duplicates(timestamp: int) -> None:
    """Nightly: which records look like one person."""
    logger.info("Found %d pairs of records that may be one person.", suggest_duplicates())


@app.periodic(cron="12 5 * * *")
@app.task(name="supporters.mail_audit_head", queueing_lock="supporters.mail_audit_head")
def send_audit_head(timestamp: int) -> None:
    """Daily: check the audit trail and tell data officers its newest hash."""
    logger.info("Sent the head of the audit trail to %d people.", mail_audit_head())
