"""Whoever is erased is found nowhere again: in no column, no dump, no file; and the totals are what they were."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from home.models import User
from mp_contacts.counting import count_letters
from mp_contacts.models import LetterTotals, PostcodeQuestion
from mp_contacts.postcode_questions import answer_question
from petitions.counting import count_new_signatures, recount_petitions
from petitions.models import PetitionTotals
from supporters.identity import email_key
from supporters.models import Suppression
from supporters.private_files import read_file
from supporters.services.erasing import erase_address
from tests.planting import Somebody, everything_opened, plant
from tests.traces import traces

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(private_root) -> tuple[Somebody, Somebody]:
    """Two who did everything; the first is to be erased."""
    boss = User.objects.create_superuser("boss@example.org", "a long password for tests")
    return plant(boss=boss), plant(boss=boss)


def in_cells(person: Somebody) -> set[str]:
    """The columns in which anything of ``person`` stands, for whoever has the keys."""
    return {
        label
        for label, texts in everything_opened().items()
        if any(word in text or json.dumps(word)[1:-1] in text for text in texts for word in person.words)
    }


def in_files(root, person: Somebody) -> list[tuple[str, str]]:
    found = [file for file in root.rglob("*") if file.is_file()]
    return [trace for file in found for trace in traces(file.read_bytes() + str(file).encode(), person.words)]


def totals() -> dict[int, int]:
    recount_petitions()
    count_letters()
    signed = PetitionTotals.objects.values_list("petition_id", "confirmed")
    return {**dict(signed), **dict(LetterTotals.objects.values_list("page_id", "confirmed"))}


# Encrypted, and nobody's: where an event takes place, and what its form never asks for (a constraint sees to that).
OF_NOBODY = {
    "events.Room.address",
    "events.Room.fallback_address",
    "events.Room.dial_in",
    "events.Registration.postcode",
}


def test_something_is_planted_in_every_personal_column(people):
    """Whoever adds a personal column adds to tests/planting.py how it is filled."""
    for person in people:
        assert in_cells(person) == set(everything_opened()) - OF_NOBODY


def test_nothing_of_them_is_left(people, dump, private_root):
    person, bystander = people
    keys = person.keys
    count_new_signatures()
    PetitionTotals.objects.update(counted_until=timezone.now() + timedelta(hours=1))
    before = totals()
    assert sum(before.values()) > 0
    for question in PostcodeQuestion.objects.all():
        # Tied to nobody, so that no erasure could find it: its postcode goes with the answer, within minutes.
        answer_question(question.pk)

    erase_address(address=person.address, actor=None)

    assert in_cells(person) == set()
    # In any guise: nobody has to have spelled it as it was typed.
    assert (
        traces("\n".join(text for texts in everything_opened().values() for text in texts).encode(), person.words) == []
    )
    text = dump()
    assert b"COPY public.petitions_signature" in text
    assert b"COPY public.mp_contacts_letter " in text
    assert traces(text, person.words) == []
    assert [key for key in keys if key.hex().encode() in text] == []
    assert in_files(private_root, person) == []
    assert list((private_root / "exports").iterdir()) == list((private_root / "imports").iterdir()) == []
    assert totals() == before

    # The one thing that stays is what keeps us from writing to them again.
    assert text.count(email_key(person.address).hex().encode()) == 1
    assert Suppression.objects.get(email_key=email_key(person.address)).reason == "asked"
    # And it was not that everybody is gone.
    assert in_cells(bystander) >= {
        "supporters.Supporter.phone",
        "petitions.Signature.comment",
        "supporters.Merge.journal",
    }


def test_the_search_finds_what_is_there(people, dump, private_root):
    """The control: each way of looking finds what was left behind on purpose."""
    person, _ = people
    (private_root / "careless.txt").write_text(f"wrote {person.address.upper()}")
    (private_root / person.mark).write_text("")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE careless (wrote bytea, said text)")
        try:
            cursor.execute("INSERT INTO careless VALUES (%s, %s)", [person.comment.encode("utf-16-le"), person.phone])
            text = dump()
        finally:
            cursor.execute("DROP TABLE careless")

    assert {(person.comment, "utf-16-le hex"), (person.phone, "text")} <= set(traces(text, person.words))
    assert {(person.address, "text"), (person.mark, "text")} <= set(in_files(private_root, person))
    assert [key for key in person.keys if key.hex().encode() in text]
    for file, key in zip((private_root / "exports", private_root / "imports"), person.file_keys, strict=True):
        [name] = [f"{file.name}/{one.name}" for one in file.iterdir() if opens(f"{file.name}/{one.name}", key)]
        assert traces(b"".join(read_file(name, key=key)), [person.address])


def opens(name: str, key: str) -> bool:
    from supporters.crypto.envelope import TamperedValue

    try:
        b"".join(read_file(name, key=key))
    except TamperedValue:
        return False
    return True


def test_a_second_erasure_changes_nothing(people, dump):
    person, _ = people
    erase_address(address=person.address, actor=None)
    once = everything_opened()

    erase_address(address=person.address, actor=None)

    assert everything_opened() == once
