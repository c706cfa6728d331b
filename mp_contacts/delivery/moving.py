"""One round of what happens to letters between the writer's button and the office."""

import logging

from mp_contacts.delivery.releasing import release_due
from mp_contacts.delivery.settling import follow_settled, settle_delivered

logger = logging.getLogger("parasol.letters")


def move_letters() -> int:
    """Follow what left, count what arrived, release what is due; how many letters moved.

    Whatever stops it in the middle, the next round goes on: each step is a transaction, and what it finds to do
    is told by the rows alone.
    """
    followed, arrived, released = follow_settled(), settle_delivered(), release_due()
    if followed or arrived or released:
        logger.info("Letters: %d followed, %d arrived, %d released.", followed, arrived, released)
    return followed + arrived + released
