"""What the worker does for letters by the clock."""

from procrastinate.contrib.django import app

from mp_contacts.counting import count_letters


@app.periodic(cron="* * * * *")
@app.task(name="mp_contacts.count", queueing_lock="mp_contacts.count")
def count(timestamp: int) -> None:
    """Every minute: add up what was written."""
    count_letters()
