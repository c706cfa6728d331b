"""NationBuilder takes Y and N, and a Y must never overwrite an N."""

from tests.supporters.importers import NationBuilder
from tests.supporters.importers.nationbuilder import FIELDS, NEVER_SENT
from tests.supporters.preset_files import AGREED, EVERYBODY, SAID_NO, addresses, files_of, headings, person, read


def opted_in(row):
    (cells,) = read(files_of("nationbuilder", people=[row])["2-opted-in"])
    return cells


def test_the_headings_are_fields_that_an_import_has():
    files = files_of("nationbuilder")

    assert headings(files["1-opted-out"]) == ["email", "email_opt_in", "mobile_opt_in"]
    assert headings(files["2-opted-in"]) == [
        "email",
        "email_opt_in",
        "first_name",
        "last_name",
        "phone_number",
        "mobile_opt_in",
        "Address zip",
        "Address country code",
        "language",
        "created_at",
        "tag_list",
        "external_id",
    ]
    for text in files.values():
        assert set(headings(text)) <= FIELDS
        assert set(headings(text)).isdisjoint(NEVER_SENT)


def test_a_person_as_nationbuilder_wants_them():
    assert opted_in(person("ada@example.org")) == {
        "email": "ada@example.org",
        "email_opt_in": "Y",
        "first_name": "Ada",
        "last_name": "Example",
        "phone_number": "+447700900123",
        "mobile_opt_in": "N",
        "Address zip": "SW1A 1AA",
        "Address country code": "GB",
        "language": "en",
        "created_at": "2026-05-02",
        "tag_list": "Repeal the brothel-keeping law",
        "external_id": person("ada@example.org").external_id,
    }


def test_nobody_is_opted_in_to_text_messages():
    for text in files_of("nationbuilder", people=EVERYBODY).values():
        assert {row["mobile_opt_in"] for row in read(text)} == {"N"}


def test_every_no_is_an_n_and_every_yes_a_y():
    files = files_of("nationbuilder", people=EVERYBODY)

    assert {row["email_opt_in"] for row in read(files["1-opted-out"])} == {"N"}
    assert {row["email_opt_in"] for row in read(files["2-opted-in"])} == {"Y"}
    assert {row["email"].lower() for row in read(files["2-opted-in"])} == addresses(AGREED)


def test_the_file_that_overwrites_can_overwrite_consent_alone():
    target = NationBuilder()
    target.people["withdrew@example.org"] = {"email": "withdrew@example.org", "email_opt_in": "Y", "first_name": "Kim"}
    target.follow_readme(files_of("nationbuilder", people=SAID_NO))

    assert target.people["withdrew@example.org"]["email_opt_in"] == "N"
    assert target.people["withdrew@example.org"]["first_name"] == "Kim"


def test_the_mistake_that_the_readme_warns_of_would_opt_in_who_opted_out_there():
    target = NationBuilder(left=frozenset({"ada@example.org"}))
    files = files_of("nationbuilder", people=[person("ada@example.org")])

    target.import_people(files["2-opted-in"], overwrite=False)
    assert target.would_mail() == set()

    target.import_people(files["2-opted-in"], overwrite=True)
    assert target.would_mail() == {"ada@example.org"}


def test_the_opt_outs_are_matched_by_address_alone():
    # Beside any other identifier, names have to be mapped as well, or the row is not imported.
    target = NationBuilder(mailed=frozenset({"withdrew@example.org"}))
    target.import_people(files_of("nationbuilder", people=SAID_NO)["1-opted-out"], overwrite=True)

    assert target.would_mail() == set()


def test_a_comma_in_a_title_makes_no_second_tag():
    target = NationBuilder()
    target.follow_readme(files_of("nationbuilder", people=[person(took_part=("Deiseb, nawr", "Plain"))]))

    assert target.tags["ada@example.org"] == {"Deiseb nawr", "Plain"}
