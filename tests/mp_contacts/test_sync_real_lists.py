"""The three dated lists of real members, where they are at hand: exactly what is known to have changed."""

import pytest

from mp_contacts.models import Constituency, Member
from mp_contacts.syncing.csv_lists import read_member_list
from mp_contacts.syncing.differences import Seats
from mp_contacts.syncing.records import SEAT_ALIASES, seat_key
from tests.mp_contacts.syncs import name_seats, take_over

pytestmark = pytest.mark.django_db

SEATS = "constituencies/pcon24.csv"
FIRST = "mps/open_innovations_current_mps_2024-11-14.csv"
SECOND = "mps/open_innovations_current_mps_2026-04-03.csv"
THIRD = "mps/dfe_mp_lookup_2026-06-27.csv"
MERGED = "mps/mps.csv"


def changed_members(report):
    return sorted(change["seat_name"] for change in report.get("new_member", []))


def test_three_lists_one_after_another_differ_by_what_is_known_to_have_changed(shared):
    files = [shared(name) for name in (SEATS, FIRST, SECOND, THIRD)]
    if all(files):
        seats, first, second, third = files
        name_seats(seats)

        report = take_over(first)
        assert len(report["new_member"]) == Member.objects.sitting().count() == 650

        report = take_over(second)
        assert changed_members(report) == ["Gorton and Denton", "Runcorn and Helsby"]
        assert len(report["party_change"]) == 18
        assert set(report) <= {"members", "new_member", "party_change", "new_name"}

        report = take_over(third)
        assert changed_members(report) == ["Aberdeen South", "Arbroath and Broughty Ferry", "Makerfield"]
        assert len(report["found_address"]) == 643  # of 646, three belong to those who are new
        assert not {"vacancy", "lost_address", "unmatched"} & set(report)

        assert Member.objects.sitting().count() == 650
        assert Member.objects.filter(constituency=None, left_on__isnull=False).count() == 5
        assert Member.objects.sitting().filter(email="").count() == 4


def test_the_same_list_again_is_no_difference_and_an_older_one_without_addresses_wipes_none(shared):
    files = [shared(name) for name in (SEATS, MERGED, SECOND)]
    if all(files):
        seats, merged, second = files
        name_seats(seats)
        take_over(merged)
        addresses = Member.objects.exclude(email="").count()
        assert addresses == 646

        assert take_over(merged) == {"members": 650}
        report = take_over(second)

        assert "lost_address" not in report
        assert Member.objects.exclude(email="").count() == addresses


@pytest.mark.parametrize("name", [FIRST, SECOND, THIRD, MERGED])
def test_every_seat_is_found_by_its_name_alone(name, shared):
    seats, path = shared(SEATS), shared(name)
    if seats and path:
        name_seats(seats)
        known = Seats(list(Constituency.objects.all()))
        for record in read_member_list(path):
            by_name = type(record)(name=record.name, party=record.party, seat_name=record.seat_name)
            assert known.of(by_name).code == record.seat


def test_every_alias_leads_to_a_seat_and_is_none_itself(shared):
    seats = shared(SEATS)
    if seats:
        name_seats(seats)
        names = {seat_key(seat.name) for seat in Constituency.objects.all()}
        assert set(SEAT_ALIASES.values()) <= names
        assert not set(SEAT_ALIASES) & names
