"""What the worker does about events by the clock. Arguments are ids."""

import logging

from procrastinate.contrib.django import app

from events.counting import count_registrations
from events.enrolling import enrol_everybody, give_up_lost_seats, withdraw_given_up
from events.peaks import count_inside
from events.places import give_places_everywhere
from events.reminding import remind
from events.telling import tell_of_changes

logger = logging.getLogger("parasol.events")


@app.periodic(cron="* * * * *")
@app.task(name="events.count", queueing_lock="events.count")
def count(timestamp: int) -> None:
    """Every minute: add up who is registered."""
    count_registrations()


@app.periodic(cron="* * * * *")
@app.task(name="events.give_places", queueing_lock="events.give_places")
def move_up(timestamp: int) -> None:
    """Every minute: let offers lapse, and hand free seats to those who wait."""
    give_places_everywhere()


@app.periodic(cron="* * * * *")
@app.task(name="events.remind", queueing_lock="events.remind")
def write_by_the_clock(timestamp: int) -> None:
    """Every minute: tell of changes first, so that nobody is reminded of a time that is none any more."""
    told, reminded = tell_of_changes(), remind()
    if told or reminded:
        logger.info("Told %d of a change, and reminded %d.", told, reminded)


@app.periodic(cron="* * * * *")
@app.task(name="events.enrol", queueing_lock="events.enrol")
def tell_providers(timestamp: int) -> None:
    """Every minute: make people with a seat known to the provider of their room, and take back what was given up."""
    given_up, enrolled, withdrawn = give_up_lost_seats(), enrol_everybody(), withdraw_given_up()
    if given_up or enrolled or withdrawn:
        logger.info("Enrolled %d with providers, gave up %d, withdrew %d.", enrolled, given_up, withdrawn)


@app.periodic(cron="* * * * *")
@app.task(name="events.count_inside", queueing_lock="events.count_inside")
def count_people_inside(timestamp: int) -> None:
    """Every minute: how many are in the rooms that are open."""
    count_inside()
