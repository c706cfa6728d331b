"""Mautic takes a false, or a blank, for permission: so nothing but true ever stands in its column."""

import csv
import io

import pytest

from tests.supporters.importers import Mautic
from tests.supporters.importers.mautic import OWN_ALIASES
from tests.supporters.preset_files import (
    EVERYBODY,
    NEVER_ASKED,
    SAID_NO,
    addresses,
    files_of,
    headings,
    person,
    read,
)


def moved(people, **there):
    target = Mautic(**there)
    target.follow_readme(files_of("mautic", people=people))
    return target


def test_the_headings_are_aliases_and_only_one_file_speaks_of_mail():
    files = files_of("mautic")

    assert headings(files["1-do-not-email"]) == ["email", "doNotEmail"]
    assert headings(files["2-contacts"]) == [
        "email",
        "firstname",
        "lastname",
        "phone",
        "zipcode",
        "country",
        "preferred_locale",
        "dateAdded",
        "tags",
        "supporter_id",
    ]
    assert set(headings(files["2-contacts"])) - OWN_ALIASES == {"supporter_id"}


def test_a_contact_as_mautic_wants_it():
    (cells,) = read(files_of("mautic", people=[person("ro@example.org", language="ro")])["2-contacts"])

    assert cells == {
        "email": "ro@example.org",
        "firstname": "Ada",
        "lastname": "Example",
        "phone": "+447700900123",
        "zipcode": "SW1A 1AA",
        "country": "United Kingdom",
        "preferred_locale": "ro_RO",
        "dateAdded": "2026-05-02 10:00:00",
        "tags": "Repeal the brothel-keeping law",
        "supporter_id": person("ro@example.org").external_id,
    }


def test_do_not_email_is_true_for_everybody_in_its_file():
    rows = read(files_of("mautic", people=EVERYBODY)["1-do-not-email"])

    assert {row["doNotEmail"] for row in rows} == {"true"}
    assert {row["email"].lower() for row in rows} == addresses([*SAID_NO, *NEVER_ASKED])


def test_a_blank_in_that_column_would_take_away_a_no():
    # The control for the file's shape: the mistake that the README warns of.
    target = Mautic(left=frozenset({"ada@example.org"}))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["email", "doNotEmail"], ["ada@example.org", ""]])
    target.import_contacts(text.getvalue())

    assert target.would_mail() == {"ada@example.org"}


@pytest.mark.parametrize("name", ["NULL", "Null", "null", "Ada NULL"])
def test_somebody_called_null_keeps_their_name(name):
    target = moved([person(name=name)])
    contact = target.contacts["ada@example.org"]

    assert contact["lastname" if " " in name else "firstname"].lower() == "null"


def test_tags_are_parted_by_pipes_and_none_takes_another_away():
    people = [person(took_part=("Rights | now", "-Repeal", "Plain"))]
    target = moved(people)
    assert target.tags["ada@example.org"] == {"Rights / now", "Repeal", "Plain"}

    target.follow_readme(files_of("mautic", people=people))
    assert target.tags["ada@example.org"] == {"Rights / now", "Repeal", "Plain"}


def test_a_blank_cell_overwrites_nothing_that_mautic_knows():
    target = moved([person()])
    target.follow_readme(files_of("mautic", people=[person(phone="", postcode="", name="")]))

    assert target.contacts["ada@example.org"]["phone"] == "+447700900123"
    assert target.contacts["ada@example.org"]["firstname"] == "Ada"


def test_long_names_fit_the_fields_of_mautic():
    contact = moved([person(name="é" * 80 + " " + "ñ" * 80)]).contacts["ada@example.org"]

    assert (contact["firstname"], contact["lastname"]) == ("é" * 64, "ñ" * 64)
