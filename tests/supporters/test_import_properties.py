"""Whatever stands in a file: what we know is safe, and what came from us comes back without a trace."""

import io
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from supporters.exports.columns import columns_of
from supporters.exports.formats.csv_lines import machine_csv, spreadsheet_csv
from supporters.exports.formats.xlsx import workbook
from supporters.exports.presets import preset_named, presets
from supporters.exports.rows import PersonRow, StandingConsent
from supporters.identity import email_key
from supporters.imports.headings import Part
from supporters.models import ConsentRecord, ConsentText, CurrentConsent, Purpose, Supporter, Suppression
from supporters.services.people import write_details
from supporters.suppression import suppress
from tests.supporters.import_files import answered, applied, csv_bytes, everything, undone, xlsx_bytes

pytestmark = pytest.mark.django_db

Choice = ConsentRecord.Choice
OWN_NO = {"asked", "complained", "blocked"}
PAST = datetime(2026, 1, 2, tzinfo=UTC)
POOL = [f"p{number}@example.org" for number in range(5)]

NASTY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.sampled_from(
        [
            *(
                "=1+1",
                "'=1",
                "''=1",
                "@ana",
                "-Ana",
                "+44",
                "\t=1",
                "Ana; =1",
                'A"B',
                "O'Neil",
                "'",
                "_x0041_",
                "a\r\nb",
            ),
            *("＝1", "\u200b=1", "Ana, Pop", "Supporter", "www.example.org", " Ana ", "Zoë\u0308", "😀", "x" * 150),
        ]
    ),
)
ANSWER = st.sampled_from([None, Choice.GIVEN, Choice.WITHDRAWN])
REASON = st.sampled_from(["", *Suppression.Reason.values])
PERSON = st.fixed_dictionaries(
    {
        "name": NASTY,
        "phone": st.one_of(NASTY, st.sampled_from(["+447700900123", "07700 900123", ""])),
        "postcode": st.one_of(NASTY, st.sampled_from(["SW1A 1AA", "m11ae", "", "010101"])),
        "country": st.sampled_from(["", "GB", "RO", "US", "XX"]),
        "constituency_code": st.sampled_from(["", "E14001234"]),
        "language": st.sampled_from(["en", "ro", "cy"]),
        "source": st.sampled_from(["", "newsletter", "=cmd|' /C calc'!A0"]),
        "updates": ANSWER,
        "taking_part": ANSWER,
        "suppressed": REASON,
    }
)


@contextmanager
def undoing_all():
    """A world of its own for each example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def texts():
    return {
        purpose: ConsentText.objects.create(
            purpose=purpose, wording="Yes.", controller="Example Campaign", published_at=PAST
        )
        for purpose in Purpose.values
    }


def settle(address, draft, words):
    """Somebody as ``draft`` says."""
    person = Supporter(email_key=email_key(address), source=draft["source"], language=draft["language"])
    details = {name: draft[name] for name in ("name", "phone", "postcode", "country", "constituency_code")}
    write_details(person, address=address, **details)
    person.save()
    for purpose in Purpose.values:
        if draft[purpose]:
            answered(person, words[purpose], draft[purpose], at=PAST)
    if draft["suppressed"]:
        suppress(email_key(address), draft["suppressed"])
    return person


def row_of(person):
    """What an export says of ``person``."""
    answers = CurrentConsent.objects.filter(supporter=person).select_related("record__text")
    return PersonRow(
        external_id=str(person.pk),
        **{
            name: getattr(person, name)
            for name in (
                *("email", "name", "phone", "postcode", "country", "constituency_code", "language", "source"),
                *("created_at", "last_act_at", "last_contacted_at"),
            )
        },
        suppressed=Suppression.objects.filter(email_key=bytes(person.email_key))
        .values_list("reason", flat=True)
        .first()
        or "",
        consents={
            each.purpose: StandingConsent(
                each.choice, each.asked_at, each.record.method, 1, "en", "Yes.", "Example Campaign", None
            )
            for each in answers
        },
    )


def written(file, people, how):
    columns = columns_of(file.resource, with_sensitive=True)
    headings = [column.column_name for column in columns]
    rows = [[column.value(row) for column in columns] for row in people if file.keep is None or file.keep(row)]
    if not rows:
        return b""
    return b"".join(workbook("People", headings, rows) if how == "xlsx" else HOW[how](headings, rows))


HOW = {"spreadsheet": spreadsheet_csv, "machine": machine_csv}


def zipped(data, how):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("README.txt", "What each column means.")
        archive.writestr(
            {"spreadsheet": "people.csv", "machine": "people.machine.csv", "xlsx": "people.xlsx"}[how], data
        )
    return file.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drafts=st.lists(PERSON, min_size=1, max_size=4),
    how=st.sampled_from(["spreadsheet", "machine", "xlsx"]),
    in_zip=st.booleans(),
    with_words=st.booleans(),
)
def test_our_complete_export_comes_back_without_a_trace(drafts, how, in_zip, with_words):
    with undoing_all():
        words = texts()
        people = [settle(address, draft, words) for address, draft in zip(POOL, drafts, strict=False)]
        people = [Supporter.objects.get(pk=person.pk) for person in people]
        [file] = [file for file in preset_named("complete").files if file.rows == "people"]
        data = written(file, [row_of(person) for person in people], how)
        before = everything()

        job = applied(zipped(data, how) if in_zip else data, text=words["updates"] if with_words else None)

        assert everything() == before
        assert job.counts.get("unchanged") == len(people)


PRESETS = sorted(preset.name for preset in presets() if preset.name != "complete")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drafts=st.lists(PERSON, min_size=1, max_size=4),
    name=st.sampled_from(PRESETS),
    how=st.sampled_from(["spreadsheet", "machine", "xlsx"]),
)
def test_file_for_another_system_comes_back_without_a_trace(drafts, name, how):
    # Such a file cannot tell everything from a no; see the test below.
    drafts = [draft for draft in drafts if draft["suppressed"] in OWN_NO or draft["updates"] == Choice.GIVEN]
    drafts = [draft for draft in drafts if draft["suppressed"] != "bounced"]
    assume(drafts)
    with undoing_all():
        words = texts()
        people = [settle(address, draft, words) for address, draft in zip(POOL, drafts, strict=False)]
        rows = [row_of(Supporter.objects.get(pk=person.pk)) for person in people]
        before = everything()

        for file in preset_named(name).files:
            if file.rows == "people" and (data := written(file, rows, how)):
                applied(data, text=words["updates"])
                assert everything() == before


@pytest.mark.parametrize(
    ("updates", "taking_part", "suppressed"),
    [(None, None, ""), (Choice.GIVEN, None, "bounced"), (Choice.WITHDRAWN, Choice.GIVEN, "")],
)
def test_file_for_another_system_makes_a_no_of_what_it_cannot_tell_from_one(updates, taking_part, suppressed):
    words = texts()
    details = dict.fromkeys(["name", "phone", "postcode", "country", "constituency_code", "source"], "")
    draft = {"language": "en", "updates": updates, "taking_part": taking_part, "suppressed": suppressed}
    person = settle(POOL[0], {**details, **draft}, words)
    row = row_of(Supporter.objects.get(pk=person.pk))

    applied(written(preset_named("civicrm").files[0], [row], "machine"))

    assert set(CurrentConsent.objects.filter(supporter=person).values_list("choice", flat=True)) == {Choice.WITHDRAWN}


WORDS = ["yes", "no", "Y", "N", "1", "0", "", "given", "granted", "withdrawn", "subscribed", "unsubscribed", "cleaned"]
CELL = st.one_of(
    NASTY, st.sampled_from([*WORDS, "07700 900999", "M1 1AE", "RO", "pl", "2025-01-01", '{"country": "PL"}'])
)
ADDRESS = st.sampled_from([*POOL, *(address.upper() for address in POOL), " p0@example.org. ", "new@example.org", "no"])
COLUMN = st.sampled_from([part for part in Part if part not in {Part.EMAIL, Part.FIRST_NAME, Part.LAST_NAME}])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_file_turns_a_no_into_a_yes_or_wipes_anything_and_each_can_be_undone(data):
    parts = data.draw(st.lists(COLUMN, unique=True, min_size=1, max_size=6))
    updated = data.draw(st.sets(st.sampled_from(["name", "phone", "postcode", "country", "language"])))
    drafts = data.draw(st.lists(PERSON, min_size=1, max_size=5))
    rows = data.draw(st.lists(st.tuples(ADDRESS, *(CELL for _ in parts)), min_size=1, max_size=6))
    merged = data.draw(st.booleans()) and len(drafts) > 1
    table = [["email", *(f"c{number}" for number in range(len(parts)))], *([*row] for row in rows)]
    mapping = {"0": {"part": "email", "update": False}} | {
        str(number): {"part": part.value, "update": part.value in updated} for number, part in enumerate(parts, start=1)
    }
    with undoing_all():
        words = texts()
        people = [settle(address, draft, words) for address, draft in zip(POOL, drafts, strict=False)]
        if merged:
            Supporter.objects.filter(pk=people[1].pk).update(
                merged_into=people[0], name=None, email=None, phone=None, postcode=None
            )
        # A confirmed address that was stopped and then forgotten.
        suppress(email_key("new@example.org"), "asked")
        before, known = everything(), facts()

        job = applied(
            data.draw(st.sampled_from([csv_bytes, xlsx_bytes]))(printable(table)),
            text=data.draw(st.sampled_from([None, *words.values()])),
            mapping=mapping,
        )

        keeps_its_word(known, facts(), updated)
        assert not Supporter.objects.filter(email_key=email_key("new@example.org")).exists()
        undone(job)
        assert everything() == before


def printable(table):
    """Without what neither kind of file has a place for."""
    return [
        ["".join(c if c.isprintable() or c in "\n\t" else " " for c in cell).replace("\ufffe", "") for cell in row]
        for row in table
    ]


def facts():
    people = {
        person.pk: {
            name: getattr(person, name)
            for name in ("name", "phone", "postcode", "country", "language", "source", "email", "constituency_code")
        }
        for person in Supporter.objects.all()
    }
    answers = {
        (who, what): choice
        for who, what, choice in CurrentConsent.objects.values_list("supporter", "purpose", "choice")
    }
    stopped = {bytes(key) for key in Suppression.objects.values_list("email_key", flat=True)}
    return people, answers, stopped


def keeps_its_word(before, after, updated):
    people, answers, stopped = before
    for pk, details in people.items():
        for name, value in details.items():
            assert may_become(name, value, after[0][pk][name], updated), name
    for key, choice in answers.items():
        if choice == Choice.WITHDRAWN:
            assert after[1][key] == Choice.WITHDRAWN
    assert stopped <= after[2]
    agreed = {key for key, choice in after[1].items() if choice == Choice.GIVEN}
    newly = {who for who, purpose in agreed if answers.get((who, purpose)) != Choice.GIVEN}
    assert not newly & set(Supporter.objects.filter(email_key__in=stopped).values_list("pk", flat=True))


def may_become(name, value, now, updated):
    """A blank wipes nothing, and only a column that was chosen overwrites; a constituency goes with its postcode."""
    if name == "constituency_code":
        return now == value or not value or (not now and "postcode" in updated)
    return not value or (bool(now) and (now == value or name in updated))
