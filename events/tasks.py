"""What the worker does about events by the clock. Arguments are ids."""

from procrastinate.contrib.django import app

from events.counting import count_registrations


@app.periodic(cron="* * * * *")
@app.task(name="events.count", queueing_lock="events.count")
def count(timestamp: int) -> None:
    """Every minute: add up who is registered."""
    count_registrations()
