"""An uploaded file as headings and rows, whichever of the kinds we read it is."""

import io
import re
import unicodedata
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final, cast
from zipfile import BadZipFile, LargeZipFile, ZipFile

from supporters.imports.csv_files import read_csv
from supporters.imports.errors import (
    BROKEN,
    EMPTY,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    NO_HEADINGS,
    NO_PEOPLE_FILE,
    NOT_A_TABLE,
    OLD_EXCEL,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    UNPACKS_TOO_LARGE,
    UnreadableFile,
)
from supporters.imports.xlsx_files import WORKBOOK, read_xlsx

ZIP_BEGINS: Final = b"PK\x03\x04"
EMPTY_ZIP: Final = b"PK\x05\x06"
OLD_EXCEL_BEGINS: Final = b"\xd0\xcf\x11\xe0"
BLANK_BEFORE_HEADINGS: Final = 1_000
ROWS_OF_A_SHEET: Final = 1_048_576
LONGEST_HEADING: Final = 120  # characters, as long as supporters.models.ImportProblem.column
# A file without headings begins with somebody's address or number, which must not be kept as a heading is.
LOOKS_LIKE_DATA: Final = re.compile(r"\S@\S+\.\S|\d{6}|\d[\d\s()-]{7,}")
PEOPLE_FILE: Final = re.compile(r"people(\.machine)?\.(csv|xlsx)")
CSV, XLSX, OURS = "csv", "xlsx", "zip"


@dataclass(frozen=True)
class Table:
    """A list of people as it was uploaded. ``rows`` are numbered from 1, headings not counted, blank ones left out."""

    kind: str
    headings: list[str]
    rows: Iterator[tuple[int, list[str]]]


@contextmanager
def open_table(file: BinaryIO) -> Iterator[Table]:
    """The table in ``file``, which can be sought in. Raises UnreadableFile, also while rows are read."""
    # Whoever stops in the middle must not leave a reader behind that still holds the file.
    with _opened(file) as (kind, rows), closing(rows):
        headings = _headings(rows)
        yield Table(kind, headings, _numbered(rows))


@contextmanager
def _opened(file: BinaryIO) -> Iterator[tuple[str, Generator[list[str], None, None]]]:
    file.seek(0)
    beginning = file.read(4)
    if not beginning:
        raise UnreadableFile(EMPTY)
    if beginning == OLD_EXCEL_BEGINS:
        raise UnreadableFile(OLD_EXCEL)
    if beginning not in {ZIP_BEGINS, EMPTY_ZIP}:
        yield CSV, read_csv(file)
        return
    with _archive(file) as archive:
        if WORKBOOK in archive.namelist():
            yield XLSX, read_xlsx(archive)
            return
        with _people_file(archive) as (name, people):
            if name.endswith(".csv"):
                yield OURS, read_csv(people)
            else:
                with _archive(people) as workbook:
                    yield OURS, read_xlsx(workbook)


@contextmanager
def _archive(file: BinaryIO) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(file)
    except (BadZipFile, LargeZipFile, NotImplementedError, OSError, ValueError):
        raise UnreadableFile(BROKEN) from None
    with archive:
        yield archive


@contextmanager
def _people_file(archive: ZipFile) -> Iterator[tuple[str, BinaryIO]]:
    """The file with the people inside a ZIP of ours."""
    names = [name for name in archive.namelist() if PEOPLE_FILE.fullmatch(name.rpartition("/")[2])]
    if not names:
        inside = any(name.lower().endswith((".csv", ".xlsx")) for name in archive.namelist())
        raise UnreadableFile(NO_PEOPLE_FILE if inside else NOT_A_TABLE)
    # Never more is unpacked than it says here, and whoever seeks in it unpacks it again and again.
    if archive.getinfo(min(names)).file_size > MAX_UNPACKED_BYTES:
        raise UnreadableFile(UNPACKS_TOO_LARGE)
    try:
        with archive.open(min(names)) as member:
            yield min(names), io.BufferedReader(cast("io.RawIOBase", member))
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, UnicodeDecodeError):
        raise UnreadableFile(BROKEN) from None


def _headings(rows: Iterator[list[str]]) -> list[str]:
    for row in islice(rows, BLANK_BEFORE_HEADINGS):
        while row and not row[-1].strip():
            row.pop()
        if not row:
            continue
        if len(row) > MAX_COLUMNS:
            raise UnreadableFile(TOO_MANY_COLUMNS)
        if any(LOOKS_LIKE_DATA.search(cell) for cell in row):
            raise UnreadableFile(NO_HEADINGS)
        return [_heading(cell) for cell in row]
    raise UnreadableFile(EMPTY)


def _heading(cell: str) -> str:
    """A heading on one line, without what cannot be seen."""
    text = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", cell)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return " ".join(text.split())[:LONGEST_HEADING]


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1):
        is_blank = not any(cell.strip() for cell in row)
        # A hundred million blank ones fit into a file; a sheet made in a spreadsheet may well end in a million.
        if number > (ROWS_OF_A_SHEET if is_blank else MAX_ROWS):
            raise UnreadableFile(TOO_MANY_ROWS)
        if not is_blank:
            yield number, row
