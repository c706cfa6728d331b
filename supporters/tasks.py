"""What the worker does about people's data, by the clock or when asked."""

import logging
from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from supporters import merge_journal  # noqa: F401  (registers its rule of retention)
from supporters.audit_checks import mail_audit_head
from supporters.duplicates import suggest_duplicates
from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED
from supporters.mailings.running import go_on_with_mailings

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
