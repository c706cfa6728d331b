"""What the worker does for people's records when it is asked to. Arguments are ids, and nothing else."""

from uuid import UUID

from procrastinate.contrib.django import app

from supporters.exports.running import run_export
from supporters.imports import jobs
from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED


@app.task(name="supporters.export", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def write_export(job_id: str) -> None:
    """Write the file of one export."""
    run_export(UUID(job_id))


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
