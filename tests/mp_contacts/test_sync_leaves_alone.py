"""What a sync leaves alone, and whom it tells: stances, what is written meanwhile, and the copies of pages."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from mp_contacts.models import Member, Position, Stance
from mp_contacts.syncing.csv_lists import read_member_list
from mp_contacts.syncing.differences import find_differences
from mp_contacts.syncing.running import SyncRefused
from mp_contacts.syncing.writing import write_differences
from supporters.page_notices import PURGE
from tests.factories.petitions import CampaignPageFactory
from tests.mp_contacts.syncs import parliament_of, row, take_over, write_list

pytestmark = pytest.mark.django_db

NUMBER = 4
ANOTHER = {"party": "Night Party", "email": "new@parliament.example", "name": "Jo Newname"}


@pytest.fixture
def notices():
    """What PostgreSQL's listeners are told meanwhile."""
    sent = []

    def look(execute, sql, params, many, context):
        if "pg_notify" in sql:
            sent.append(params[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield sent


def rows(**of_first):
    return [row(1, **of_first), *[row(index) for index in range(2, NUMBER + 1)]]


def test_where_a_member_stands_outlives_every_sync_and_goes_to_no_successor(tmp_path):
    first, second, *_ = parliament_of(NUMBER)
    for member in (first, second):
        Position.objects.create(
            member=member,
            campaign=CampaignPageFactory(),
            stance=Stance.CHAMPION,
            source="Hansard, 3 March 2026",
            said_on=date(2026, 3, 3),
        )
    before = list(Position.objects.values())
    listed = [row(1, **ANOTHER), row(2, member_id="900", name="Bo Fresh"), row(3), row(4)]

    take_over(write_list(tmp_path, listed), force=True)

    assert list(Position.objects.values()) == before
    assert Member.objects.get(parliament_id=2).constituency is None
    assert not Member.objects.get(parliament_id=900).positions.exists()


def test_what_comes_back_while_a_sync_writes_is_not_undone(tmp_path):
    parliament_of(NUMBER)
    found = find_differences(read_member_list(write_list(tmp_path, rows(party="Night Party"))))
    meanwhile = {"failing_since": timezone.now(), "failure": "No such mailbox.", "own_email": "mine@office.example"}
    Member.objects.filter(parliament_id=1).update(**meanwhile)

    write_differences(found)

    assert Member.objects.filter(parliament_id=1, party="Night Party", **meanwhile).exists()


@pytest.mark.parametrize(
    "change", [{"party": "Night Party"}, {"name": "Jo Newname"}, {"member_id": "900", "name": "Bo Fresh"}]
)
def test_pages_that_say_who_sits_where_are_made_anew(tmp_path, notices, change):
    parliament_of(NUMBER)

    take_over(write_list(tmp_path, rows(**change)), force=True)

    assert notices == [PURGE]


def test_a_night_without_a_difference_and_one_that_is_refused_purge_nothing(tmp_path, notices):
    parliament_of(NUMBER)

    take_over(write_list(tmp_path, rows()))
    with pytest.raises(SyncRefused):
        take_over(write_list(tmp_path, rows()[:2]))

    assert notices == []
