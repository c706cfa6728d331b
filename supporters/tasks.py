"""What the worker does about people: by the clock, or when it is asked to. Arguments are ids, and nothing else."""

import logging
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from supporters.audit_checks import mail_audit_head
from supporters.duplicates import suggest_duplicates
from supporters.exports.running import run_export
from supporters.imports import jobs
from supporters.locating import fill_in_seats
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


@app.task(name="supporters.export", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def write_export(job_id: str) -> None:
    """Write the file of one export."""
    run_export(UUID(job_id))


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


@app.task(name="supporters.fill_in_seats", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def fill_in_seats_from(table: str = "", row: str = "") -> None:
    """Give older records the seat of their postcode: a slice, and then the next one in line behind other long jobs."""
    after = fill_in_seats((table, UUID(row) if row else None))
    if after is not None:
        fill_in_seats_from.defer(table=after[0], row=str(after[1]))


def fill_in_seats_soon() -> None:
    """Have the worker go over all records from the beginning, unless that is planned already."""
    # A savepoint: what is planned already is an error within the caller's transaction.
    with suppress(AlreadyEnqueued), transaction.atomic():
        fill_in_seats_from.configure(queueing_lock="supporters.fill_in_seats").defer()
