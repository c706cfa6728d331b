from hypothesis import given
from hypothesis import strategies as st

from petitions.goals import current_goal, next_round_number

counts = st.integers(min_value=0, max_value=50_000_000)


def test_goal_is_the_first_milestone_not_reached():
    assert current_goal(120, [100, 500, 1000]) == 500


def test_reached_milestone_moves_the_goal_on():
    assert current_goal(500, [100, 500, 1000]) == 1000


def test_past_the_last_milestone_the_goal_raises_itself():
    assert current_goal(1000, [100, 500, 1000]) == 1500


def test_petition_without_milestones_aims_for_a_hundred():
    assert current_goal(0, []) == 100


@given(counts, st.lists(st.integers(min_value=1, max_value=50_000_000), max_size=6))
def test_there_is_always_something_left_to_reach(count, milestones):
    assert current_goal(count, milestones) > count


@given(counts)
def test_self_raised_goals_never_go_down(count):
    assert next_round_number(count) <= next_round_number(count + 1)
