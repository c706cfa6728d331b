"""What the worker does about people's data."""

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED
from supporters.mailings.running import go_on_with_mailings


@app.periodic(cron="* * * * *")
@app.task(name="supporters.mailings", queue=LONG_JOBS, queueing_lock="supporters.mailings", retry=RETRY_INTERRUPTED)
def mailings(timestamp: int) -> None:
    """Every minute, and as soon as somebody presses "send": go on with the mailings that are not out yet.

    Another slice of a long one waits in line behind the other long jobs.
    """
    if go_on_with_mailings():
        go_on_soon()


def go_on_soon() -> None:
    """Have the worker look after mailings as soon as it can, unless that is planned already."""
    with suppress(AlreadyEnqueued):
        mailings.configure().defer(timestamp=0)
