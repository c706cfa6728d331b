"""The sync that the worker does by itself every night, or as soon as an organiser asks."""

import logging
from functools import partial
from typing import Final

from mp_contacts.clients.parliament import Parliament
from mp_contacts.syncing.running import HowToSync, SyncFailed, has_real_seats, sync_members, wait_in_slices
from supporters.long_jobs import check_in

logger = logging.getLogger("parasol.members")

LONGEST_PUT_OFF_S: Final = 6 * 3600.0


def sync_in_background() -> int | None:
    """Read Parliament's list of members; None when that is settled, or seconds until it should be gone on with.

    A site whose seats are invented has nothing to read. What goes wrong stands with the sync, where organisers look;
    raises Interrupted when the worker is being stopped, and goes on when it runs again.
    """
    if not has_real_seats():
        return None
    look = partial(wait_in_slices, look=check_in)
    try:
        sync_members(HowToSync(open_parliament=partial(Parliament, wait=look)))
    except SyncFailed as error:
        logger.warning("Members of Parliament were not brought up to date. %s", error)
        return int(min(error.wait_s, LONGEST_PUT_OFF_S)) + 1 if error.wait_s is not None else None
    return None
