"""Model fields whose columns hold ciphertext."""

import json

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from supporters.crypto.envelope import TamperedValue
from supporters.crypto.fields import encrypted_field
from supporters.crypto.keyring import Keyring, MissingKey, current_keyring
from supporters.identity import email_key
from supporters.models import Supporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def supporter():
    return person("ada@example.org")


def person(address, **details):
    return Supporter.objects.create(email_key=email_key(address), email=address, **details)


def stored(row, column="email"):
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT {} FROM supporters_supporter WHERE id = %s").format(sql.Identifier(column)), [row.pk]
        )
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def store(row, value, column="email"):
    with connection.cursor() as cursor:
        update = sql.SQL("UPDATE supporters_supporter SET {} = %s WHERE id = %s").format(sql.Identifier(column))
        cursor.execute(update, [value, row.pk])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_text_comes_back_as_it_was_typed(supporter, text):
    supporter.name = text
    supporter.save()

    assert Supporter.objects.get(pk=supporter.pk).name == text


def test_column_holds_nothing_readable(supporter):
    assert b"ada" not in stored(supporter).lower()


def test_empty_text_is_null(supporter):
    assert stored(supporter, "phone") is None
    assert Supporter.objects.get().phone == ""
    assert Supporter.objects.filter(phone__isnull=True).count() == 1


def test_swapping_two_rows_fails_loudly(supporter):
    other = person("bell@example.org")
    store(supporter, stored(other))

    with pytest.raises(TamperedValue):
        Supporter.objects.get(pk=supporter.pk).email  # noqa: B018  (reading it is the test)


def test_swapping_two_columns_fails_loudly(supporter):
    store(supporter, stored(supporter, "email"), "name")

    with pytest.raises(TamperedValue):
        Supporter.objects.get(pk=supporter.pk).name  # noqa: B018


def test_value_of_another_table_fails_loudly(supporter):
    from supporters.models import Message

    store(supporter, encrypted_field(Message, "recipient").lock(supporter.pk, "ada@example.org"))

    with pytest.raises(TamperedValue):
        Supporter.objects.get(pk=supporter.pk).email  # noqa: B018


def test_missing_key_fails_loudly_and_says_which(supporter, settings):
    document = json.loads(settings.KEYRING)
    document["encryption"] = {"k7": next(iter(document["encryption"].values()))}
    settings.KEYRING = json.dumps({**document, "current": "k7"})

    with pytest.raises(MissingKey, match="k1"):
        Supporter.objects.get(pk=supporter.pk).email  # noqa: B018


def test_missing_keyring_fails_loudly(supporter, settings):
    settings.KEYRING = ""

    with pytest.raises(ImproperlyConfigured):
        person("bell@example.org")


def test_value_that_nobody_reads_is_not_opened_and_survives_a_save(supporter):
    before = stored(supporter)
    row = Supporter.objects.get()
    row.language = "cy"
    row.save()

    assert stored(supporter) == before


def test_deferred_value_is_fetched_and_opened(supporter):
    assert Supporter.objects.defer("email").get().email == "ada@example.org"


@pytest.mark.parametrize("lookup", ["email", "email__exact", "email__contains", "email__in", "email__gt"])
def test_filtering_by_an_encrypted_column_is_refused(supporter, lookup):
    with pytest.raises(FieldError, match="encrypted"):
        list(Supporter.objects.filter(**{lookup: "ada@example.org"}))


def test_update_is_refused(supporter):
    with pytest.raises(FieldError, match="encrypted"):
        Supporter.objects.update(email="bell@example.org")


def test_bulk_update_is_refused(supporter):
    supporter.email = "bell@example.org"

    with pytest.raises(FieldError, match="encrypted"):
        Supporter.objects.bulk_update([supporter], ["email"])


def test_update_to_nothing_wipes(supporter):
    Supporter.objects.update(email=None)

    assert stored(supporter) is None


def test_bulk_create_locks_each_value_to_its_row():
    people = [Supporter(email_key=email_key(f"{n}@example.org"), email=f"{n}@example.org") for n in range(5)]
    Supporter.objects.bulk_create(people)

    assert sorted(row.email for row in Supporter.objects.all()) == [f"{n}@example.org" for n in range(5)]


def test_fixtures_with_personal_data_are_refused(supporter):
    with pytest.raises(FieldError, match="personal"):
        serializers.serialize("json", [supporter])


def test_value_locked_with_an_older_key_opens(supporter, settings):
    settings.KEYRING = Keyring.parse(settings.KEYRING).with_new_key().dump()

    assert current_keyring().current == "k2"
    assert Supporter.objects.get().email == "ada@example.org"
