"""Whatever somebody did here, 400 days later nobody can tell who they were."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import DateField

from home.models import User
from petitions.models import Signature
from supporters.models import ActionState, Supporter
from supporters.purging import purge
from tests.planting import everything_opened, plant
from tests.traces import traces

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(private_root):
    boss = User.objects.create_superuser("boss@example.org", "a long password for tests")
    return [plant(boss=boss) for _ in range(2)]


def let_days_pass(days: int) -> int:
    """Move every time in every table into the past, which is what a later clock would see; how many columns."""
    moved = 0
    with connection.cursor() as cursor:
        for model in apps.get_models():
            columns = [str(field.column) for field in model._meta.local_concrete_fields if isinstance(field, DateField)]
            if not columns or not model._meta.managed or model._meta.proxy:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            moves = ", ".join(
                f"{name} = {name} - interval '{days} days'" for name in map(connection.ops.quote_name, columns)
            )
            # What is only ever added to is moved like everything else.
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET {moves}")  # noqa: S608  (names of our own tables)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            moved += len(columns)
    return moved


def test_nobody_is_found_after_400_days(people, dump, private_root):
    confirmed = Signature.objects.filter(state=ActionState.CONFIRMED).count()
    keys = [key for person in people for key in person.keys[:4]]
    assert any(texts for texts in everything_opened().values())

    # A mail given up by the first purge may keep the hash of its mailbox for another day.
    for days in (398, 2):
        assert let_days_pass(days) > 30
        assert purge().failed == []

    assert {name for name, texts in everything_opened().items() if texts} == set()
    assert [file for file in private_root.rglob("*") if file.is_file()] == []
    assert not Supporter.objects.exists()
    text = dump()
    assert b"COPY public.petitions_signature" in text
    for person in people:
        assert traces(text, person.words) == []
    assert [key for key in keys if key.hex().encode() in text] == []
    # Everybody still counts.
    assert Signature.objects.filter(state=ActionState.CONFIRMED).count() == confirmed > 0


def test_nobody_is_forgotten_before_their_time(people):
    """The control: it was the clock that did it."""
    before = everything_opened()
    purge()

    assert {name: sorted(texts) for name, texts in everything_opened().items()} == {
        name: sorted(texts) for name, texts in before.items()
    }


def test_a_week_takes_what_is_kept_for_hours_and_days_and_nothing_else(people):
    let_days_pass(9)
    purge()

    left = {name for name, texts in everything_opened().items() if texts}
    assert left == {
        # Of an event that was three days away, and is not a week over.
        "events.ProviderPlace.join_url",
        "events.Question.text",
        "events.Registration.name",
        "events.Registration.email",
        "mp_contacts.Letter.name",
        "mp_contacts.Letter.email",
        "mp_contacts.Letter.postcode",
        # Of a letter that waits for its turn.
        "mp_contacts.Letter.address",
        "mp_contacts.Letter.subject",
        "mp_contacts.Letter.body",
        "mp_contacts.Reply.text",
        "petitions.Signature.name",
        "petitions.Signature.email",
        "petitions.Signature.postcode",
        "petitions.Signature.comment",
        "supporters.Supporter.name",
        "supporters.Supporter.email",
        "supporters.Supporter.phone",
        "supporters.Supporter.postcode",
        "supporters.ImportChange.before",
        "supporters.ImportChange.after",
        "supporters.Merge.journal",
    }
