"""A segment finds exactly the people it asks for, whatever it asks."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from supporters.models import ActionState, Supporter
from supporters.segments import Criteria, WrongCriteria, count_people, describe, supporters_in, validate
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.crowd_of_supporters import answers, keys, person, signs, stops

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
def petition():
    return PetitionPageFactory()


def finds(criteria: dict, *people: Supporter) -> None:
    assert keys(supporters_in(criteria)) == {one.pk for one in people}


def test_no_criteria_are_everybody_but_the_signposts_of_merged_records():
    ada, bell = person(1), person(2)
    Supporter.objects.create(email_key=bytes(32), merged_into=ada)

    finds({}, ada, bell)


def test_taking_part_in_any_of_several_pages(petition):
    other = PetitionPageFactory()
    ada, bell, cleo = person(1), person(2), person(3)
    signs(ada, petition)
    signs(bell, other)

    finds({"took_part_in": [petition.pk]}, ada)
    finds({"took_part_in": [petition.pk, other.pk]}, ada, bell)
    finds({"not_took_part_in": [petition.pk]}, bell, cleo)
    finds({"not_took_part_in": [petition.pk, other.pk]}, cleo)
    finds({"took_part_in": [999_999]})


def test_taking_part_by_any_kind_of_action(petition):
    ada, bell = person(1), person(2)
    signs(ada, petition)

    finds({"did": ["signature"]}, ada)
    finds({"never_did": ["signature"]}, bell)


def test_only_confirmed_actions_count(petition):
    ada = person(1)
    signs(ada, petition, state=ActionState.PENDING)

    finds({"took_part_in": [petition.pk]})
    finds({"did": ["signature"]})
    finds({"never_did": ["signature"]}, ada)


def test_somebody_who_signed_twice_is_one_person(petition):
    ada = person(1)
    signs(ada, petition)
    signs(ada, PetitionPageFactory())

    assert supporters_in({"did": ["signature"]}).count() == 1


def test_consent_as_it_stands():
    ada, bell, cleo = person(1), person(2), person(3)
    answers(ada, "given")
    answers(bell, "given")
    answers(bell, "withdrawn", at=datetime.now(UTC) + timedelta(seconds=1))

    finds({"consents": {"updates": "given"}}, ada)
    finds({"consents": {"updates": "withdrawn"}}, bell)
    finds({"consents": {"updates": "never_asked"}}, cleo)
    finds({"consents": {"updates": "given", "taking_part": "never_asked"}}, ada)
    finds({"consents": {"updates": "given", "taking_part": "given"}})


def test_may_be_written_to_needs_a_yes_and_no_suppression():
    ada, bell, cleo = person(1), person(2), person(3)
    answers(ada, "given")
    answers(bell, "given")
    stops(bell)
    answers(cleo, "withdrawn")

    finds({"may_be_written_to": "updates"}, ada)
    finds({"may_be_written_to": "taking_part"})


def test_place_language_and_source():
    ada = person(1, constituency_code="E14001172", country="GB", language="en", source="leaflet")
    bell = person(2, constituency_code="S14000001", country="GB", language="pl", source="leaflet")
    cleo = person(3, country="IE", language="en", source="petition 7")

    finds({"constituencies": ["E14001172", "S14000001"]}, ada, bell)
    finds({"countries": ["IE"]}, cleo)
    finds({"languages": ["pl"]}, bell)
    finds({"sources": ["leaflet"]}, ada, bell)
    finds({"sources": ["leaflet"], "languages": ["en"]}, ada)


def test_days_are_whole_days_of_the_sites_own_time():
    # 3 May in London begins at 23:00 UTC on the 2nd.
    early = person(1, created_at=datetime(2026, 5, 2, 22, 59, 59, tzinfo=UTC))
    first = person(2, created_at=datetime(2026, 5, 2, 23, tzinfo=UTC))
    last = person(3, created_at=datetime(2026, 5, 3, 22, 59, 59, tzinfo=UTC))
    late = person(4, created_at=datetime(2026, 5, 3, 23, tzinfo=UTC))

    finds({"came_from": "2026-05-03", "came_until": "2026-05-03"}, first, last)
    finds({"came_until": "2026-05-02"}, early)
    finds({"came_from": "2026-05-04"}, late)


def test_last_act():
    ada = person(1, last_act_at=MAY)
    bell = person(2, last_act_at=MAY - timedelta(days=400))

    finds({"acted_since": "2026-05-03"}, ada)
    finds({"not_acted_since": "2026-05-03"}, bell)
    finds({"not_acted_since": "2026-05-04"}, ada, bell)


def test_not_contacted_since_a_day_or_never():
    ada = person(1, last_contacted_at=MAY)
    bell = person(2, last_contacted_at=MAY - timedelta(days=60))
    cleo = person(3)

    finds({"not_contacted_since": "2026-05-03"}, bell, cleo)
    finds({"not_contacted_since": "2026-05-04"}, ada, bell, cleo)
    finds({"never_contacted": True}, cleo)
    finds({"never_contacted": False}, ada, bell, cleo)


@pytest.mark.parametrize(
    "criteria",
    [
        {"no_such_thing": [1]},
        {"took_part_in": 7},
        {"took_part_in": ["7"]},
        {"took_part_in": [True]},
        {"took_part_in": [2**40]},
        {"did": ["lottery"]},
        {"consents": {"updates": "perhaps"}},
        {"consents": {"lottery": "given"}},
        {"consents": ["updates"]},
        {"may_be_written_to": "lottery"},
        {"may_be_written_to": ["updates"]},
        {"countries": "GB"},
        {"countries": [""]},
        {"sources": ["a\0b"]},
        {"constituencies": [f"E{number:08}" for number in range(1001)]},
        {"came_from": "3 May"},
        {"came_from": None},
        {"came_from": "2026-05-04", "came_until": "2026-05-03"},
        {"never_contacted": "no"},
        ["updates"],
    ],
)
def test_what_is_not_understood_is_refused_and_never_left_out(criteria):
    for use in (validate, supporters_in, describe):
        with pytest.raises(WrongCriteria) as refusal:
            use(criteria)
        assert str(refusal.value).endswith(".")


def test_description_says_every_criterion_in_plain_words(petition):
    everything = {
        "took_part_in": [petition.pk],
        "not_took_part_in": [999_999],
        "did": ["signature"],
        "never_did": ["signature"],
        "consents": {"updates": "given", "taking_part": "never_asked"},
        "may_be_written_to": "updates",
        "constituencies": ["E14001172"],
        "countries": ["GB", "IE"],
        "languages": ["pl"],
        "sources": ["leaflet"],
        "came_from": "2026-05-03",
        "came_until": "2026-06-03",
        "acted_since": "2026-05-04",
        "not_acted_since": "2026-07-04",
        "not_contacted_since": "2026-05-05",
        "never_contacted": True,
    }
    assert set(everything) == {one.name for one in fields(Criteria)}

    words = describe(everything)

    for part in (
        petition.title, "a page that is gone (number 999999)", "who signed", "who never signed", "agreed to “Updates",
        "never answered about “Invitations", "may be written to about", "E14001172", "United Kingdom or Ireland",
        "Polski", "“leaflet”", "3 May 2026 or later", "3 June 2026 or before", "4 May 2026", "since 4 July 2026",
        "since 5 May 2026, or never", "have never been written to",
    ):  # fmt: skip
        assert part in words
    for name, value in everything.items():
        assert describe({name: value}) != "Everybody."
    assert describe({}) == "Everybody."


def test_count_says_how_many_may_be_written_to():
    ada, bell = person(1), person(2)
    answers(ada, "given")
    answers(bell, "given", "taking_part")

    count = count_people({})
    assert (count.people, count.may_be_written_to) == (2, 1)
    assert count_people({"may_be_written_to": "taking_part"}).may_be_written_to == 1


def test_asking_twice_for_taking_part_takes_one_query(petition, django_assert_num_queries):
    with django_assert_num_queries(1):
        supporters_in({"took_part_in": [petition.pk], "never_did": ["signature"]}).count()
