"""The ONS Postcode Directory and the National Statistics Postcode Lookup, as CSV or as the ZIP they come in."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from mp_contacts.postcodes.files import DirectoryBuilder
from mp_contacts.postcodes.unknown import CROWN_DEPENDENCIES
from mp_contacts.releases.columns import Alias, WrongFile

POSTCODE: Final = Alias("postcodes", "pcds", "pcd7", "pcd8", "pcd", "pcd2", "postcode")
ENDED: Final = Alias("the month a postcode was ended", "doterm")
SEAT: Final = Alias("constituencies", "pcon*cd", "pcon*", "pconcd", "pcon")

REAL_SEAT: Final = re.compile(r"[ENSWX][0-9]{8}")
# What stands where there is no seat: Crown dependencies have L and M, the rest is "not known" by country.
PSEUDO: Final = "99999999"
# The ZIP has the whole directory in one file, and once more in one file an area.
WHOLE: Final = re.compile(r"(?:^|/)Data/[^/]*UK[^/]*\.csv$", re.IGNORECASE)
AREAS: Final = re.compile(r"(?:^|/)Data/multi_csv/[^/]*UK[^/]*\.csv$", re.IGNORECASE)
REPORT_EVERY: Final = 4096


@dataclass
class Tally:
    """What was found in a file. ``read`` is ``live`` and ``ended`` together; ``live`` those that are skipped too."""

    read: int = 0
    ended: int = 0
    without_seat: int = 0
    no_postcode: int = 0
    crown: int = 0
    northern_ireland: int = 0

    @property
    def live(self) -> int:
        return self.read - self.ended

    @property
    def skipped(self) -> int:
        return self.without_seat + self.no_postcode


def read_release(path: Path, builder: DirectoryBuilder) -> Iterator[Tally]:
    """Read a release into ``builder``; yields the one tally every few thousand rows and at the end.

    Raises WrongFile for what is no such file, or broken.
    """
    tally = Tally()
    try:
        for name, opened in _tables(path):
            yield from _read_table(name, opened, builder, tally)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise WrongFile(f"This ZIP file cannot be read: {error}.") from None
    except UnicodeDecodeError:
        raise WrongFile("This file is not text in UTF-8, as the releases are.") from None
    except csv.Error as error:
        raise WrongFile(f"This is not a CSV file: {error}.") from None
    yield tally


def _read_table(name: str, text: TextIO, builder: DirectoryBuilder, tally: Tally) -> Iterator[Tally]:
    rows = csv.reader(text, strict=True)
    headings: list[str] = next(rows, [])
    postcode_at, seat_at, ended_at = POSTCODE.require(headings), SEAT.require(headings), ENDED.find(headings)
    # Of few seats and millions of rows: each code is looked at once.
    seats: dict[str, bool] = {}
    for row in _whole_rows(name, rows, len(headings)):
        tally.read += 1
        if not tally.read % REPORT_EVERY:
            yield tally
        if ended_at is not None and row[ended_at].strip():
            tally.ended += 1
            continue
        seat = row[seat_at]
        is_real = seats.get(seat)
        if is_real is None:
            is_real = seats[seat] = bool(REAL_SEAT.fullmatch(seat)) and seat[1:] != PSEUDO
        if is_real:
            _note(row[postcode_at], seat, builder, tally)
        else:
            tally.without_seat += 1
            tally.crown += row[postcode_at][:2] in CROWN_DEPENDENCIES


def _note(postcode: str, seat: str, builder: DirectoryBuilder, tally: Tally) -> None:
    if not builder.add(postcode, seat):
        tally.no_postcode += 1
    elif seat[0] == "N":
        tally.northern_ireland += 1


def _whole_rows(name: str, rows: Any, width: int) -> Iterator[list[str]]:
    """Every row but blank lines; raises WrongFile at one of another width, as where a file was cut off."""
    for row in rows:
        if len(row) == width:
            yield row
        elif row:
            raise WrongFile(f"{name}, line {rows.line_num}: {len(row)} cells where {width} were expected. Is it whole?")


def _tables(path: Path) -> Iterator[tuple[str, TextIO]]:
    """The tables of a release, each open while it is that table's turn; raises WrongFile."""
    try:
        is_zip = zipfile.is_zipfile(path)
        if not is_zip and path.suffix.lower() != ".zip":
            with path.open(encoding="utf-8-sig", newline="") as text:
                yield path.name, text
            return
        with zipfile.ZipFile(path) as archive:
            for name in _members(archive):
                with archive.open(name) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
                    yield Path(name).name, text
    except OSError as error:
        raise WrongFile(f"{path} cannot be read: {error.strerror or error}.") from None


def _members(archive: zipfile.ZipFile) -> list[str]:
    names = sorted(archive.namelist())
    whole = [name for name in names if WHOLE.search(name)]
    if len(whole) > 1:
        raise WrongFile(f"This ZIP file has more than one directory: {', '.join(whole)}. Unpack it and name one.")
    found = whole or [name for name in names if AREAS.search(name)]
    if not found:
        raise WrongFile("There is no Data/…UK….csv in this ZIP file, as the releases have.")
    return found
