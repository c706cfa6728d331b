"""What the worker does about people's data by the clock."""

import logging

from procrastinate.contrib.django import app

from supporters.audit_checks import mail_audit_head

logger = logging.getLogger("parasol.supporters")


@app.periodic(cron="12 5 * * *")
@app.task(name="supporters.mail_audit_head", queueing_lock="supporters.mail_audit_head")
def send_audit_head(timestamp: int) -> None:
    """Daily: check the audit trail and tell data officers its newest hash."""
    logger.info("Sent the head of the audit trail to %d people.", mail_audit_head())
