"""What the worker does for petitions by the clock."""

from procrastinate.contrib.django import app

from petitions.counting import recount_petitions


@app.periodic(cron="23 3 * * *")
@app.task(name="petitions.recount", queueing_lock="petitions.recount")
def recount(timestamp: int) -> None:
    """Nightly: check every total against the signatures themselves."""
    recount_petitions()
