"""Our own preset: all we know of the people chosen, in files that fit together, explained."""

import dataclasses
import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from supporters.exports.columns import columns_of
from supporters.exports.presets import preset_named
from supporters.exports.rows import ActionRow, ConsentRow, PersonRow
from supporters.models import ActionState, Merge, Purpose, Supporter, Suppression
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.crowd_of_supporters import answers, person, signs, stops
from tests.supporters.exports import data_officer, lines_of, rows_of, taken, unzipped, written

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def people_of(files, name="people.csv"):
    return {row["email"]: row for row in rows_of(files[name])}


def test_three_files_say_who_did_what_and_agreed_to_what():
    petition = PetitionPageFactory(
        title="Let us work together", controller="Another Campaign", consent_text__controller="Another Campaign"
    )
    ada = person("ada", name="Ada Example", phone="+44 20 7946 0000", postcode="SW1A 1AA", country="GB", source="tag")
    bo = person("bo", name="=Bo", language="cy")
    signature = signs(ada, petition)
    answers(ada, "given", at=NOON)
    answers(ada, "withdrawn", at=NOON + timedelta(days=1))
    answers(ada, "given", Purpose.TAKING_PART, at=NOON)
    stops(bo, Suppression.Reason.BOUNCED)

    files = unzipped(taken(written(with_sensitive=True)))

    people = people_of(files)
    assert people["personada@example.org"] | {"created_at": "", "last_act_at": ""} == {
        "external_id": str(ada.pk),
        "email": "personada@example.org",
        "name": "Ada Example",
        "phone": "'+44 20 7946 0000",
        "postcode": "SW1A 1AA",
        "country": "GB",
        "constituency_code": "",
        "language": "en",
        "source": "tag",
        "created_at": "",
        "last_act_at": "",
        "last_contacted_at": "",
        "suppressed": "",
        "updates_status": "withdrawn",
        "updates_at": "2026-05-04T12:00:00Z",
        "updates_text_version": "1",
        "updates_method": "web form",
        "taking_part_status": "granted",
        "taking_part_at": "2026-05-03T12:00:00Z",
        "taking_part_text_version": "1",
        "taking_part_method": "web form",
    }
    assert people["personbo@example.org"]["suppressed"] == "bounced"
    assert people["personbo@example.org"]["name"] == "'=Bo"
    assert people["personbo@example.org"]["updates_status"] == "never_asked"
    [act] = rows_of(files["actions.csv"])
    assert (act["external_id"], act["person_id"], act["kind"]) == (str(signature.pk), str(ada.pk), "signature")
    assert (act["page_title"], act["state"]) == ("Let us work together", ActionState.CONFIRMED)
    consents = rows_of(files["consents.csv"])
    assert [row["choice"] for row in consents] == ["given", "withdrawn", "given"]
    assert {row["person_id"] for row in consents} == {str(ada.pk)}
    assert {row["wording"] for row in consents} == {"Yes, write to me."}


def test_manifest_has_the_true_checksum_and_number_of_each_file():
    for number in range(3):
        answers(person(number), "given")

    files = unzipped(taken(written()))

    manifest = json.loads(files["manifest.json"])
    assert [(file["name"], file["rows"]) for file in manifest["files"]] == [
        ("people.csv", 3),
        ("actions.csv", 0),
        ("consents.csv", 3),
    ]
    for file in manifest["files"]:
        assert file["sha256"] == hashlib.sha256(files[file["name"]]).hexdigest()
        assert file["bytes"] == len(files[file["name"]])


def test_machine_mode_has_exact_values_and_says_so_in_every_name():
    person("ada", name="=Ada", phone="+44 20")
    job = written(with_sensitive=True, cell_mode="machine")

    files = unzipped(taken(job))

    [ada] = rows_of(files["people.machine.csv"])
    assert (ada["name"], ada["phone"]) == ("=Ada", "+44 20")
    assert not files["people.machine.csv"].startswith(b"\xef\xbb\xbf")


def test_json_lines_say_the_same_as_csv():
    answers(person("ada", name="=Ada"), "given")
    officer = data_officer()

    lines = unzipped(taken(written(officer, file_format="jsonl")))
    machine = unzipped(taken(written(officer, cell_mode="machine")))

    for name in ("people", "actions", "consents"):
        assert lines_of(lines[f"{name}.jsonl"]) == rows_of(machine[f"{name}.machine.csv"])


def test_phone_and_postcode_stay_behind_without_the_right_to_them():
    person("ada", phone="+44 20 7946 0000", postcode="SW1A 1AA")

    files = unzipped(taken(written(with_sensitive=False)))

    [ada] = rows_of(files["people.csv"])
    assert not {"phone", "postcode"} & set(ada)
    everything = b"".join(files.values())
    # Longer than what a checksum or a key could hold by chance.
    assert b"7946 0000" not in everything
    assert b"SW1A" not in everything


def test_record_that_was_merged_into_another_is_left_out_and_its_signpost_with_it():
    kept = person("kept")
    merged = Supporter.objects.create(email_key=b"m" * 32, merged_into=kept)
    assert Merge.objects.count() == 0

    files = unzipped(taken(written()))

    assert [row["external_id"] for row in rows_of(files["people.csv"])] == [str(kept.pk)]
    assert str(merged.pk).encode() not in b"".join(files.values())


def test_only_the_people_chosen_and_what_is_theirs():
    petition = PetitionPageFactory(controller="Another Campaign", consent_text__controller="Another Campaign")
    ada, bo = person("ada", country="IE"), person("bo", country="GB")
    for one in (ada, bo):
        signs(one, petition)
        answers(one, "given")

    files = unzipped(taken(written(criteria={"countries": ["IE"]})))

    assert [row["external_id"] for row in rows_of(files["people.csv"])] == [str(ada.pk)]
    assert [row["person_id"] for row in rows_of(files["actions.csv"])] == [str(ada.pk)]
    assert [row["person_id"] for row in rows_of(files["consents.csv"])] == [str(ada.pk)]


@pytest.mark.parametrize(("number", "row"), [(0, PersonRow), (1, ActionRow), (2, ConsentRow)])
def test_every_value_of_a_row_has_its_column(number, row):
    columns = columns_of(preset_named("complete").files[number].resource, with_sensitive=True)
    headings = {column.column_name for column in columns}

    # Consents have columns of their own, and the pages somebody acted on a file.
    assert {field.name for field in dataclasses.fields(row)} - {"consents", "took_part"} <= headings


def test_readme_says_what_every_column_means():
    preset = preset_named("complete")

    for file in preset.files:
        for column in columns_of(file.resource, with_sensitive=True):
            assert column.meaning
            assert f"  {column.column_name}: {column.meaning}" in preset.readme
