"""What a killed worker left half done is started again, and done once."""

import asyncio
from types import SimpleNamespace
from typing import cast

import pytest
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app, connector_params
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.psycopg_connector import PsycopgConnector

from campaign_site.tasks import revive_stalled_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def left_half_done(task: str) -> int:
    """A job in the hands of a worker that is gone."""
    job = app.configure_task(task, queueing_lock=task, allow_unknown=True).defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 1 WHERE id = %s", [job])
    return job


def revive() -> None:
    async def run() -> None:
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=1)
        with app.replace_connector(connector):
            async with app.open_async():
                await revive_stalled_jobs(cast("JobContext", SimpleNamespace(app=app)), timestamp=0)

    asyncio.run(run())


def state_of(job: int) -> str:
    return ProcrastinateJob.objects.get(pk=job).status


def test_the_same_work_that_waits_already_keeps_no_other_from_being_started_again():
    first, second = left_half_done("mp_contacts.move_letters"), left_half_done("mp_contacts.move_letters")
    waits = app.configure_task("mp_contacts.move_letters", queueing_lock="mp_contacts.move_letters").defer(timestamp=0)
    other = left_half_done("mp_contacts.count")

    revive()

    assert [state_of(job) for job in (first, second, waits, other)] == ["aborted", "aborted", "todo", "todo"]


def test_of_two_that_are_the_same_one_is_started_again():
    jobs = [left_half_done("mp_contacts.move_letters") for _ in range(2)]
    revive()
    assert sorted(map(state_of, jobs)) == ["aborted", "todo"]
