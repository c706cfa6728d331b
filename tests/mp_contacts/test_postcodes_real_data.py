"""The real releases, where they are at hand: every row gives back its seat."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from mp_contacts.models import Constituency
from mp_contacts.postcodes import seat_for

pytestmark = pytest.mark.django_db


def bring_in(path):
    out = StringIO()
    call_command("import_postcodes", str(path), stdout=out, stderr=out)
    return out.getvalue()


def live_rows(path, seat):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["pcds"]: row[seat] for row in csv.DictReader(file) if not row.get("doterm")}


def test_every_derived_postcode_gives_back_its_seat(shared):
    if path := shared("postcodes/gb_postcodes_pcon24_derived.csv"):
        said = bring_in(path)
        rows = live_rows(path, "pcon24cd")

        assert len(rows) == 37_768
        assert "37,768 rows read, 37,768 live, 0 terminated, 0 skipped, 0 in Northern Ireland." in said
        assert {postcode: seat_for(postcode) for postcode in rows} == rows


def test_every_live_row_of_the_extract_but_those_without_a_seat_gives_it_back(shared):
    if path := shared("postcodes/onspd_extract_2025-08.csv"):
        said = bring_in(path)
        rows = live_rows(path, "pcon")
        without = {postcode for postcode, seat in rows.items() if not seat or seat.endswith("99999999")}

        assert "8,048 rows read, 4,237 live, 3,811 terminated" in said
        assert without == {"JE2 4WD"}
        assert {postcode: seat_for(postcode) for postcode in rows} == rows | dict.fromkeys(without, "")


@pytest.mark.parametrize(("release", "ended"), [("v1", 100), ("v2", 3)])
def test_older_layouts_are_read(release, ended, tmp_path, shared):
    if path := shared(f"postcodes/onspd_format_2024-08{release}_sample.csv"):
        assert f"{ended} terminated" in bring_in(path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert not any(seat_for(row["pcds"]) for row in rows), "all that had a seat are ended"

        # The same rows as if none were ended: then their seats are to be found, in the columns of that layout.
        living = tmp_path / "living.csv"
        living.write_text(path.read_text(encoding="utf-8-sig").replace("doterm", "was_doterm", 1))
        bring_in(living)
        seats = {row["pcds"]: "" if row["pcon"].endswith("99999999") else row["pcon"] for row in rows}
        assert any(seats.values())
        assert {postcode: seat_for(postcode) for postcode in seats} == seats


@pytest.mark.parametrize("name", ["pcon24.csv", "mysociety_parliament_con_2025.csv"])
def test_all_seats_load(name, shared):
    if path := shared(f"constituencies/{name}"):
        call_command("import_constituencies", str(path), stdout=StringIO())
        countries = [Constituency.objects.filter(code__startswith=letter).count() for letter in "ESWN"]

        assert countries == [543, 57, 32, 18]


def test_names_can_be_brought_up_to_date_from_a_file_without_regions(shared):
    if (full := shared("constituencies/pcon24.csv")) and (names := shared("constituencies/ukparl2025_to_pcon24.csv")):
        out = StringIO()
        call_command("import_constituencies", str(full), stdout=StringIO())
        call_command("import_constituencies", str(names), stdout=out)

        assert out.getvalue() == "0 constituencies are new, 650 were known.\n"
