"""What one list changes: exactly what is different in it, and never what an organiser added."""

from datetime import date

import pytest
from django.utils import timezone

from mp_contacts.models import Constituency, Member, MemberSync
from mp_contacts.syncing.differences import Seats
from mp_contacts.syncing.records import MemberRecord, plain_address, seat_key
from mp_contacts.syncing.running import SyncFailed, SyncRefused
from tests.factories.mp_contacts import ConstituencyFactory, MemberFactory
from tests.mp_contacts.syncs import CODE, parliament_of, row, seats, take_over, write_list

pytestmark = pytest.mark.django_db

NUMBER = 20


@pytest.fixture
def ours():
    return parliament_of(NUMBER)


def rows(**changed):
    """A list that agrees with ours, but for the rows named ``_3={...}``; None leaves one out."""
    listed = []
    for index in range(1, NUMBER + 1):
        changes = changed.get(f"_{index}", {})
        if changes is not None:
            listed.append(row(index, **changes))
    return listed


def test_a_list_that_agrees_changes_nothing(ours, tmp_path):
    before = list(Member.objects.values())

    assert take_over(write_list(tmp_path, rows())) == {"members": NUMBER}
    assert list(Member.objects.values()) == before
    assert MemberSync.objects.get().state == MemberSync.State.DONE


def test_somebody_new_takes_the_seat_and_whoever_left_keeps_the_record(ours, tmp_path):
    Member.objects.filter(parliament_id=3).update(note="Ask about the visit.", own_email="jo@office.example")
    new = {"member_id": "900", "name": "Dr Bo Fresh", "email": "bo@parliament.example"}

    report = take_over(write_list(tmp_path, rows(_3=new)))

    assert report["new_member"] == [
        {"seat": CODE(3), "seat_name": "Seat 3", "who": "Dr Bo Fresh", "before": "Jo Example3", "after": "Dr Bo Fresh"}
    ]
    assert set(report) == {"members", "new_member"}
    assert Constituency.objects.get(pk=CODE(3)).member.parliament_id == 900
    left = Member.objects.get(parliament_id=3)
    assert (left.constituency, left.left_on) == (None, timezone.localdate())
    assert (left.note, left.own_email) == ("Ask about the visit.", "jo@office.example")


def test_seat_that_nobody_is_listed_for_is_vacant(ours, tmp_path):
    for listed in (rows(_3=None), rows(_3={"name": "Vacant", "member_id": "", "party": "", "email": ""})):
        Member.objects.filter(parliament_id=3).update(constituency=CODE(3), left_on=None)
        report = take_over(write_list(tmp_path, listed))

        assert [change["seat_name"] for change in report["vacancy"]] == ["Seat 3"]
        assert not Member.objects.filter(constituency=CODE(3)).exists()


def test_two_members_who_change_seats_are_the_same_people(ours, tmp_path):
    swapped = rows(_1=row(2) | {"pcon24cd": CODE(1)}, _2=row(1) | {"pcon24cd": CODE(2)})

    report = take_over(write_list(tmp_path, swapped), force=True)

    assert len(report["new_member"]) == 2
    assert "vacancy" not in report
    assert Member.objects.get(parliament_id=1).constituency_id == CODE(2)
    assert Member.objects.get(parliament_id=2).constituency_id == CODE(1)
    assert Member.objects.filter(left_on__isnull=False).count() == 0


def test_somebody_who_comes_back_gets_the_old_record(ours, tmp_path):
    MemberFactory(parliament_id=900, name="Bo Fresh", constituency=None, left_on=date(2024, 5, 30), note="Kind.")

    take_over(write_list(tmp_path, rows(_3={"member_id": "900", "name": "Bo Fresh"})))

    back = Member.objects.get(parliament_id=900)
    assert (back.constituency_id, back.left_on, back.note) == (CODE(3), None, "Kind.")


def test_party_name_and_address_are_told_apart(ours, tmp_path):
    changes = {
        "_1": {"party": "Night Party"},
        "_2": {"name": "Jo Newname"},
        "_3": {"email": ""},
        "_4": {"email": "other@parliament.example"},
        "_5": {"email": "MEMBER5@Parliament.example"},
    }
    report = take_over(write_list(tmp_path, rows(**changes)))

    assert {kind: [change["seat"] for change in found] for kind, found in report.items() if kind != "members"} == {
        "party_change": [CODE(1)],
        "new_name": [CODE(2)],
        "lost_address": [CODE(3)],
        "changed_address": [CODE(4)],
    }
    assert Member.objects.get(parliament_id=2).sort_name == "Newname, Jo"
    assert Member.objects.get(parliament_id=3).email == ""
    assert Member.objects.get(parliament_id=5).email == "member5@parliament.example"


def test_list_without_addresses_wipes_none(ours, tmp_path):
    without = [{name: value for name, value in one.items() if name != "email"} for one in rows()]

    assert take_over(write_list(tmp_path, without), force=True) == {"members": NUMBER}
    assert Member.objects.exclude(email="").count() == NUMBER


def test_what_an_organiser_added_survives_even_a_forced_sync(ours, tmp_path):
    added = {
        "own_email": "mine@office.example",
        "is_opted_out": True,
        "opt_out_reason": "Asked in March.",
        "note": "Writes back.",
    }
    Member.objects.update(**added)
    new = [row(index, email=f"new{index}@parliament.example", party="Night Party") for index in range(1, NUMBER + 1)]

    take_over(write_list(tmp_path, new), force=True)

    assert Member.objects.filter(**added, party="Night Party").count() == NUMBER


def test_failing_mark_goes_with_the_address_that_failed_and_not_before(ours, tmp_path):
    Member.objects.update(failing_since=timezone.now(), failure="No such mailbox.")
    Member.objects.filter(parliament_id=3).update(own_email="mine@office.example")
    changed = {f"_{index}": {"email": f"new{index}@parliament.example", "party": "Night"} for index in (2, 3)}

    take_over(write_list(tmp_path, rows(_1={"party": "Night"}, **changed)))

    sound = Member.objects.filter(failing_since=None)
    assert [member.parliament_id for member in sound] == [2]
    assert sound[0].failure == ""


def test_labour_and_co_operative_members_are_of_one_party(ours, tmp_path):
    Member.objects.filter(parliament_id=1).update(party="Labour")

    assert "party_change" not in take_over(write_list(tmp_path, rows(_1={"party": "Labour (Co-op)"})))


@pytest.mark.parametrize("taken", [2, 3])
@pytest.mark.parametrize(
    "change", [None, {"email": ""}, {"email": "x@y.example"}, {"member_id": "90{}", "name": "A B"}]
)
def test_more_than_a_tenth_is_refused_without_force(ours, tmp_path, change, taken):
    changed = {
        f"_{index}": change and {name: text.format(index) for name, text in change.items()}
        for index in range(1, taken + 1)
    }
    path, before = write_list(tmp_path, rows(**changed)), list(Member.objects.order_by("pk").values())
    if taken == 2:  # exactly a tenth
        take_over(path)
        assert MemberSync.objects.get().state == MemberSync.State.DONE
        return

    with pytest.raises(SyncRefused, match="more than a tenth") as refusal:
        take_over(path)

    assert list(Member.objects.order_by("pk").values()) == before
    sync = MemberSync.objects.get()
    assert (sync.state, sync.report, sync.people) == (MemberSync.State.REFUSED, refusal.value.report, [])
    assert "more than a tenth" in sync.trouble

    take_over(path, force=True)
    assert MemberSync.objects.first().is_forced
    assert list(Member.objects.order_by("pk").values()) != before


def test_first_list_of_all_takes_nothing_away(tmp_path):
    seats(NUMBER)

    assert len(take_over(write_list(tmp_path, rows()))["new_member"]) == NUMBER


def test_seat_we_do_not_know_is_reported_and_never_guessed(ours, tmp_path):
    report = take_over(write_list(tmp_path, [*rows(), row(77, name="Li Elsewhere")]))

    assert [change["who"] for change in report["unmatched"]] == ["Li Elsewhere"]
    assert not Member.objects.filter(name="Li Elsewhere").exists()


def test_member_of_ours_whose_seat_is_misspelt_has_not_left(ours, tmp_path):
    listed = [{**one, "pcon24nm": f"Seat {one['member_id']}"} for one in rows()]
    for one in listed:
        del one["pcon24cd"]
    listed[2]["pcon24nm"] = "Seat the third"

    report = take_over(write_list(tmp_path, listed))

    assert [change["seat_name"] for change in report["unmatched"]] == ["Seat the third"]
    assert set(report) == {"members", "unmatched"}
    assert Member.objects.get(parliament_id=3).constituency_id == CODE(3)


@pytest.mark.parametrize(
    ("listed", "sentence"),
    [
        (lambda: [*rows(), row(1, member_id="900", name="Li Second")], "Two members are listed for Seat 1"),
        (lambda: [*rows(), row(2, member_id="1", pcon24cd=CODE(50))], "stands in this list twice"),
        (lambda: [row(index + 500) for index in range(3)], "None of the constituencies"),
        (lambda: rows(_4={"member_id": "four"}), "Row 5: Parliament's number"),
        (lambda: rows(_4={"party": ""}), "Row 5: A member has a name and a party"),
        (lambda: [{"a": "1", "b": "2"}], "no column with names of members"),
    ],
)
def test_list_that_contradicts_itself_changes_nothing(ours, tmp_path, listed, sentence):
    before = list(Member.objects.values())

    with pytest.raises(SyncFailed, match=sentence):
        take_over(write_list(tmp_path, listed()), force=True)

    assert list(Member.objects.values()) == before
    assert MemberSync.objects.get().state == MemberSync.State.FAILED


def test_real_list_leaves_invented_seats_alone_and_the_other_way_round(ours, tmp_path):
    invented = [MemberFactory(parliament_id=None) for _ in range(5)]

    assert take_over(write_list(tmp_path, rows())) == {"members": NUMBER}
    of_invented = [
        {"code": member.constituency_id, "name": member.name, "party": member.party, "email": member.email}
        for member in invented
    ]
    assert take_over(write_list(tmp_path, of_invented)) == {"members": 5}
    assert Member.objects.sitting().count() == NUMBER + 5


def test_parliaments_number_of_a_seat_counts_more_than_its_name():
    renamed = ConstituencyFactory(code=CODE(1), name="Old Name", parliament_id=4001)
    named_like_it = ConstituencyFactory(code=CODE(2), name="New Name")
    twins = [ConstituencyFactory(code=CODE(index), name="Twin & Twin") for index in (3, 4)]
    known = Seats([renamed, named_like_it, *twins])

    def find(**seat):
        return known.of(MemberRecord(name="Jo Example", party="Garden Party", **seat))

    assert find(seat_name="New Name", seat_parliament_id=4001) == renamed
    assert find(seat_name="new  NAME", seat_parliament_id=4002) == named_like_it
    assert find(seat_name="Old Name", seat_parliament_id=4003) is None
    assert find(seat_name="Twin and Twin") is None
    assert find(seat_name="") is None
    assert find(seat="E14000001", seat_name="New Name") is None


def test_spellings_of_one_seat_are_one():
    assert seat_key("Montgomeryshire and Glyndŵr") == seat_key("MONTGOMERYSHIRE & Glyndwr")
    assert seat_key("Bridlington and The Wolds") == seat_key("Bridlington and the Wolds")
    assert seat_key("Ynys Môn") == "ynys mon"
    assert seat_key("St Ives") != seat_key("St Albans")


def test_no_email_found_is_no_address():
    assert plain_address("No email found") == plain_address(None) == ""
    assert plain_address(" o'neill.mp@parliament.uk ") == "o'neill.mp@parliament.uk"
