"""Reading people, what they did and what they agreed to, by the million and in constant memory.

Rows come as tuples of one server-side cursor, in the order of their keys. What is encrypted is opened
when a column asks for it: a file without phone numbers opens none. Models are not used: making one a
row takes longer than all the rest.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from supporters.action_kinds import ActionKind, action_kinds
from supporters.crypto.fields import encrypted_field
from supporters.crypto.opening import Opener, opener
from supporters.exports.choosing import Choice
from supporters.exports.rows import ActionRow, ConsentRow, PersonRow, StandingConsent
from supporters.exports.snapshot import Snapshot
from supporters.models import ActionState, Purpose, Supporter

LOCKED: Final = ("email", "name", "phone", "postcode")
PURPOSES: Final = tuple(Purpose.values)
BEFORE_ANSWERS: Final = 13  # columns of PEOPLE that stand in front of the first purpose's
ANSWER: Final = 5  # columns of each purpose

PEOPLE: Final = """
SELECT s.id::text, s.email, s.name, s.phone, s.postcode, s.country, s.constituency_code, s.language, s.source,
       s.created_at, s.last_act_at, s.last_contacted_at, stop.reason {answers}
FROM supporters_supporter s LEFT JOIN supporters_suppression stop ON stop.email_key = s.email_key {joins}
WHERE {condition} ORDER BY s.id
"""
ANSWERS: Final = ", a{n}.choice, a{n}.asked_at, a{n}.method, a{n}.text_id, a{n}.page_id"
# One look a person by the index, whatever the planner believes to know about answers: after an import it
# knows nothing, and might compare everybody with everybody. OFFSET keeps it from trying.
JOINS: Final = """
LEFT JOIN LATERAL (
    SELECT c.choice, c.asked_at, r.method, r.text_id, r.page_id
    FROM supporters_currentconsent c JOIN supporters_consentrecord r ON r.id = c.record_id
    WHERE c.supporter_id = s.id AND c.purpose = '{purpose}' OFFSET 0
) a{n} ON true
"""
CONSENTS: Final = """
SELECT r.id, r.supporter_id::text, r.choice, r.method, r.asked_at, r.created_at, r.text_id, r.page_id, r.note
FROM supporters_consentrecord r JOIN supporters_supporter s ON s.id = r.supporter_id
WHERE {condition} ORDER BY r.id
"""
ACTIONS: Final = """
SELECT a.id::text, a.supporter_id::text, a.{page}, a.state, a.name, a.language, a.source, a.country,
       a.constituency_code, a.created_at, a.confirmed_at
FROM {table} a JOIN supporters_supporter s ON s.id = a.supporter_id
WHERE {condition} ORDER BY a.id
"""
TOOK_PART: Final = """
SELECT a.supporter_id::text, a.{page} FROM {table} a
WHERE a.supporter_id = ANY (%s::uuid[]) AND a.state = %s ORDER BY a.confirmed_at, a.id
"""
TEXTS: Final = "SELECT id, version, language, wording, controller, purpose FROM supporters_consenttext"
TITLE: Final = "SELECT title FROM wagtailcore_page WHERE id = %s"
COUNTS: Final[Mapping[str, str]] = {
    "people": "SELECT count(*) FROM supporters_supporter s WHERE {condition}",
    "consents": "SELECT count(*) FROM supporters_consentrecord r JOIN supporters_supporter s ON s.id = r.supporter_id"
    " WHERE {condition}",
    "actions": "SELECT count(*) FROM {table} a JOIN supporters_supporter s ON s.id = a.supporter_id WHERE {condition}",
}

Row = PersonRow | ActionRow | ConsentRow


class Reader:
    """Reads the people of one choice out of one snapshot, as often as needed."""

    def __init__(self, snapshot: Snapshot, choice: Choice) -> None:
        self.snapshot = snapshot
        self.condition, self.params = choice.condition()
        self.titles = _Titles(snapshot)

    def read(self, rows: str) -> Iterator[Row]:
        """The rows of a file whose ExportFile says ``rows``."""
        readers: dict[str, Callable[[], Iterator[Row]]] = {
            "people": self.people,
            "actions": self.actions,
            "consents": self.consents,
        }
        return readers[rows]()

    def count(self, rows: str) -> int:
        """How many `read` gives."""
        if rows == "actions":
            return sum(self._count(rows, table=_table(kind)) for kind in action_kinds())
        return self._count(rows)

    def people(self) -> Iterator[PersonRow]:
        """Each supporter, by the key of their record."""
        texts, openers = self._texts(), {name: opener(encrypted_field(Supporter, name)) for name in LOCKED}
        places = [(purpose, BEFORE_ANSWERS + n * ANSWER) for n, purpose in enumerate(PURPOSES)]
        for rows in self.snapshot.batches(people_query(self.condition), self.params):
            source = _Source(self, openers, [row[0] for row in rows])
            for row in rows:
                person = _person(row, source)
                person.consents = {
                    purpose: StandingConsent(row[at], row[at + 1], row[at + 2], *texts[row[at + 3]], row[at + 4])
                    for purpose, at in places
                    if row[at]
                }
                yield person

    def actions(self) -> Iterator[ActionRow]:
        """Everything these people did, kind by kind, by the key of the act."""
        for kind in action_kinds():
            query = ACTIONS.format(page=_page_column(kind), table=_table(kind), condition=self.condition)
            open_name, titles = opener(encrypted_field(kind.model, "name")), self.titles
            for rows in self.snapshot.batches(query, self.params):
                for key, person, page, state, name, *rest in rows:
                    opened = open_name(key, name) if name else ""
                    yield ActionRow(key, person, kind.name, page, titles[page], state, opened, *rest)

    def consents(self) -> Iterator[ConsentRow]:
        """Every line of these people's ledgers, in the order they were written."""
        texts = {
            key: (version, language, wording, controller, purpose)
            for key, version, language, wording, controller, purpose in self.snapshot.rows(TEXTS)
        }
        for rows in self.snapshot.batches(CONSENTS.format(condition=self.condition), self.params):
            for key, person, choice, method, asked_at, recorded_at, text, page, note in rows:
                version, language, wording, controller, purpose = texts[text]
                yield ConsentRow(
                    str(key), person, purpose, choice, method, asked_at, recorded_at, version, language, wording,
                    controller, page, note,
                )  # fmt: skip

    def took_part(self, people: list[str]) -> dict[str, tuple[str, ...]]:
        """The titles of the pages each of ``people`` confirmed an action on, once each, the first first."""
        found: dict[str, dict[str, None]] = {}
        for kind in action_kinds():
            query = TOOK_PART.format(page=_page_column(kind), table=_table(kind))
            for person, page in self.snapshot.rows(query, [people, ActionState.CONFIRMED.value]):
                found.setdefault(person, {})[self.titles[page]] = None
        return {person: tuple(titles) for person, titles in found.items()}

    def _texts(self) -> dict[int, tuple[int, str, str, str]]:
        return {
            key: (version, language, wording, controller)
            for key, version, language, wording, controller, _ in self.snapshot.rows(TEXTS)
        }

    def _count(self, rows: str, **parts: str) -> int:
        return self.snapshot.number(COUNTS[rows].format(condition=self.condition, **parts), self.params)


class _Source:
    """Where the people of one batch find what nobody has asked for yet."""

    def __init__(self, reader: Reader, openers: dict[str, Opener], people: list[str]) -> None:
        self.openers = openers
        self._reader = reader
        self._people = people
        self._took_part: dict[str, tuple[str, ...]] | None = None

    def took_part(self, person: str) -> tuple[str, ...]:
        """One question for the whole batch, asked when the first column wants to know."""
        if self._took_part is None:
            self._took_part = self._reader.took_part(self._people)
        return self._took_part.get(person, ())


class _Person(PersonRow):
    """A person whose encrypted values, and the pages they acted on, are found when they are first read."""

    __slots__ = ("locked", "origin")

    locked: dict[str, bytes]
    origin: _Source

    def __getattr__(self, name: str) -> Any:
        # Reached only while the attribute is not set.
        if name == "took_part":
            value: Any = self.origin.took_part(self.external_id)
        elif name in LOCKED:
            value = self.origin.openers[name](self.external_id, self.locked[name])
        else:
            raise AttributeError(name)
        setattr(self, name, value)
        return value


class _Titles(dict[int, str]):
    """Titles of pages by key, each looked up once. There are few pages, however many people."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self._snapshot = snapshot

    def __missing__(self, page: int) -> str:
        found = self._snapshot.rows(TITLE, [page])
        self[page] = title = found[0][0] if found else ""
        return title


def people_query(condition: str) -> str:
    """The statement for every supporter who meets ``condition``, with their standing answer to each purpose."""
    return PEOPLE.format(
        answers="".join(ANSWERS.format(n=n) for n in range(len(PURPOSES))),
        joins="".join(JOINS.format(n=n, purpose=purpose) for n, purpose in enumerate(PURPOSES)),
        condition=condition,
    )


def _person(row: tuple[Any, ...], source: _Source) -> _Person:
    person = _Person.__new__(_Person)
    person.origin = source
    (
        person.external_id, email, name, phone, postcode, person.country, person.constituency_code, person.language,
        person.source, person.created_at, person.last_act_at, person.last_contacted_at,
    ) = row[:12]  # fmt: skip
    person.suppressed = row[12] or ""
    person.locked = {"email": email, "name": name, "phone": phone, "postcode": postcode}
    for key, value in person.locked.items():
        if value is None:
            setattr(person, key, "")
    return person


def _table(kind: ActionKind) -> str:
    return kind.model._meta.db_table


def _page_column(kind: ActionKind) -> str:
    return str(kind.model._meta.get_field(kind.page_field).column)  # type: ignore[union-attr]
