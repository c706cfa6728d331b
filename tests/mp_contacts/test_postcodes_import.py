"""`import_postcodes`: any release, in any layout; and what is wrong with a file said in one line."""

import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mp_contacts.models import PostcodeDirectory
from mp_contacts.postcodes import seat_for, store_directory
from tests.factories.mp_contacts import ConstituencyFactory

SEAT, OTHER = "E14001530", "E14001172"
RELEASE = f"""pcds,doterm,ctry,pcon
ZA1 1AA,,E92000001,{SEAT}
ZA1 1AB,202001,E92000001,{SEAT}
ZA1 1AD,,E92000001,
ZA1 1AE,,E92000001,E99999999
JE2 4WD,,L93000001,L99999999
IM1 1AG,,M83000003,M99999999
BT1 1AA,,N92000002,N05000001
GIR 0AA,,E92000001,{OTHER}
nonsense,,E92000001,{SEAT}
"""

pytestmark = pytest.mark.django_db


def bring_in(path, **options):
    out = StringIO()
    call_command("import_postcodes", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(text=RELEASE, name="ONSPD_MAY_2026_UK.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def test_live_postcodes_with_a_seat_are_taken_and_the_rest_is_counted(file):
    said = bring_in(file())

    assert "9 rows read, 8 live, 1 terminated, 5 skipped, 1 in Northern Ireland." in said
    assert "4 skipped: no constituency" in said
    assert "1 skipped: not a postcode" in said
    assert "2 of these are in Jersey, Guernsey or the Isle of Man" in said
    assert "not under the Open Government Licence" in said
    known = {"ZA1 1AA": SEAT, "BT1 1AA": "N05000001", "GIR 0AA": OTHER}
    others = dict.fromkeys(["ZA1 1AB", "ZA1 1AD", "ZA1 1AE", "JE2 4WD", "IM1 1AG"], "")
    assert {postcode: seat_for(postcode) for postcode in known | others} == known | others
    stored = PostcodeDirectory.objects.get()
    assert (stored.edition, stored.postcodes) == ("ONSPD_MAY_2026_UK", 3)


def test_a_dry_run_counts_and_changes_nothing(file):
    assert "Nothing was changed." in bring_in(file(), dry_run=True)
    assert not PostcodeDirectory.objects.exists()


def test_the_edition_can_be_named(file):
    bring_in(file(), edition="May 2026")

    assert PostcodeDirectory.objects.get().edition == "May 2026"


@pytest.mark.parametrize("postcode", ["pcd", "pcd7", "PCD8", "pcds", "Postcode"])
@pytest.mark.parametrize("seat", ["pcon", "pcon24", "PCON25CD", "pcon24cd"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_columns_are_found_by_any_of_their_names(file, postcode, seat, mark):
    bring_in(file(f'{mark}"lat","{seat}","doterm","{postcode}"\r\n51.5,"{SEAT}","","ZA1 1AA"\r\n'))

    assert seat_for("ZA1 1AA") == SEAT


def test_of_two_years_the_later_is_taken(file):
    bring_in(file(f"pcds,pcon10cd,pcon24cd,pcon19cd\nZA1 1AA,E14000001,{SEAT},E14000002\n"))

    assert seat_for("ZA1 1AA") == SEAT


def test_where_no_column_says_when_postcodes_ended_all_are_live(file):
    assert "1 rows read, 1 live, 0 terminated" in bring_in(file(f"pcds,pcon\nZA1 1AA,{SEAT}\n"))


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("pcds,doterm\nZA1 1AA,\n", "no column with constituencies"),
        (f"pcon,doterm\n{SEAT},\n", "no column with postcodes"),
        ("", "no column with postcodes"),
        ("pcds,pcon\nZA1 1AA,E99999999\n", "0 postcodes, and the current one 1"),
        (f"pcds,pcon\nZA1 1AA,{SEAT}\nZA1 1AB\n", "line 3: 1 cells where 2 were expected"),
        (f'pcds,pcon\nZA1 1AA,"{SEAT}\n', "not a CSV file"),
        (f"pcds,pcon\nZA1 1AA,{SEAT}\nZA1 1AA,{OTHER}\n", f"both in {SEAT} and in {OTHER}"),
        (b"pcds,pcon\n\xff\xfe,\x00\n", "not text in UTF-8"),
        (b"PK\x03\x04 and then nothing", "no column with postcodes"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line_and_the_old_edition_serves(file, text, trouble):
    store_directory(edition="old", pairs=[("ZA9 9ZZ", OTHER)])

    with pytest.raises(CommandError, match=trouble) as refused:
        bring_in(file(text))
    assert "\n" not in str(refused.value)
    assert seat_for("ZA9 9ZZ") == OTHER
    assert PostcodeDirectory.objects.count() == 1


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        bring_in(tmp_path / "none.csv")


def test_much_less_than_the_current_edition_needs_force(file):
    store_directory(edition="old", pairs=[(f"ZA1 {digit}AA", SEAT) for digit in range(9)])

    with pytest.raises(CommandError, match="Add --force"):
        bring_in(file())
    bring_in(file(), force=True)
    assert seat_for("GIR 0AA") == OTHER


def test_a_file_without_a_live_seat_says_so(file):
    said = bring_in(file("pcds,doterm,pcon\nIM1 1AD,,M99999999\n"))

    assert "There is no live postcode with a constituency in this file." in said
    assert seat_for("IM1 1AD") == ""


def test_seats_that_are_not_known_are_said(file):
    ConstituencyFactory(code=SEAT)

    assert f"2 of these constituencies are not known here, such as {OTHER}" in bring_in(file())


def pack(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_the_zip_is_read_as_it_was_downloaded(tmp_path):
    members = {
        "Documents/Constituency names and codes UK.csv": "code,name\n",
        "Data/ONSPD_MAY_2026_UK.csv": RELEASE,
        "Data/multi_csv/ONSPD_MAY_2026_UK_ZA.csv": "not read,at all\n",
        "User Guide/guide.pdf": "",
    }
    said = bring_in(pack(tmp_path / "ONSPD_MAY_2026.zip", **members))

    assert "9 rows read" in said
    assert seat_for("ZA1 1AA") == SEAT


def test_a_zip_with_a_file_an_area_is_read_whole(tmp_path):
    members = {
        "Data/multi_csv/NSPL_MAY_2026_UK_ZA.csv": f"pcd,doterm,pcon\nZA1 1AA,,{SEAT}\n",
        "Data/multi_csv/NSPL_MAY_2026_UK_ZB.csv": f"pcon,pcd,doterm\n{OTHER},ZB1 1AA,\n",
    }
    bring_in(pack(tmp_path / "NSPL.zip", **members))

    assert (seat_for("ZA1 1AA"), seat_for("ZB1 1AA")) == (SEAT, OTHER)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_zip_that_was_cut_off_is_refused(tmp_path, cut):
    whole = pack(tmp_path / "whole.zip", **{"Data/ONSPD_UK.csv": RELEASE}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: int(cut * len(whole))])

    with pytest.raises(CommandError, match="ZIP file cannot be read"):
        bring_in(tmp_path / "cut.zip")


def test_a_zip_with_a_spoilt_member_is_refused(tmp_path):
    path = tmp_path / "ONSPD.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("Data/ONSPD_UK.csv", RELEASE)
    path.write_bytes(path.read_bytes().replace(b"ZA1 1AA", b"ZA1 1AX", 1))

    with pytest.raises(CommandError, match="ZIP file cannot be read"):
        bring_in(path)
    assert not PostcodeDirectory.objects.exists()


@pytest.mark.parametrize(
    ("members", "trouble"),
    [
        ({"Documents/read me.txt": ""}, "There is no Data/"),
        ({"Data/A_UK.csv": "", "Data/B_UK.csv": ""}, "more than one"),
    ],
)
def test_a_zip_that_is_no_release_is_refused(tmp_path, members, trouble):
    with pytest.raises(CommandError, match=trouble):
        bring_in(pack(tmp_path / "some.zip", **members))
