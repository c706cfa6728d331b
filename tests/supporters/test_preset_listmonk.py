"""listmonk takes three columns, a mode for a whole file, and makes up what it is not told."""

import csv
import io
import json

from tests.supporters.importers import Listmonk
from tests.supporters.preset_files import (
    AGREED,
    EVERYBODY,
    NEVER_ASKED,
    SAID_NO,
    addresses,
    consent,
    files_of,
    headings,
    person,
    read,
)


def moved(people, **there):
    target = Listmonk(**there)
    target.follow_readme(files_of("listmonk", people=people))
    return target


def subscriber(row):
    return moved([row]).subscribers[row.email.lower()]


def test_the_headings_are_exactly_the_three_it_reads():
    for text in files_of("listmonk", people=EVERYBODY).values():
        assert headings(text) == ["email", "name", "attributes"]


def test_no_row_is_skipped_and_no_attribute_dropped():
    target = moved(EVERYBODY)

    assert target.subscribers.keys() == addresses(EVERYBODY)
    assert target.dropped_attributes == []


def test_no_name_is_ever_made_out_of_an_address():
    people = [*EVERYBODY, person("maria.secret@example.org", name=" \t"), person("x.y@example.org", name="=")]
    target = moved(people)

    assert target.invented_names == []
    assert target.subscribers["maria.secret@example.org"]["name"] == "Supporter"
    assert target.subscribers["x.y@example.org"]["name"] == "Supporter"


def test_attributes_say_what_is_known_and_when_they_agreed():
    row = person("ada@example.org", taking_part="withdrawn")

    assert subscriber(row)["attributes"] == {
        "external_id": row.external_id,
        "language": "en",
        "country": "GB",
        "constituency": "E14001172",
        "source": "newsletter-may",
        "tags": ["Repeal the brothel-keeping law"],
        "consents": {
            "updates": {
                "given_at": "2026-05-03T10:00:00Z",
                "version": 3,
                "language": "en",
                "controller": "Example Campaign",
            }
        },
    }


def test_quotes_accents_and_commas_come_through_the_json_in_the_cell():
    row = person(source='a,"b"', took_part=("Deiseb, “nawr”", 'Spune "nu", ștearsă'))

    attributes = subscriber(row)["attributes"]

    assert attributes["source"] == 'a,"b"'
    assert attributes["tags"] == ["Deiseb, “nawr”", 'Spune "nu", ștearsă']


def test_the_cell_is_one_line_of_readable_json():
    (row,) = read(files_of("listmonk", people=[person(name="Ș", took_part=("Ștergeți\nlegea",))])["2-subscribe"])

    assert "\n" not in row["attributes"]
    assert "Ștergeți legea" in row["attributes"]
    assert isinstance(json.loads(row["attributes"]), dict)


def test_the_blocklist_holds_everybody_who_did_not_agree_and_nothing_about_them():
    rows = read(files_of("listmonk", people=EVERYBODY)["1-blocklist"])

    assert {row["email"].lower() for row in rows} == addresses([*SAID_NO, *NEVER_ASKED])
    assert {(row["name"], row["attributes"]) for row in rows} == {("Supporter", "{}")}


def test_who_was_blocked_stays_blocked_when_the_order_is_turned_round():
    files = files_of("listmonk", people=EVERYBODY)
    target = Listmonk()
    target.import_file(files["2-subscribe"], mode="subscribe")
    target.import_file(files["1-blocklist"], mode="blocklist")

    assert target.would_mail() == addresses(AGREED)


def test_only_consents_that_stand_are_attributes():
    row = person(consents={"updates": consent(), "taking_part": consent("withdrawn")})

    assert subscriber(row)["attributes"]["consents"].keys() == {"updates"}


def test_what_other_presets_hold_back_is_in_no_attribute():
    # One cell cannot be kept from those who may see half of it.
    text = files_of("listmonk", people=[person()])["2-subscribe"]

    assert "7700 900" not in text
    assert "7700900" not in text
    assert "SW1A" not in text


def test_it_would_refuse_a_file_with_a_byte_order_mark():
    # Go's reader takes a mark in front of a quote for a quote in the middle of a cell: machine mode writes none.
    (line, *_rest) = files_of("listmonk")["1-blocklist"].splitlines()
    assert line == '"email","name","attributes"'

    first = next(csv.reader(io.StringIO("\ufeff" + line)))
    assert first[0] != "email"
