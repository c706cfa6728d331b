"""What single cells of a list come to."""

import pytest

from tests.supporters.import_files import (
    applied,
    found,
    messages,
)

pytestmark = pytest.mark.django_db


def test_bad_cell_is_reported_and_the_rest_of_the_row_taken():
    job = applied(
        [["email", "name", "phone", "postcode", "country"], ["ana@example.org", "Ana", "88", "nowhere", "Atlantis"]]
    )

    assert found("ana@example.org").name == "Ana"
    assert {column for _, column, _ in messages(job)} == {"phone", "postcode", "country"}
    assert not any("88" in message or "Atlantis" in message or "nowhere" in message for _, _, message in messages(job))


def test_postcode_from_abroad_is_taken_as_it_is():
    applied([["email", "postcode", "country"], ["ana@example.org", "010101", "Romania"]])

    assert (found("ana@example.org").postcode, found("ana@example.org").country) == ("010101", "RO")


def test_guard_of_a_spreadsheet_is_taken_off():
    applied([["email", "name"], ["ana@example.org", "'-Ana"]])

    assert found("ana@example.org").name == "-Ana"


def test_attributes_of_listmonk_fill_what_has_no_column():
    applied([["email", "name", "attributes"], ["ana@example.org", "Supporter", '{"country": "GB", "language": "cy"}']])

    ana = found("ana@example.org")
    assert (ana.name, ana.country, ana.language) == ("", "GB", "cy")
