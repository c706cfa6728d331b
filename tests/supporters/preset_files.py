"""The files of a preset as an organiser gets them, and a reader that knows nothing but CSV."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_DNS, uuid5

from supporters.exports.columns import columns_of
from supporters.exports.presets import preset_named
from supporters.exports.rows import ActionRow, ConsentRow, PersonRow, StandingConsent

ASKED_AT = datetime(2026, 5, 3, 10, 0, 0, tzinfo=UTC)


def files_of(name, *, people=(), actions=(), consents=(), with_sensitive=True) -> dict[str, str]:
    """Every file of the preset ``name`` as CSV text. People who were never asked are in it when they are given."""
    rows = {"people": people, "actions": actions, "consents": consents}
    return {
        file.name: written(
            columns_of(file.resource, with_sensitive=with_sensitive),
            [row for row in rows[file.rows] if file.keep is None or file.keep(row)],
        )
        for file in preset_named(name).files
    }


def written(columns, rows) -> str:
    """CSV as RFC 4180 has it, every cell in quotes and exactly as the column made it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([column.column_name for column in columns])
    for row in rows:
        cells = [column.value(row) for column in columns]
        assert all(type(cell) is str for cell in cells), "Every cell is text."
        writer.writerow(cells)
    return text.getvalue()


def read(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file by their headings. A row of another length than the headings is an error."""
    headings, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert len(set(headings)) == len(headings)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def headings(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), strict=True))


def consent(choice="given", **values) -> StandingConsent:
    return StandingConsent(
        **{
            "choice": choice,
            "asked_at": ASKED_AT,
            "method": "web form",
            "text_version": 3,
            "text_language": "en",
            "wording": "Write to me about this campaign. I can stop it at any time.",
            "controller": "Example Campaign",
            "page_id": 12,
            **values,
        }
    )


def person(email="ada@example.org", *, updates="given", taking_part=None, **values) -> PersonRow:
    answers = {"updates": updates, "taking_part": taking_part}
    return PersonRow(
        **{
            "external_id": str(uuid5(NAMESPACE_DNS, email)),
            "email": email,
            "name": "Ada Example",
            "phone": "+447700900123",
            "postcode": "SW1A 1AA",
            "country": "GB",
            "constituency_code": "E14001172",
            "language": "en",
            "source": "newsletter-may",
            "created_at": ASKED_AT - timedelta(days=1),
            "last_act_at": ASKED_AT,
            "last_contacted_at": None,
            "consents": {purpose: consent(choice) for purpose, choice in answers.items() if choice},
            "took_part": ("Repeal the brothel-keeping law",),
            **values,
        }
    )


def action(person_row, **values) -> ActionRow:
    return ActionRow(
        **{
            "external_id": "action-1",
            "person_id": person_row.external_id,
            "kind": "signature",
            "page_id": 12,
            "page_title": "Repeal the brothel-keeping law",
            "state": "confirmed",
            "name": person_row.name,
            "language": "en",
            "source": "",
            "country": "GB",
            "constituency_code": "",
            "created_at": ASKED_AT - timedelta(minutes=5),
            "confirmed_at": ASKED_AT,
            **values,
        }
    )


def answer(person_row, **values) -> ConsentRow:
    return ConsentRow(
        **{
            "external_id": "consent-1",
            "person_id": person_row.external_id,
            "purpose": "updates",
            "choice": "given",
            "method": "web form",
            "asked_at": ASKED_AT,
            "recorded_at": ASKED_AT,
            "text_version": 3,
            "text_language": "en",
            "wording": "Write to me about this campaign. I can stop it at any time.",
            "controller": "Example Campaign",
            "page_id": 12,
            "note": "",
            **values,
        }
    )


# Every kind of person. Only those of the first list agreed, still do, and can be written to.
AGREED = [
    person("ada@example.org"),
    person("No.Phone+tag@Example.org", phone="", name="Cher"),
    person("romanian@example.org", name="Ștefan-Ionuț Țurcanu", language="ro", country="RO", postcode=""),
    person("welsh@example.org", name="Llŷr ap Siôn", language="cy", took_part=("Deiseb, “nawr”", "Ail ddeiseb")),
    person("quotes@example.org", name='Mary "Moll" O\'Neill, Jr', source='a,"b"'),
    person("formula@example.org", name='=HYPERLINK("http://evil.example","x")', took_part=("-1+1|=2+2", "@SUM(A1);=3")),
    person("o=o@example.org", name="Equals"),
    person("-minus@example.org", name="Minus"),
    person("nameless@example.org", name="", country="", language="", took_part=()),
    person("abroad@example.org", name="Zoë Ní Bhriain", country="IE", phone="+353 1 555 0100", postcode="D02 X285"),
    person("invited@example.org", taking_part="given"),
    person("not-invited@example.org", taking_part="withdrawn"),
    person("null@example.org", name="NULL"),
    person("long@example.org", name="Łucja " + "Żółć" * 90, took_part=("é" * 150, "🏳️\u200d🌈" * 40)),
    person("lines@example.org", name="Two\r\nLines\x00 \u202eback", took_part=("Line\nbreak",)),
]
SAID_NO = [
    person("withdrew@example.org", updates="withdrawn"),
    person("asked@example.org", suppressed="asked"),
    person("complained@example.org", suppressed="complained"),
    person("bounced@example.org", suppressed="bounced"),
    person("blocked@example.org", suppressed="blocked"),
    person("withdrew-and-bounced@example.org", updates="withdrawn", suppressed="bounced"),
    person("blocked-unasked@example.org", updates=None, suppressed="blocked"),
    person("+plus@example.org", updates="withdrawn", name="+SUM(1)"),
]
NEVER_ASKED = [
    person("never@example.org", updates=None),
    person("invitations-only@example.org", updates=None, taking_part="given"),
]
EVERYBODY = [*AGREED, *SAID_NO, *NEVER_ASKED]


def addresses(people) -> set[str]:
    return {row.email.lower() for row in people}
