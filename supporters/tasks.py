"""What the worker does for people's records."""

from uuid import UUID

from procrastinate.contrib.django import app

from supporters.exports.running import run_export
from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED


@app.task(name="supporters.export", queue=LONG_JOBS, retry=RETRY_INTERRUPTED)
def write_export(job_id: str) -> None:
    """Write the file of one export."""
    run_export(UUID(job_id))
