"""How fast letters leave for one office: never over the cap, in working hours, and all of them in the end."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mp_contacts.delivery.pacing import SPREAD, WESTMINSTER, share_at, turns_now

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MONDAY = datetime(2026, 3, 2, tzinfo=WESTMINSTER)


def left(*, waiting: int, cap: int, start: datetime, seed: int, rounds_missed: range = range(0)) -> list[datetime]:
    """When each of ``waiting`` letters left, with a round every minute but those missed; at most two weeks."""
    chance = random.Random(seed)
    handed: list[datetime] = []
    for minute in range(14 * 24 * 60):
        at = start + minute * MINUTE
        if minute in rounds_missed:
            continue
        recent = [moment for moment in handed if at - moment < timedelta(minutes=61)]
        number = turns_now(
            per_hour=cap * share_at(at),
            recent=len(recent),
            since_last=at - recent[-1] if recent else None,
            chance=chance,
        )
        handed += [at] * min(number, waiting - len(handed))
        if len(handed) == waiting:
            break
    return sorted(moment + SPREAD * chance.random() for moment in handed)


def most_within_an_hour(moments: list[datetime]) -> int:
    return max((sum(first <= moment < first + HOUR for moment in moments) for first in moments), default=0)


@settings(max_examples=40, deadline=None)
@given(
    waiting=st.integers(1, 120),
    cap=st.integers(1, 600),
    hours=st.integers(0, 24 * 300),
    seed=st.integers(0, 9),
    missed=st.integers(0, 600),
)
def test_never_more_than_the_cap_within_an_hour_and_none_at_night(waiting, cap, hours, seed, missed):
    moments = left(
        waiting=waiting,
        cap=cap,
        start=datetime(2026, 1, 1, tzinfo=UTC) + hours * HOUR,
        seed=seed,
        rounds_missed=range(100, 100 + missed),
    )

    assert most_within_an_hour(moments) <= cap
    # The last of an hour may leave in the first seconds of the next.
    assert {(moment - SPREAD).astimezone(WESTMINSTER).hour for moment in moments} <= set(range(6, 22))


@pytest.mark.parametrize("cap", [1, 30, 600])
def test_a_queue_drains_at_the_pace_of_the_cap(cap):
    moments = left(waiting=5 * cap, cap=cap, start=MONDAY + 9 * HOUR, seed=1)

    assert len(moments) == 5 * cap
    taken = moments[-1] - moments[0]
    assert taken < 3 * timedelta(days=1) if cap == 1 else taken < 8 * HOUR
    assert taken > 3 * HOUR


def test_the_first_letter_of_a_working_day_need_not_wait():
    assert turns_now(per_hour=30, recent=0, since_last=None, chance=random.Random(1)) == 1


def test_letters_do_not_leave_by_clockwork():
    moments = left(waiting=40, cap=30, start=MONDAY + 10 * HOUR, seed=3)
    gaps = {round((later - earlier).total_seconds()) for earlier, later in pairwise(moments)}
    assert len(gaps) > 10


@pytest.mark.parametrize(
    ("moment", "share"),
    [
        (datetime(2026, 7, 1, 11, tzinfo=UTC), 1.0),
        # In summer London is an hour ahead, in winter it is not.
        (datetime(2026, 7, 1, 6, 30, tzinfo=UTC), 0.3),
        (datetime(2026, 1, 5, 6, 30, tzinfo=UTC), 0.0),
        (datetime(2026, 7, 1, 2, tzinfo=UTC), 0.0),
        (datetime(2026, 7, 4, 11, tzinfo=UTC), 0.1),
        (datetime(2026, 7, 5, 20, tzinfo=UTC), 0.0),
    ],
    ids=["noon", "summer morning", "winter morning", "night", "Saturday", "Sunday evening"],
)
def test_hours_are_those_of_westminster(moment, share):
    assert share_at(moment) == share


def test_there_is_nothing_to_wait_for_when_it_is_closed():
    assert turns_now(per_hour=0, recent=0, since_last=None, chance=random.Random(1)) == 0
