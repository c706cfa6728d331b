"""`import_constituencies` and `find_constituency`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mp_contacts.models import Constituency
from mp_contacts.postcodes import store_directory
from supporters.seats import seat_name
from tests.factories.mp_contacts import ConstituencyFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring_in(tmp_path):
    def run(text):
        path, out = tmp_path / "seats.csv", StringIO()
        path.write_text(text, encoding="utf-8-sig")
        call_command("import_constituencies", str(path), stdout=out)
        return out.getvalue()

    return run


def find(*postcodes):
    out = StringIO()
    call_command("find_constituency", *postcodes, stdout=out)
    return out.getvalue()


def test_seats_are_added_with_their_region_and_country(bring_in):
    said = bring_in(
        "pcon24cd,name,name_cy,country,region\n"
        "E14001530,Harrowmere,,England,North West\n"
        "W07000081,Aberfan,Aber-fan,Wales,Wales\n"
    )

    assert said == "2 constituencies are new, 0 were known.\n"
    assert list(Constituency.objects.order_by("code").values_list("code", "name", "name_cy", "country", "region")) == [
        ("E14001530", "Harrowmere", "", "england", "north_west"),
        ("W07000081", "Aberfan", "Aber-fan", "wales", "wales"),
    ]
    assert seat_name("E14001530") == "Harrowmere"


@pytest.mark.parametrize("heading", ["PCON24CD,PCON24NM", "pcon25cd,pcon25nm", "gss_code,name", "Code,Name"])
def test_columns_are_found_by_any_of_their_names(bring_in, heading):
    bring_in(f"{heading}\nS14000021,Strathmere\nN05000001,Lagan Quay\n")

    assert dict(Constituency.objects.values_list("code", "region")) == {
        "S14000021": "scotland",
        "N05000001": "northern_ireland",
    }


def test_a_file_without_regions_renames_and_leaves_the_region(bring_in):
    ConstituencyFactory(code="E14001530", name="Old", name_cy="Hen", region="london")
    bring_in("PCON24CD,PCON24NM\nE14001530,New\n")

    seat = Constituency.objects.get()
    assert (seat.name, seat.name_cy, seat.region) == ("New", "Hen", "london")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("PCON24CD,PCON24NM\nE14001530,Harrowmere\n", "does not say in which region"),
        ("code,name,region\nE14001530,Harrowmere,Wales\n", "'Wales' is no region of England"),
        ("code,name\nHarrowmere,E14001530\n", "no code of a constituency"),
        ("code,name\nS14000021,\n", "needs a name"),
        ("code,name\nS14000021,A\nS14000021,B\n", "twice"),
        ("code,name\nS14000021\n", "1 cells where 2"),
        ("code,name\n", "There is no constituency"),
        ("name\nHarrowmere\n", "no column with codes"),
        ("code\nS14000021\n", "no column with names"),
        ('code,name\nS14000021,"A\n', "not a CSV file"),
    ],
)
def test_a_wrong_file_is_refused_whole(bring_in, text, trouble):
    with pytest.raises(CommandError, match=trouble):
        bring_in(text)
    assert not Constituency.objects.exists()


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_constituencies", str(tmp_path / "none.csv"))


def test_the_seat_of_each_postcode_and_its_member_are_printed():
    held = MemberFactory(
        name="Jo Example", constituency__code="X00000001", constituency__name="Harrowmere"
    ).constituency
    vacant = ConstituencyFactory(code="X00000002", name="Lantern Quay")
    store_directory(edition="demo", pairs=[("ZA1 1AA", held.code), ("ZA2 2BB", vacant.code), ("ZA3 3DD", "E14001530")])

    assert find("za11aa", "ZA2 2BB", "ZA3 3DD").splitlines() == [
        "X00000001\tHarrowmere\tJo Example",
        "X00000002\tLantern Quay\tvacant",
        "E14001530\t(not among the constituencies here)\t",
    ]


@pytest.mark.parametrize(
    ("postcode", "why"),
    [
        ("ZA1", "is not a full British postcode"),
        ("BT1 1AA", "is in Northern Ireland"),
        ("JE2 4WD", "elects nobody"),
        ("BF1 0AA", "overseas"),
        ("ZA9 9ZZ", "is not in the directory"),
    ],
)
def test_an_unknown_postcode_fails_in_words(postcode, why):
    store_directory(edition="demo", pairs=[("ZA1 1AA", "X00000001")])

    with pytest.raises(CommandError, match=f"^{postcode} .*{why}"):
        find("ZA1 1AA", postcode)


def test_it_is_said_that_there_is_no_directory():
    with pytest.raises(CommandError, match="import_postcodes"):
        find("ZA1 1AA")
