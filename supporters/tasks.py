"""What the worker does for the supporter record when it is asked to. Arguments are ids, and nothing else."""

from uuid import UUID

from procrastinate.contrib.django import app

from supporters.imports import jobs
from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED


@app.task(name="imports.check", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def check_import(job_id: str) -> None:
    jobs.run_check(UUID(job_id))


@app.task(name="imports.apply", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def apply_import(job_id: str) -> None:
    jobs.run_apply(UUID(job_id))


@app.task(name="imports.undo", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def undo_import(job_id: str) -> None:
    jobs.run_undo(UUID(job_id))
