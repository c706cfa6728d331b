"""Reading people out of the database: all of them, at one moment, and no more than is asked for."""

import gc
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection

from supporters.action_kinds import action_kinds
from supporters.crypto.fields import EncryptedTextField, encrypted_field
from supporters.crypto.keyring import Keyring
from supporters.crypto.opening import opener
from supporters.exports import snapshot as snapshot_module
from supporters.exports.choosing import Choice
from supporters.exports.presets.standing import unsubscribed
from supporters.exports.reading import Reader
from supporters.exports.snapshot import Snapshot, snapshot
from supporters.models import ActionState, Purpose, Supporter, Suppression
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.crowd_of_supporters import answers, person, signs, stops

pytestmark = pytest.mark.django_db

EVERYBODY = Choice({}, with_never_asked=True)
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def petition(**details):
    """A petition whose wording is not the one that `answers` makes."""
    return PetitionPageFactory(controller="Another Campaign", consent_text__controller="Another Campaign", **details)


@pytest.fixture
def held():
    """What the test's own transaction sees; `snapshot` opens a connection of its own."""
    connection.ensure_connection()
    return Snapshot(connection.connection)


@pytest.fixture
def opened(monkeypatch):
    """The names of the fields that were opened, in order."""
    names = []
    from supporters.exports import reading

    def watched(field: EncryptedTextField):
        open_it = opener(field)

        def open_and_tell(row, value):
            names.append(field.name)
            return open_it(row, value)

        return open_and_tell

    monkeypatch.setattr(reading, "opener", watched)
    return names


def test_everybody_comes_once_in_the_order_of_their_keys(held, monkeypatch):
    monkeypatch.setattr(snapshot_module, "FETCHED", 3)
    made = {person(number).pk for number in range(10)}

    read = [row.external_id for row in Reader(held, EVERYBODY).people()]

    assert read == sorted(str(key) for key in made)
    assert Reader(held, EVERYBODY).count("people") == 10


def test_nothing_is_opened_that_no_column_asks_for(held, opened):
    person("ada", name="Ada Example", phone="+44 20", postcode="SW1A 1AA")

    [ada] = Reader(held, EVERYBODY).people()

    assert opened == []
    assert ada.phone == "+44 20"
    assert ada.phone == "+44 20"
    assert opened == ["phone"]
    assert (ada.name, ada.email, ada.postcode) == ("Ada Example", "personada@example.org", "SW1A 1AA")


def test_consents_stand_as_they_do_in_the_ledger(held):
    ada = person("ada")
    answers(ada, "withdrawn", at=NOON + timedelta(days=1))
    answers(ada, "given", at=NOON)
    stops(ada, Suppression.Reason.COMPLAINED)

    [read] = Reader(held, EVERYBODY).people()

    assert set(read.consents) == {Purpose.UPDATES}
    assert (read.consents["updates"].choice, read.consents["updates"].asked_at) == (
        "withdrawn",
        NOON + timedelta(days=1),
    )
    assert read.consents["updates"].wording == "Yes, write to me."
    assert read.suppressed == "complained"
    assert unsubscribed(read)


def test_pages_somebody_acted_on_come_once_each_the_first_first(held):
    older, newer = petition(title="Older"), petition(title="Newer")
    ada, bo = person("ada"), person("bo")
    signs(ada, older)
    signs(ada, newer)
    signs(bo, newer, state=ActionState.PENDING)

    pages = {row.external_id: row.took_part for row in Reader(held, EVERYBODY).people()}

    assert pages == {str(ada.pk): ("Older", "Newer"), str(bo.pk): ()}


def test_pages_are_looked_for_once_a_batch_and_only_when_asked(held, monkeypatch):
    page = petition()
    for number in range(20):
        signs(person(number), page)
    asked = []
    rows = Snapshot.rows
    monkeypatch.setattr(
        Snapshot, "rows", lambda self, query, params=(): asked.append(query) or rows(self, query, params)
    )

    people = list(Reader(held, EVERYBODY).people())
    before = len(asked)
    assert before == 1, "the wordings, once"
    assert {person.took_part for person in people} == {(page.title,)}
    assert len(asked) - before == len(action_kinds()) + 1, "one a kind of action for all twenty, one for the title"


def test_acts_and_answers_name_their_person_and_their_page(held):
    ada = person("ada")
    signature = signs(ada, petition(title="Here"))
    answers(ada, "given")

    [act] = Reader(held, EVERYBODY).actions()
    [answer] = Reader(held, EVERYBODY).consents()

    assert (act.external_id, act.page_title) == (str(signature.pk), "Here")
    assert answer.person_id == str(ada.pk)


def test_values_under_an_older_key_are_opened_too(held, settings):
    person("old", name="Under the old key")
    settings.KEYRING = Keyring.parse(settings.KEYRING).with_new_key().dump()
    person("new", name="Under the new key")

    assert {row.name for row in Reader(held, EVERYBODY).people()} == {"Under the old key", "Under the new key"}


def test_opener_opens_what_the_field_opens():
    ada = person("ada", name="Ada Żółć")
    field = encrypted_field(Supporter, "name")
    [[value]] = Snapshot(connection.connection).rows("SELECT name FROM supporters_supporter")

    assert opener(field)(str(ada.pk), bytes(value)) == field.unlock(ada.pk, bytes(value)) == "Ada Żółć"


@pytest.mark.parametrize("with_never_asked", [True, False])
def test_whoever_never_answered_can_be_left_out(held, with_never_asked):
    answers(person("yes"), "given")
    answers(person("no"), "withdrawn")
    stops(person("stopped"))
    page = petition()
    signs(person("silent"), page)
    reader = Reader(held, Choice({}, with_never_asked=with_never_asked))

    people = {row.email.removeprefix("person").partition("@")[0] for row in reader.people()}

    assert people == {"yes", "no", "stopped"} | ({"silent"} if with_never_asked else set())
    assert reader.count("people") == len(people)
    assert reader.count("actions") == len(list(reader.actions())) == with_never_asked


def test_rows_read_and_left_are_not_kept(held, monkeypatch):
    monkeypatch.setattr(snapshot_module, "FETCHED", 10)
    for number in range(60):
        person(number)
    most = 0
    for place, _ in enumerate(Reader(held, EVERYBODY).people()):
        # To look at every object there is takes a quarter of a second.
        if place % 12 == 5:
            most = max(most, sum(type(thing).__name__ == "_Person" for thing in gc.get_objects()))

    assert 0 < most <= 11


@pytest.mark.django_db(transaction=True)
def test_snapshot_stands_still_and_can_change_nothing():
    person("ada")
    with snapshot() as held:
        reader = Reader(held, EVERYBODY)
        assert reader.count("people") == 1
        person("bo")

        assert reader.count("people") == 1
        assert [row.external_id for row in reader.people()] == [str(Supporter.objects.earliest("created_at").pk)]
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            held.rows("UPDATE supporters_supporter SET language = 'cy' RETURNING id")
