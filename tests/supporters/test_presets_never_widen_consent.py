"""Whatever system the files go to: nobody is mailed there who did not agree, and every no arrives."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporters.cells import safe_cell
from supporters.exports.columns import columns_of
from supporters.exports.presets import ExportFile, Preset, preset_named, presets, register_preset
from tests.supporters.importers import IMPORTERS
from tests.supporters.preset_files import (
    AGREED,
    EVERYBODY,
    NEVER_ASKED,
    SAID_NO,
    action,
    addresses,
    answer,
    consent,
    files_of,
    headings,
    person,
    read,
)

NAMES = [importer.preset for importer in IMPORTERS]
every_importer = pytest.mark.parametrize("importer", IMPORTERS, ids=NAMES)
every_preset = pytest.mark.parametrize("name", NAMES)

# Written out again: no preset may hold a heading about these, whatever the target has fields for.
NEVER_SENT = ("relig", "church", "party", "ethnic", "race", "sex", "gender", "birth", "support level", "support_level")


def moved(importer, people, *, mailed=frozenset(), left=frozenset()):
    target = importer(mailed=mailed, left=left)
    target.follow_readme(
        files_of(
            importer.preset,
            people=people,
            actions=[action(row) for row in people],
            consents=[answer(row) for row in people],
        )
    )
    return target


@every_importer
def test_a_new_system_mails_those_who_agreed_and_nobody_else(importer):
    assert moved(importer, EVERYBODY).would_mail() == addresses(AGREED)


@every_importer
def test_a_system_that_mailed_everybody_stops_mailing_those_who_said_no(importer):
    target = moved(importer, EVERYBODY, mailed=frozenset(addresses(EVERYBODY)))

    assert target.would_mail() == addresses(AGREED)


@every_importer
def test_who_unsubscribed_there_stays_unsubscribed_though_they_agreed_here(importer):
    target = moved(importer, EVERYBODY, left=frozenset({"ada@example.org"}))

    assert target.would_mail() == addresses(AGREED) - {"ada@example.org"}


@every_importer
def test_importing_the_same_files_twice_changes_nobody(importer):
    target = moved(importer, EVERYBODY)
    target.follow_readme(files_of(importer.preset, people=EVERYBODY))

    assert target.would_mail() == addresses(AGREED)


@every_importer
def test_a_change_of_mind_reaches_the_system_with_the_next_export(importer):
    target = moved(importer, [person("ada@example.org")])
    assert target.would_mail() == {"ada@example.org"}

    target.follow_readme(files_of(importer.preset, people=[person("ada@example.org", updates="withdrawn")]))

    assert target.would_mail() == set()


@every_importer
def test_a_no_that_became_a_yes_again_waits_for_somebody_to_change_it_there(importer):
    # No file can tell their own second thoughts from a no that the other system was told, and we were not.
    target = moved(importer, [person("ada@example.org", updates="withdrawn")], mailed=frozenset({"ada@example.org"}))
    target.follow_readme(files_of(importer.preset, people=[person("ada@example.org")]))

    assert target.would_mail() == set()


@every_preset
def test_everybody_stands_in_one_file_of_people_and_in_no_other(name):
    preset = preset_named(name)
    for row in EVERYBODY:
        kept = [file.name for file in preset.files if file.rows == "people" and (not file.keep or file.keep(row))]
        assert len(kept) == 1, row.email


@every_preset
@pytest.mark.parametrize("updates", ["given", "withdrawn", None])
@pytest.mark.parametrize(
    "address", ["", "=cmd|'/Ccalc'!A0+@evil.example", "=x@evil.example", "-1|x@evil.example", "+a!b@evil.example"]
)
def test_no_address_and_an_address_that_is_a_formula_are_left_out(name, address, updates):
    for text in files_of(name, people=[person(address, updates=updates)]).values():
        assert read(text) == []


@every_preset
def test_without_the_right_to_them_no_phone_and_no_postcode_leave_in_any_cell(name):
    people = [person(f"{number}@example.org", phone="+447700900987", postcode="ZZ9 9ZZ") for number in range(3)]
    people += [person("no@example.org", phone="+447700900987", postcode="ZZ9 9ZZ", updates="withdrawn")]
    files = files_of(name, people=people, with_sensitive=False)

    assert files
    for text in files.values():
        assert "7700900987" not in text
        assert "9ZZ" not in text


@every_preset
def test_phones_and_postcodes_are_columns_that_need_a_right_of_their_own(name):
    for file in preset_named(name).files:
        everything = {column.column_name for column in columns_of(file.resource, with_sensitive=True)}
        allowed = {column.column_name for column in columns_of(file.resource, with_sensitive=False)}
        held_back = everything - allowed
        for heading in everything:
            asks_where_or_how = any(word in heading.lower() for word in ("phone", "zip", "post"))
            assert (heading in held_back) == (asks_where_or_how and heading != "Do Not Phone"), heading


@every_preset
def test_no_heading_asks_for_what_nobody_should_know(name):
    for text in files_of(name, people=EVERYBODY).values():
        assert not [h for h in headings(text) if any(word in h.lower().replace("-", " ") for word in NEVER_SENT)]


@every_preset
def test_the_importers_get_their_cells_exactly_and_as_csv(name):
    preset = preset_named(name)

    # A quote mark in front of an address makes it somebody else's; in front of a plus, no telephone number.
    assert preset.cell_mode == "machine"
    assert preset.formats == ("csv",)
    assert preset.needs_consent


@every_preset
def test_it_says_in_whole_sentences_what_is_lost(name):
    preset = preset_named(name)

    assert len(preset.loses) >= 5
    for sentence in preset.loses:
        assert sentence[0].isupper() or sentence.startswith("listmonk")
        assert sentence.endswith(".")
        assert sentence in " ".join(preset.readme.split())


@every_preset
def test_the_readme_names_every_file_and_says_what_never_to_do(name):
    preset = preset_named(name)

    assert len(preset.files) > 1, "A preset of one file has no README."
    assert all(f"- {file.name}: " in preset.readme for file in preset.files)
    assert "STEP BY STEP\n1. " in preset.readme
    assert "NEVER\n- Never " in preset.readme
    assert max(map(len, preset.readme.splitlines())) <= 96


def test_every_preset_is_offered_and_found_by_its_name():
    assert set(NAMES) <= {preset.name for preset in presets()}
    assert [preset_named(name).name for name in NAMES] == NAMES


def test_two_presets_cannot_have_one_name():
    file = ExportFile(name="people", resource=preset_named("listmonk").files[0].resource)

    with pytest.raises(ValueError, match="listmonk"):
        register_preset(Preset(name="listmonk", label="Another", files=(file,), loses=()))


texts = st.text(max_size=80) | st.sampled_from(
    ["=1+1", "+1", "-1|-2", "@SUM(A1)", "a;=b", '"=x"', "NULL", "é" * 300, "a,b", "\u202e", "\ufeff=1", "e\u0301" * 200]
)
choices = st.sampled_from(["given", "withdrawn", None])
domains = st.sampled_from(["example.org", "Example.ORG", "xn--bcher-kva.example"])
locals_ = st.text(alphabet="abcXYZ019.!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=12)


@st.composite
def people(draw):
    rows = {}
    for _ in range(draw(st.integers(min_value=1, max_value=6))):
        row = person(
            f"{draw(locals_)}@{draw(domains)}",
            updates=draw(choices),
            taking_part=draw(choices),
            name=draw(texts),
            phone=draw(st.sampled_from(["", "+447700900123", "020 7946 0018", "=1+1"])),
            postcode=draw(texts.map(lambda text: text[:10])),
            country=draw(st.sampled_from(["GB", "IE", "RO", "US", ""])),
            language=draw(st.sampled_from(["en", "cy", "ro", "pt-br", "xx", ""])),
            source=draw(texts),
            suppressed=draw(st.sampled_from(["", "", "asked", "complained", "bounced", "blocked"])),
            took_part=tuple(draw(st.lists(texts, max_size=3))),
            created_at=draw(st.datetimes(datetime(2001, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001
        )
        for standing in row.consents.values():
            standing.controller = draw(texts)
        rows[row.email.lower()] = row
    return list(rows.values())


def commands(rows):
    """Addresses that a spreadsheet would run: they are nobody's, and go nowhere."""
    return {row.email.lower() for row in rows if re.match("=|[+@-].*[|!]", row.email)}


@every_importer
@settings(max_examples=150, deadline=None)
@given(rows=people(), data=st.data())
def test_of_any_people_only_those_who_agreed_are_mailed(importer, rows, data):
    # Said without our code: they ticked the box, did not untick it, and nothing is wrong with the address.
    agreed = {
        row.email.lower()
        for row in rows
        if "updates" in row.consents and row.consents["updates"].choice == "given" and not row.suppressed
    } - commands(rows)
    known = sorted(addresses(rows) - commands(rows))
    some = st.sets(st.sampled_from(known)) if known else st.just(set())
    mailed = frozenset(data.draw(some))
    left = frozenset(data.draw(some)) - mailed

    target = moved(importer, rows, mailed=mailed, left=left)

    assert target.would_mail() == agreed - left


@every_preset
@settings(max_examples=100, deadline=None)
@given(rows=people())
def test_no_cell_could_be_a_formula_but_an_address_or_a_phone_number(name, rows):
    told = {row.email for row in rows if row.email.lower() not in commands(rows)}
    acts = [action(row, page_title=row.source, source=row.name) for row in rows]
    answers = [answer(row, wording=row.name, controller=row.source or "X", note=row.postcode) for row in rows]

    for text in files_of(name, people=rows, actions=acts, consents=answers).values():
        for row in read(text):
            for heading, cell in row.items():
                is_number = "phone" in heading.lower() and cell.lstrip("+").isdigit()
                # Behind a quotation mark of its own it is text already.
                is_text = cell.startswith("'") and safe_cell(cell) == f"'{cell}"
                assert cell in told or is_number or is_text or safe_cell(cell) == cell, heading
                assert not any(ord(letter) < 32 for letter in cell), heading


@pytest.mark.parametrize("name", [name for name in NAMES if name != "civicrm"])
def test_of_people_who_said_no_nothing_leaves_but_the_address(name):
    marked = [
        person(
            row.email,
            name="Zanzibar Quux",
            source="quux",
            took_part=("Quux petition",),
            constituency_code="quux",
            updates=None,
            suppressed="asked",
        )
        for row in [*SAID_NO, *NEVER_ASKED]
    ]

    for text in files_of(name, people=marked).values():
        assert "quux" not in text.lower()
        assert not any(row.external_id in text for row in marked)
        assert "SW1A" not in text
        assert "+44" not in text


@every_importer
def test_the_check_notices_a_preset_that_subscribes_those_who_said_no(importer):
    # The control: with every no turned into a yes, the same importer mails them.
    liars = [person(row.email, consents={"updates": consent()}) for row in SAID_NO]

    assert moved(importer, liars).would_mail() == addresses(SAID_NO)
