"""Whoever steals a dump, a disk or a log learns nothing of what anybody typed."""

import email
import email.policy
import http.client
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import psycopg
import pytest

from tests.journeys.running_site import RunningSite
from tests.traces import dump_of, forms_of, traces

MAIL_WITHIN_S: Final = 30
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Person:
    """Somebody whose every word is found nowhere else; ``mark`` stands in each of them but the postcode."""

    mark: str
    name: str
    email: str
    postcode: str
    comment: str

    @property
    def words(self) -> list[str]:
        """What must not be found: the whole of each field, and the part of it that nobody else has."""
        return [
            self.name,
            self.name.split()[-1],
            self.email,
            self.email.partition("@")[0],
            self.postcode,
            self.postcode.replace(" ", ""),
            self.comment,
            self.comment.split()[-1],
        ]


def invent_person() -> Person:
    mark = secrets.token_hex(6)
    return Person(
        mark=mark,
        name=f"Zoë Quillfeather{mark}",
        email=f"Zoe.Quill.{mark}@example.org",
        postcode=f"ZE{secrets.randbelow(10)} {secrets.randbelow(10)}{secrets.choice('ABDE')}{secrets.choice('XYZ')}",
        comment=f"It was raining that evening in Łódź, and I told nobody: Umbrellaword{mark}",
    )


@pytest.fixture(scope="module")
def people(running_site: RunningSite) -> list[Person]:
    """Four people: one confirms with a comment, one only counts, one never confirms, one makes mistakes."""
    signer, counted, hesitant, clumsy = people = [invent_person() for _ in range(4)]
    contactable = running_site.petition("carry-out-the-2016-report")
    count_only = running_site.petition("report-without-fear")
    assert sign(running_site, contactable, signer) == 303
    assert sign(running_site, count_only, counted) == 303
    assert sign(running_site, contactable, hesitant) == 303
    assert sign(running_site, contactable, clumsy, postcode=f"{clumsy.postcode} or so") == 422
    assert sign(running_site, contactable, clumsy, name=clumsy.name + "\0" * 3 + "x" * 200) == 422
    assert post(running_site, f"/petitions/{contactable}/resend/", {"email": hesitant.email})[0] == 303
    assert (
        post(running_site, f"/petitions/{contactable}/sign/", {"name": clumsy.name}, origin="https://x.example")[0]
        == 403
    )
    assert post(running_site, "/links/open/", {"link": f"/links/{clumsy.email}/"})[0] == 404
    for person in (signer, counted):
        confirm(running_site, person)
    states = running_site.query(
        "SELECT state, count(*) FROM petitions_signature WHERE created_at > now() - interval '1 hour' GROUP BY 1"
    )
    assert dict(states).keys() >= {"confirmed", "pending"}
    return people


def test_a_dump_holds_nothing_that_anybody_typed(running_site: RunningSite, people: list[Person]) -> None:
    dump = dump_of(running_site.url)
    assert b"COPY public.petitions_signature" in dump
    assert b"Let sex workers work together" in dump, "The public texts are missing: this is not a whole dump."
    assert leaks(dump, people) == []


def test_the_search_finds_what_is_there(running_site: RunningSite) -> None:
    # Nobody of the others: what is written in clear here stays in the server's files for a while.
    person = invent_person()
    running_site.query("CREATE TABLE careless (wrote bytea, said text)")
    try:
        running_site.query("INSERT INTO careless VALUES (%s, %s)", person.email.encode(), person.comment.upper())
        dump = dump_of(running_site.url)
    finally:
        running_site.query("DROP TABLE careless")
    found = leaks(dump, [person])
    assert (person.email, "hex") in found
    assert (person.comment.split()[-1], "text") in found
    for name, form in forms_of(person.email).items():
        assert (person.email, name) in leaks(b"before " + form + b" after", [person])


def test_the_files_of_the_database_hold_nothing_in_clear(running_site: RunningSite, people: list[Person]) -> None:
    running_site.query("CHECKPOINT")
    everything = b"".join(
        file.read_bytes()
        for folder in ("base", "pg_wal", "global")
        for file in sorted((running_site.postgres.data_dir / folder).rglob("*"))
        if file.is_file()
    )
    assert b"Let sex workers work together" in everything
    for person in people:
        for trace in (person.mark, person.postcode, person.postcode.replace(" ", "")):
            assert trace.encode() not in everything
            assert trace.encode("utf-16-le") not in everything


def test_no_log_holds_what_anybody_typed(running_site: RunningSite, people: list[Person]) -> None:
    # A failing statement quotes its values; the server must not write that down either.
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        running_site.query("SELECT %s::text::integer", people[0].email)

    said = running_site.log.read_bytes()
    assert b"Loaded the demo campaign" in said
    assert b"The worker runs" in said
    assert leaks(said, people) == []
    postgres_said = running_site.postgres_log.read_bytes()
    assert b"ready to accept connections" in postgres_said
    assert leaks(postgres_said, people) == []


def leaks(content: bytes, people: list[Person]) -> list[tuple[str, str]]:
    """Each word of theirs that stands in ``content``, however it is written, with its guise."""
    return traces(content, [word for person in people for word in person.words])


def sign(running_site: RunningSite, petition: int, person: Person, **other: str) -> int:
    fields = {
        "name": person.name,
        "email": person.email,
        "country": "GB",
        "postcode": person.postcode,
        "comment": person.comment,
        "shown_as": "full_name",
        "updates": "on",
        **other,
    }
    return post(running_site, f"/petitions/{petition}/sign/", fields)[0]


def confirm(running_site: RunningSite, person: Person) -> None:
    """Wait for the mail and press the button that its first link leads to."""
    deadline = time.monotonic() + MAIL_WITHIN_S
    while not (link := first_link(running_site.directory / "mail", person.email)):
        assert time.monotonic() < deadline, "The mail did not come."
        time.sleep(0.2)
    token = link.rstrip("/").rpartition("/")[2]
    assert post(running_site, "/links/", {"token": token})[0] == 303


def first_link(folder: Path, address: str) -> str:
    for file in folder.glob("[!.]*.eml"):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        if str(message["To"]).lower() == address.lower() and body:
            match = re.search(r"\S+/links/\S+", body.get_content())
            return match[0] if match else ""
    return ""


def post(running_site: RunningSite, path: str, fields: dict[str, str], *, origin: str = "") -> tuple[int, bytes]:
    """Status and body of the answer to a form sent from ``origin``, by default the site itself."""
    connection = http.client.HTTPConnection("127.0.0.1", running_site.port, timeout=30)
    try:
        headers = {"Content-Type": FORM, "Origin": origin or running_site.origin}
        connection.request("POST", path, urlencode(fields), headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
