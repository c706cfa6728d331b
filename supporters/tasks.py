"""What the worker does about people by the clock."""

import logging

from procrastinate.contrib.django import app

from supporters import merge_journal  # noqa: F401  (registers its rule of retention)
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
