"""Which records look like one person, and why."""

import pytest

from home.models import User
from supporters.duplicates import CROWD, suggest_duplicates, suggestions_for
from supporters.models import DuplicateSuggestion, PairDecision, PairVerdict, Supporter
from supporters.services.merging import merge_supporters
from supporters.services.pairs import keep_apart
from tests.supporters.people import somebody

pytestmark = pytest.mark.django_db

ADA = {"name": "Ada Example", "postcode": "SW1A 1AA", "phone": "07700 900123", "constituency_code": "E14001530"}


@pytest.fixture
def ada():
    return somebody("ada@gmail.com", **ADA)


@pytest.fixture
def organiser():
    return User.objects.create_user("organiser@example.org", "a long password for tests")


def found():
    """What the nightly job finds, which must be what a person's own page finds."""
    suggest_duplicates()
    by_job = {(one.first_id, one.second_id): (one.score, one.reasons) for one in DuplicateSuggestion.objects.all()}
    by_page = {
        tuple(sorted([person.pk, other.other.pk])): (other.score, list(other.reasons))
        for person in Supporter.objects.filter(merged_into=None)
        for other in suggestions_for(person)
    }
    assert by_job == by_page
    return [reasons for _, reasons in sorted(by_job.values(), reverse=True)]


@pytest.mark.parametrize(
    ("address", "details", "reasons"),
    [
        ("a.d.a+news@googlemail.com", {}, ["mailbox"]),
        ("other@example.org", {"name": "ÁDA  example", "postcode": "sw1a1aa"}, ["name", "postcode"]),
        ("other@example.org", {"name": "Ada Example", "phone": "(07700) 900 123"}, ["phone", "name"]),
        ("other@example.org", {"phone": "07700900123", "postcode": "SW1A 1AA"}, ["phone", "postcode"]),
    ],
)
def test_suggested_with_reasons(ada, address, details, reasons):
    somebody(address, **details)

    assert found() == [reasons]


def test_everything_shared_is_named_and_added_up(ada):
    somebody("ada+again@gmail.com", **ADA)

    assert found() == [["mailbox", "phone", "name", "postcode", "constituency"]]
    assert DuplicateSuggestion.objects.get().score == 165


@pytest.mark.parametrize(
    ("address", "details"),
    [
        ("other@example.org", {"name": "Ada Example"}),
        ("other@example.org", {"name": "Ada Example", "postcode": "M1 1AE"}),
        ("other@example.org", {"phone": "07700 900123"}),
        ("other@example.org", {"postcode": "SW1A 1AA", "constituency_code": "E14001530"}),
        ("a.da@example.org", {}),
    ],
    ids=["name", "namesake elsewhere", "shared telephone", "neighbours", "dots elsewhere"],
)
def test_one_thing_alone_is_not_enough(ada, address, details):
    somebody("ada@example.org")
    somebody(address, **details)

    assert found() == []


@pytest.mark.parametrize("verdict", PairVerdict.values)
def test_a_decision_is_remembered(ada, organiser, verdict):
    other = somebody("ada+again@gmail.com", **ADA)
    assert len(found()) == 1
    keep_apart(one=ada, other=other, verdict=verdict, by=organiser)

    assert not DuplicateSuggestion.objects.exists()
    assert found() == []
    assert PairDecision.objects.get().verdict == verdict


def test_a_merged_record_is_not_suggested(ada, organiser):
    other = somebody("ada+again@gmail.com", **ADA)
    merge_supporters(kept=ada, lost=other, choices={}, by=organiser)

    assert found() == []


def test_what_is_no_longer_likely_is_taken_off_the_list(ada):
    other = somebody("ada+again@gmail.com")
    assert len(found()) == 1
    other.delete()

    assert found() == []


def test_a_mailbox_with_a_crowd_behind_it_is_nobodys_second_record():
    for number in range(CROWD + 1):
        somebody(f"group+{number}@example.org")
    suggest_duplicates()

    assert not DuplicateSuggestion.objects.exists()
