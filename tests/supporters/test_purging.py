"""One purge carries out every rule, says what it did, and is missed when it does not come."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from campaign_site.tasks import purge_by_the_clock, watch_the_purge
from supporters import retention
from supporters.models import Message, PurgeRun
from supporters.outbox import settle
from supporters.purging import (
    KEEP_RUNS,
    LATE_AFTER,
    STOPPED_AFTER,
    forget_old_runs,
    newest_failures,
    purge,
    purge_has_stopped,
    purge_late_by,
    rehearse_purge,
)
from supporters.retention import retention_rule, retention_rules
from tests.supporters.mail_kinds import let_time_pass, queued

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def said(caplog):
    """What is logged under ``parasol``, which does not propagate."""
    logger = logging.getLogger("parasol")
    logger.addHandler(caplog.handler)
    yield caplog
    logger.removeHandler(caplog.handler)


@pytest.fixture
def broken(monkeypatch):
    """A rule that fails in the middle of a statement, whose error quotes somebody."""
    monkeypatch.setattr(retention, "_rules", dict(retention._rules))

    @retention_rule("a.broken", fields=(), what="Nothing", until="never")
    def fail():
        PurgeRun.objects.create(started_at=timezone.now())
        Message.objects.raw("SELECT 1/0 AS id, 'ada@example.org' AS quoted")[0]

    return fail


def an_old_message():
    from django.db.models import Q

    message = queued()
    settle(Q(pk=message.pk), "sent")
    let_time_pass(timedelta(days=8))


def a_run(*, ended_ago=None, began_ago=timedelta(0), failed=()):
    now = timezone.now()
    return PurgeRun.objects.create(
        started_at=now - (ended_ago or began_ago),
        finished_at=now - ended_ago if ended_ago is not None else None,
        failed=list(failed),
    )


def test_every_rule_is_carried_out_and_counted(said):
    an_old_message()

    run = purge()

    assert set(run.forgotten) == {rule.name for rule in retention_rules()}
    assert run.forgotten["supporters.outbox"] == 1
    assert (PurgeRun.objects.get().forgotten, run.failed) == (run.forgotten, [])
    assert "Forgot 1 rows by the rule supporters.outbox." in said.messages
    assert purge().forgotten["supporters.outbox"] == 0


def test_one_failing_rule_is_named_undone_and_stops_no_other(broken, said):
    an_old_message()

    run = purge()

    assert run.failed == ["a.broken"] == newest_failures()
    assert not Message.objects.exists()
    assert PurgeRun.objects.count() == 1
    assert "The rule a.broken could not be carried out: DataError." in said.messages
    assert "ada" not in said.text


def test_a_rehearsal_says_the_same_and_changes_nothing():
    an_old_message()

    assert rehearse_purge().forgotten["supporters.outbox"] == 1
    assert Message.objects.count() == 1
    assert not PurgeRun.objects.exists()


def test_the_command_prints_what_each_rule_did():
    an_old_message()
    out = StringIO()

    call_command("purge", "--dry-run", stdout=out)
    assert "supporters.outbox: 1 would be forgotten (kept until the mail was sent" in out.getvalue()
    assert Message.objects.count() == 1

    call_command("purge", stdout=out)
    assert "supporters.outbox: 1 forgotten" in out.getvalue()
    assert not Message.objects.exists()


def test_the_command_fails_when_a_rule_did(broken):
    with pytest.raises(CommandError, match=r"Not carried out: a\.broken"):
        call_command("purge", stdout=StringIO())


def test_the_hourly_job_is_the_purge():
    purge_by_the_clock(timestamp=0)

    assert PurgeRun.objects.get().finished_at


@pytest.mark.parametrize(("ended_ago", "is_late"), [(LATE_AFTER - MINUTE, False), (LATE_AFTER + SECOND, True)])
def test_two_missed_runs_are_told_as_an_error(ended_ago, is_late, said):
    a_run(ended_ago=ended_ago)

    watch_the_purge(timestamp=0)

    assert (purge_late_by() is not None) == is_late
    # And it is done now: whoever had no worker for a day need not wait for the full hour.
    assert ProcrastinateJob.objects.filter(task_name="supporters.purge").exists() == is_late
    assert bool([record for record in said.records if record.levelno == logging.ERROR]) == is_late


@pytest.mark.parametrize(
    ("ended_ago", "has_stopped"), [(STOPPED_AFTER - MINUTE, False), (STOPPED_AFTER + SECOND, True)]
)
def test_a_day_without_a_purge_makes_the_site_not_ready(client, ended_ago, has_stopped):
    a_run(ended_ago=ended_ago)

    assert purge_has_stopped() == has_stopped
    assert client.get("/readyz").json()["purge"] is not has_stopped


def test_a_fresh_site_is_not_late(client):
    assert purge_late_by() is None
    assert client.get("/readyz").json()["purge"] is True


def test_a_first_run_that_never_ends_is_late():
    a_run(began_ago=LATE_AFTER + SECOND)

    assert purge_late_by() is not None


@pytest.mark.parametrize(("ago", "left"), [(KEEP_RUNS - MINUTE, 1), (KEEP_RUNS + SECOND, 0)])
def test_records_of_runs_are_kept_for_a_while(ago, left):
    a_run(ended_ago=ago)

    assert forget_old_runs() == 1 - left
    assert PurgeRun.objects.count() == left
