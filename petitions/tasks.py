"""What the worker does for petitions by the clock."""

import logging

from procrastinate.contrib.django import app

from petitions.counting import recount_petitions
from petitions.retention import forget_closed_counts, forget_settled_signers, forget_unconfirmed

logger = logging.getLogger("parasol.petitions")


@app.periodic(cron="23 3 * * *")
@app.task(name="petitions.recount", queueing_lock="petitions.recount")
def recount(timestamp: int) -> None:
    """Nightly: check every total against the signatures themselves."""
    recount_petitions()


@app.periodic(cron="41 * * * *")
@app.task(name="petitions.forget", queueing_lock="petitions.forget")
def forget(timestamp: int) -> None:
    """Hourly: forget what has outlived its purpose, and say how much it was."""
    logger.info("Deleted %d unconfirmed signatures.", forget_unconfirmed())
    logger.info("Wiped %d keyed hashes of closed count-only petitions.", forget_closed_counts())
    logger.info("Wiped %d signers of petitions closed long ago.", forget_settled_signers())
