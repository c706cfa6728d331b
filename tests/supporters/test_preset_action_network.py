"""Action Network takes explicit opt-ins alone, and unsubscribes by address."""

from tests.supporters.importers import ActionNetwork
from tests.supporters.preset_files import (
    AGREED,
    EVERYBODY,
    NEVER_ASKED,
    SAID_NO,
    addresses,
    files_of,
    headings,
    person,
    read,
)


def uploaded(row):
    (cells,) = read(files_of("action-network", people=[row])["2-upload"])
    return cells


def test_the_first_headings_are_its_own_field_names():
    files = files_of("action-network")

    assert headings(files["1-unsubscribe"]) == ["email"]
    assert headings(files["2-upload"])[:5] == ["email", "first name", "last name", "ZIP/postal code", "country"]


def test_a_person_as_action_network_wants_them():
    assert uploaded(person("ada@example.org", taking_part="given")) == {
        "email": "ada@example.org",
        "first name": "Ada",
        "last name": "Example",
        "ZIP/postal code": "SW1A 1AA",
        "country": "GB",
        "telephone": "+447700900123",
        "supporter id": person("ada@example.org").external_id,
        "preferred language": "en",
        "constituency": "E14001172",
        "first came by": "newsletter-may",
        "took part in": "Agreed to invitations; Repeal the brothel-keeping law",
        "agreed to updates on": "2026-05-03",
        "agreed to wording": "updates, version 3 (en), Example Campaign",
    }


def test_only_explicit_opt_ins_are_uploaded():
    files = files_of("action-network", people=EVERYBODY)

    assert {row["email"].lower() for row in read(files["2-upload"])} == addresses(AGREED)
    assert {row["email"].lower() for row in read(files["1-unsubscribe"])} == addresses([*SAID_NO, *NEVER_ASKED])


def test_every_row_of_the_upload_says_when_and_to_what_they_agreed():
    for row in read(files_of("action-network", people=EVERYBODY)["2-upload"]):
        assert row["agreed to updates on"] == "2026-05-03"
        assert row["agreed to wording"]


def test_no_column_reaches_the_list_of_mobile_numbers():
    # It matches people by mobile number as well, so two who share one would be taken for one person.
    assert "mobile number" not in headings(files_of("action-network")["2-upload"])


def test_unsubscribing_adds_nobody_who_was_not_there():
    target = ActionNetwork()
    target.follow_readme(files_of("action-network", people=SAID_NO))

    assert target.subscribed == {}


def test_the_mistake_that_the_readme_warns_of_would_subscribe_everybody():
    target = ActionNetwork()
    target.upload(files_of("action-network", people=SAID_NO)["1-unsubscribe"])

    assert target.would_mail() == addresses(SAID_NO)


def test_a_name_of_one_word_is_a_first_name():
    cells = uploaded(person(name="Cher"))

    assert (cells["first name"], cells["last name"]) == ("Cher", "")
