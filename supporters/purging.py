"""Carrying out the rules of retention, every hour, and noticing when that stops."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max, Min
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop

from supporters.models import PurgeRun
from supporters.retention import RetentionRule, retention_rule, retention_rules

logger = logging.getLogger("parasol.purge")

LATE_AFTER: Final = timedelta(hours=2)
"""Two runs were missed: somebody should look."""
STOPPED_AFTER: Final = timedelta(hours=24)
"""People's data is kept longer than they were told: the site is not as it should be."""
KEEP_RUNS: Final = timedelta(days=90)


def purge() -> PurgeRun:
    """Carry out every rule, each in a transaction of its own, and record how many rows each one forgot.

    A rule that fails is named in the record and the log, and tried again at the next run; the others do not
    wait for it. May run at any time, and twice at once.
    """
    run = PurgeRun.objects.create(started_at=timezone.now())
    for rule in retention_rules():
        _carry_out(rule, run)
    run.finished_at = timezone.now()
    run.save()
    return run


def rehearse_purge() -> PurgeRun:
    """What `purge` would do at this moment; nothing is changed, and the record is not kept."""
    with transaction.atomic():
        run = purge()
        transaction.set_rollback(True)
    return run


def purge_late_by() -> timedelta | None:
    """How long ago the last purge ended, if that is too long; None while all is well or none was ever begun."""
    silence = _silence()
    return silence if silence is not None and silence > LATE_AFTER else None


def purge_has_stopped() -> bool:
    """Whether no purge has ended for a day, though one was begun before that."""
    silence = _silence()
    return silence is not None and silence > STOPPED_AFTER


def newest_failures() -> list[str]:
    """The names of the rules that the newest finished run could not carry out."""
    newest = PurgeRun.objects.filter(finished_at__isnull=False).first()
    return list(newest.failed) if newest else []


@retention_rule(
    "supporters.purge_runs",
    what=gettext_noop("How many records each clean-up forgot"),
    fields=(),
    until=gettext_noop("90 days after a purge, which says how many and never who"),
)
def forget_old_runs() -> int:
    """Delete the records of old runs; how many there were."""
    deleted, _ = PurgeRun.objects.filter(started_at__lt=Now() - KEEP_RUNS).delete()
    return deleted


def _carry_out(rule: RetentionRule, run: PurgeRun) -> None:
    try:
        with transaction.atomic():
            number = rule.forget()
    except Exception as error:  # noqa: BLE001  (whatever is wrong with one rule, the others are due)
        # Not the error's text: it may quote somebody's data.
        logger.error("The rule %s could not be carried out: %s.", rule.name, type(error).__name__)
        run.failed.append(rule.name)
        return
    run.forgotten[rule.name] = number
    if number:
        logger.info("Forgot %d rows by the rule %s.", number, rule.name)


def _silence() -> timedelta | None:
    times: dict[str, datetime | None] = PurgeRun.objects.aggregate(ended=Max("finished_at"), begun=Min("started_at"))
    # A site whose very first run never ends is late as well.
    since = times["ended"] or times["begun"]
    return timezone.now() - since if since else None
