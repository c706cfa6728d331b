"""A list of members as a CSV file, from whoever keeps one: columns are told by their headings."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from mp_contacts.releases.columns import Alias, WrongFile
from mp_contacts.syncing.records import MemberRecord, listed_name, plain_address, said_name
from supporters.imports.csv_files import read_csv
from supporters.imports.errors import UnreadableFile

SEAT: Final = Alias(
    "codes of constituencies", "pcon*cd", "pcon_code", "gss_code", "ons_code", "constituency_code", "code"
)
SEAT_NAME: Final = Alias("names of constituencies", "pcon*nm", "pcon_name", "constituency_name", "constituency", "seat")
NAME: Final = Alias("names of members", "display_as", "name", "mp", "member", "member_name")
PARTY: Final = Alias("parties", "party name", "party_name", "party_text", "party")
PARLIAMENT_ID: Final = Alias("Parliament's numbers", "member_id", "mp id", "mp_id", "parliament_id", "id")
SORT_NAME: Final = Alias("names as lists are sorted", "sort_name", "list_as")
ADDRESS_NAME: Final = Alias("names as envelopes say them", "full_title", "address_name")
EMAIL: Final = Alias("addresses", "member_email", "email", "e-mail", "office_email")
STARTED: Final = Alias("days of entry", "start date", "start_date", "started_on")
LARGEST_ID: Final = 2**31 - 1
NOBODY: Final = frozenset({"", "vacant", "vacancy", "(vacant)", "none"})
MOST_ROWS: Final = 5_000
MOST_BYTES: Final = 20 * 1024 * 1024


def read_member_list(path: Path) -> list[MemberRecord]:
    """Everybody in the CSV file at ``path``; seats without anybody are left out. Raises WrongFile with one line.

    Where there is no column of addresses, nobody's record says anything of one.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise WrongFile("This file is far too large for a list of members.")
        with path.open("rb") as file, closing(read_csv(file)) as rows:
            return _Columns(next(rows, [])).read(rows)
    except OSError as error:
        raise WrongFile(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnreadableFile as error:
        raise WrongFile(str(error)) from None


class _Columns:
    """Where each column stands in one file."""

    def __init__(self, headings: Sequence[str]) -> None:
        plain = [heading.lstrip("\ufeff") for heading in headings]
        self._name, self._party = NAME.require(plain), PARTY.require(plain)
        self._seat, self._seat_name = SEAT.find(plain), SEAT_NAME.find(plain)
        if self._seat is None:
            self._seat_name = SEAT_NAME.require(plain)
        self._id, self._email, self._started = PARLIAMENT_ID.find(plain), EMAIL.find(plain), STARTED.find(plain)
        self._sort_name, self._address_name = SORT_NAME.find(plain), ADDRESS_NAME.find(plain)

    def read(self, rows: Iterable[list[str]]) -> list[MemberRecord]:
        people: list[MemberRecord] = []
        for number, row in enumerate(rows, start=2):
            if number > MOST_ROWS:
                raise WrongFile(f"There are more than {MOST_ROWS:,} rows: this is no list of members.")
            if any(cell.strip() for cell in row) and _cell(row, self._name).casefold() not in NOBODY:
                people.append(self._person(row, number))
        if not people:
            raise WrongFile("There is no member in this file.")
        return people

    def _person(self, row: Sequence[str], number: int) -> MemberRecord:
        try:
            return MemberRecord(
                name=said_name(_cell(row, self._name)),
                party=_cell(row, self._party),
                parliament_id=_number(_cell(row, self._id)),
                seat=_cell(row, self._seat).upper(),
                seat_name=_cell(row, self._seat_name),
                sort_name=listed_name(_cell(row, self._sort_name)),
                address_name=_cell(row, self._address_name),
                email=None if self._email is None else plain_address(_cell(row, self._email)),
                started_on=_day(_cell(row, self._started)),
            )
        except ValueError as error:
            raise WrongFile(f"Row {number}: {error}") from None


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 11 and 0 < int(text) <= LARGEST_ID):
        raise ValueError("Parliament's number for a member is a whole number.")
    return int(text)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat() if text else ""
    except ValueError:
        raise ValueError("A day of entry is written as 2024-07-04.") from None
