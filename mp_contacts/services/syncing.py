"""Asking for the list of members to be read now."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from mp_contacts import tasks
from mp_contacts.models import Constituency
from mp_contacts.permissions import CHANGE_MEMBERS
from mp_contacts.syncing.running import INVENTED_SEATS, NO_SEATS, has_real_seats


class CannotSync(Exception):
    """There is nothing to read for; the text says what to do first."""


def ask_for_sync(*, actor: AbstractUser) -> bool:
    """Have the worker read Parliament's list as soon as it can; False when that is planned already.

    Raises PermissionDenied, and CannotSync while there is no seat that Parliament could know.
    """
    if not actor.has_perm(CHANGE_MEMBERS):
        raise PermissionDenied
    if not has_real_seats():
        raise CannotSync(INVENTED_SEATS if Constituency.objects.exists() else NO_SEATS)
    try:
        with transaction.atomic():
            tasks.sync.configure().defer(timestamp=0)
    except AlreadyEnqueued:
        return False
    return True
