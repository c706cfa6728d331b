"""Any segment finds exactly whom a filter in plain Python finds."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporters.segments import supporters_in
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.crowd_of_supporters import answers, keys, person, signs, stops

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)


# --- Any segment against the same question put to plain Python ---


@dataclass
class Known:
    """What the test knows of one person, in its own words."""

    pk: object
    pages: list[int]
    answer: str
    is_stopped: bool
    country: str
    language: str
    came: int
    acted: int
    contacted: int | None


def day(number: int) -> datetime:
    return MAY + timedelta(days=number)


def iso(number: int) -> str:
    return day(number).date().isoformat()


people_strategy = st.lists(
    st.fixed_dictionaries(
        {
            "pages": st.lists(st.integers(0, 2), unique=True),
            "answer": st.sampled_from(["given", "withdrawn", "never_asked"]),
            "is_stopped": st.booleans(),
            "country": st.sampled_from(["GB", "IE", ""]),
            "language": st.sampled_from(["en", "pl"]),
            "came": st.integers(0, 3),
            "acted": st.integers(0, 3),
            "contacted": st.none() | st.integers(0, 3),
        }
    ),
    min_size=1,
    max_size=6,
)


days = st.integers(0, 3)


question_strategy = st.fixed_dictionaries(
    {},
    optional={
        "took_part_in": st.lists(st.integers(0, 2), min_size=1, unique=True),
        "not_took_part_in": st.lists(st.integers(0, 2), min_size=1, unique=True),
        "did": st.just(["signature"]),
        "never_did": st.just(["signature"]),
        "consents": st.fixed_dictionaries({"updates": st.sampled_from(["given", "withdrawn", "never_asked"])}),
        "may_be_written_to": st.just("updates"),
        "countries": st.lists(st.sampled_from(["GB", "IE"]), min_size=1, unique=True),
        "languages": st.just(["pl"]),
        "came_from": days,
        "acted_since": days,
        "not_acted_since": days,
        "not_contacted_since": days,
        "never_contacted": st.booleans(),
    },
)


CHECKS = {
    "took_part_in": lambda one, asked: bool(set(one.pages) & set(asked)),
    "not_took_part_in": lambda one, asked: not set(one.pages) & set(asked),
    "did": lambda one, asked: bool(one.pages),
    "never_did": lambda one, asked: not one.pages,
    "consents": lambda one, asked: one.answer == asked["updates"],
    "may_be_written_to": lambda one, asked: one.answer == "given" and not one.is_stopped,
    "countries": lambda one, asked: one.country in asked,
    "languages": lambda one, asked: one.language in asked,
    "came_from": lambda one, asked: one.came >= asked,
    "acted_since": lambda one, asked: one.acted >= asked,
    "not_acted_since": lambda one, asked: one.acted < asked,
    "not_contacted_since": lambda one, asked: one.contacted is None or one.contacted < asked,
    "never_contacted": lambda one, asked: not asked or one.contacted is None,
}


def stored(number: int, known: dict, petitions: list) -> Known:
    supporter = person(
        number,
        country=known["country"],
        language=known["language"],
        created_at=day(known["came"]),
        last_act_at=day(known["acted"]),
        last_contacted_at=None if known["contacted"] is None else day(known["contacted"]),
    )
    for page in known["pages"]:
        signs(supporter, petitions[page])
    if known["answer"] != "never_asked":
        answers(supporter, known["answer"])
    if known["is_stopped"]:
        stops(supporter)
    return Known(pk=supporter.pk, **known)


def as_criteria(question: dict, petitions: list) -> dict:
    criteria = dict(question)
    for name in ("took_part_in", "not_took_part_in"):
        if name in question:
            criteria[name] = [petitions[page].pk for page in question[name]]
    for name in ("came_from", "acted_since", "not_acted_since", "not_contacted_since"):
        if name in question:
            criteria[name] = iso(question[name])
    return criteria


@pytest.fixture
def petitions():
    return [PetitionPageFactory() for _ in range(3)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=people_strategy, questions=st.lists(question_strategy, min_size=1, max_size=8))
def test_any_segment_finds_whom_a_plain_filter_finds(petitions, people, questions):
    from django.db import transaction

    with transaction.atomic():
        crowd = [stored(number, known, petitions) for number, known in enumerate(people)]
        for question in questions:
            expected = {one.pk for one in crowd if all(CHECKS[name](one, asked) for name, asked in question.items())}
            assert keys(supporters_in(as_criteria(question, petitions))) == expected, question
        transaction.set_rollback(True)
