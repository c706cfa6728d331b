"""A new key, and everything stored locked with it, while the site runs."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from supporters.crypto.envelope import key_id_of
from supporters.crypto.keyring import Keyring, generate_keyring
from supporters.crypto.rotation import count_old, encrypted_fields, relock_column
from supporters.identity import email_key
from supporters.models import Message, Supporter
from tests.supporters.mail_kinds import queued

pytestmark = pytest.mark.django_db

FIELD = Supporter._meta.get_field("email")


def people(number):
    rows = [
        Supporter(email_key=email_key(f"{n}@example.org"), email=f"{n}@example.org", name=f"Person {n}")
        for n in range(number)
    ]
    return Supporter.objects.bulk_create(rows)


def bring_in_new_key(settings):
    settings.KEYRING = Keyring.parse(settings.KEYRING).with_new_key().dump()


def keys_in_use(column="email"):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email FROM supporters_supporter")
        return {key_id_of(bytes(row[column == "email"])) for row in cursor.fetchall()}


def rotate():
    said = StringIO()
    complaints = StringIO()
    try:
        call_command("rotate_keys", stdout=said, stderr=complaints)
    except CommandError as error:
        return said.getvalue(), f"{complaints.getvalue()}{error}"
    return said.getvalue(), ""


def test_every_encrypted_column_is_found():
    names = {f"{field.model._meta.label}.{field.name}" for field in encrypted_fields()}

    assert {"supporters.Supporter.email", "supporters.Message.recipient", "petitions.Signature.comment"} <= names


def test_everything_stored_ends_up_with_the_new_key_and_reads_the_same(settings):
    people(20)
    message = queued("ada@example.org")
    bring_in_new_key(settings)

    said, complaints = rotate()

    assert complaints == ""
    assert "supporters_supporter.email: 20 locked with 'k2'" in said
    assert keys_in_use("email") == keys_in_use("name") == {"k2"}
    assert sorted(row.email for row in Supporter.objects.all()) == sorted(f"{n}@example.org" for n in range(20))
    assert Message.objects.get(pk=message.pk).recipient == "ada@example.org"


def test_second_run_finds_nothing_to_do(settings):
    people(3)
    bring_in_new_key(settings)
    rotate()

    said, _ = rotate()
    assert "supporters_supporter.email: 0 locked" in said


def test_old_key_can_be_taken_away_afterwards(settings):
    people(3)
    bring_in_new_key(settings)
    rotate()
    keyring = Keyring.parse(settings.KEYRING)
    del keyring.encryption["k1"]
    settings.KEYRING = keyring.dump()

    assert {row.name for row in Supporter.objects.all()} == {"Person 0", "Person 1", "Person 2"}


def test_stopped_rotation_goes_on_where_it_was(settings):
    people(25)
    bring_in_new_key(settings)
    batches = relock_column(FIELD, batch=10)
    next(batches)
    batches.close()
    assert count_old(FIELD) == 15

    rotate()
    assert count_old(FIELD) == 0


def test_tampered_value_is_named_and_left_and_all_others_are_done(settings):
    rows = people(5)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE supporters_supporter SET email = set_byte(email, 29, 255 - get_byte(email, 29)) WHERE id = %s",
            [rows[2].pk],
        )
    bring_in_new_key(settings)

    _, complaints = rotate()

    assert f"supporters_supporter.email, row {rows[2].pk}" in complaints
    assert "1 values could not be opened" in complaints
    assert "example.org" not in complaints
    assert count_old(FIELD) == 1


def test_value_whose_key_is_missing_is_named_and_the_run_fails(settings):
    rows = people(2)
    bring_in_new_key(settings)
    keyring = Keyring.parse(settings.KEYRING)
    del keyring.encryption["k1"]
    settings.KEYRING = keyring.dump()

    _, complaints = rotate()

    assert "'k1'" in complaints
    assert str(rows[0].pk) in complaints


def test_only_the_first_of_many_bad_values_are_listed(settings):
    people(30)
    with connection.cursor() as cursor:
        # One bit the other way: another byte put there would in one case of 256 be the one that was.
        cursor.execute("UPDATE supporters_supporter SET email = set_byte(email, 29, get_byte(email, 29) # 1)")
    bring_in_new_key(settings)

    _, complaints = rotate()

    assert complaints.count("supporters_supporter.email, row") == 20
    assert "and 10 more" in complaints


@pytest.mark.django_db(transaction=True)
def test_value_that_somebody_writes_meanwhile_is_not_overwritten(settings):
    (row,) = people(1)
    bring_in_new_key(settings)
    wrote, looked = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            mine = Supporter.objects.select_for_update().get()
            mine.email = "new@example.org"
            mine.save()
            wrote.set()
            looked.wait(5)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    wrote.wait(5)
    relocked = [progress.relocked for progress in relock_column(FIELD)]
    looked.set()
    writer.join()

    assert relocked == [0], "the row is in use: it is left for the next pass"
    assert Supporter.objects.get(pk=row.pk).email == "new@example.org"
    rotate()
    assert Supporter.objects.get(pk=row.pk).email == "new@example.org"


def test_new_key_is_added_to_the_file_at_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "keyring.json"
    generate_keyring(path)
    before = Keyring.parse(path.read_text())

    call_command("rotate_keys", new_key=path, stdout=StringIO())

    after = Keyring.parse(path.read_text())
    assert (before.current, after.current) == ("k1", "k2")
    assert after.encryption["k1"] == before.encryption["k1"]
    assert after.index == before.index
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [None, "not a keyring"])
def test_file_that_is_no_keyring_fails_in_one_line_and_stays(tmp_path, content):
    path = tmp_path / "keyring.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(CommandError) as caught:
        call_command("rotate_keys", new_key=path, stdout=StringIO())
    assert len(str(caught.value).splitlines()) == 1
    assert (path.read_text() if path.exists() else None) == content
