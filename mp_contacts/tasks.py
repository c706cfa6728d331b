"""What the worker does about members and letters: by the clock, or when it is asked to. Arguments are ids."""

import logging
from contextlib import suppress
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from mp_contacts.counting import count_letters
from mp_contacts.delivery.moving import move_letters
from mp_contacts.postcode_questions import answer_question
from mp_contacts.surveying import ask_whether_answered
from mp_contacts.syncing.nightly import sync_in_background
from supporters.long_jobs import LONG_JOBS, RETRY_INTERRUPTED

logger = logging.getLogger("parasol.letters")


@app.periodic(cron="* * * * *")
@app.task(name="mp_contacts.count", queueing_lock="mp_contacts.count")
def count(timestamp: int) -> None:
    """Every minute: add up what was written."""
    count_letters()


@app.periodic(cron="* * * * *")
@app.task(name="mp_contacts.move_letters", queueing_lock="mp_contacts.move_letters")
def move(timestamp: int) -> None:
    """Every minute, and soon after somebody confirms: send what is due, and follow what was sent."""
    move_letters()


def move_soon() -> None:
    """Have the worker look after letters as soon as it can, unless that is planned already."""
    with suppress(AlreadyEnqueued):
        move.configure().defer(timestamp=0)


@app.periodic(cron="41 * * * *")
@app.task(name="mp_contacts.ask_whether_answered", queueing_lock="mp_contacts.ask_whether_answered")
def ask_about_answers(timestamp: int) -> None:
    """Hourly: ask writers whether their MP answered."""
    logger.info("Asked about the answers to %d letters.", ask_whether_answered())


@app.periodic(cron="41 2 * * *")
@app.task(
    name="mp_contacts.sync_members",
    queue=LONG_JOBS,
    queueing_lock="mp_contacts.sync_members",
    retry=RETRY_INTERRUPTED,
)
def sync(timestamp: int) -> None:
    """Nightly, and when an organiser asks: who sits for which seat now. Goes on later when it is asked to wait."""
    later = sync_in_background()
    if later is not None:
        with suppress(AlreadyEnqueued):
            sync.configure(schedule_in={"seconds": later}).defer(timestamp=0)


@app.task(name="mp_contacts.answer_question")
def answer(question_id: str) -> None:
    """Ask the outside service about one postcode, which somebody waits for."""
    answer_question(UUID(question_id))
