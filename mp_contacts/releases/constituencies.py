"""Names and codes of constituencies, as the ONS and others publish them."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils import translation

from mp_contacts.models import Country, Region
from mp_contacts.releases.columns import Alias, WrongFile

CODE: Final = Alias("codes", "pcon*cd", "pconcd", "gss_code", "code", "pcon*")
NAME: Final = Alias("names", "pcon*nm", "pconnm", "name", "pcon_name")
WELSH: Final = Alias("Welsh names", "pcon*nmw", "name_cy", "welsh_name")
REGION: Final = Alias("regions", "region", "rgn*nm", "region_name")

A_CODE: Final = re.compile(r"[ENSWX][0-9]{8}")
COUNTRY_OF: Final = {
    "E": Country.ENGLAND,
    "N": Country.NORTHERN_IRELAND,
    "S": Country.SCOTLAND,
    "W": Country.WALES,
}
OUTSIDE_ENGLAND: Final = {
    Country.NORTHERN_IRELAND: Region.NORTHERN_IRELAND,
    Country.SCOTLAND: Region.SCOTLAND,
    Country.WALES: Region.WALES,
}
OTHER_NAMES: Final = {"eastern": Region.EAST, "east": Region.EAST}


@cache
def _regions() -> dict[str, Region]:
    """Every region by what the files call it, which is English whatever is spoken here."""
    with translation.override("en"):
        return {str(region.label).casefold(): region for region in Region} | OTHER_NAMES


@dataclass(frozen=True)
class NamedSeat:
    """One row. ``region`` is empty where the file names none, which only English seats can be."""

    code: str
    name: str
    name_cy: str
    country: str
    region: str


def read_constituencies(path: Path) -> list[NamedSeat]:
    """Every seat of the CSV file at ``path``; raises WrongFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(csv.reader(file, strict=True))
    except OSError as error:
        raise WrongFile(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise WrongFile("This file is not text in UTF-8.") from None
    except csv.Error as error:
        raise WrongFile(f"This is not a CSV file: {error}.") from None


def _read(rows: Any) -> list[NamedSeat]:
    headings: list[str] = next(rows, [])
    code_at, name_at = CODE.require(headings), NAME.require(headings)
    welsh_at, region_at = WELSH.find(headings), REGION.find(headings)
    seats: dict[str, NamedSeat] = {}
    for row in rows:
        if not any(row):
            continue
        if len(row) < len(headings):
            raise WrongFile(f"Line {rows.line_num} has {len(row)} cells where {len(headings)} were expected.")
        seat = _seat(
            row[code_at].strip(), row[name_at].strip(), _cell(row, welsh_at), _cell(row, region_at), rows.line_num
        )
        if seats.setdefault(seat.code, seat) != seat:
            raise WrongFile(f"Line {rows.line_num}: {seat.code} stands here twice, and not with the same words.")
    if not seats:
        raise WrongFile("There is no constituency in this file.")
    return list(seats.values())


def _cell(row: list[str], place: int | None) -> str:
    return "" if place is None else row[place].strip()


def _seat(code: str, name: str, name_cy: str, region: str, line: int) -> NamedSeat:
    if not A_CODE.fullmatch(code):
        raise WrongFile(f"Line {line}: {code[:20]!r} is no code of a constituency, such as E14001063.")
    if not name or len(name) > 100:
        raise WrongFile(f"Line {line}: {code} needs a name of 100 characters or fewer.")
    found = _regions().get(region.casefold())
    # Invented seats have codes that say no country: it follows from their region.
    country = COUNTRY_OF.get(code[0]) or next((land for land, same in OUTSIDE_ENGLAND.items() if same == found), None)
    country = country or Country.ENGLAND
    if country in OUTSIDE_ENGLAND:
        found = OUTSIDE_ENGLAND[country]
    elif region and (found is None or found in OUTSIDE_ENGLAND.values()):
        raise WrongFile(f"Line {line}: {region[:40]!r} is no region of England.")
    return NamedSeat(code, name, "" if name_cy == name else name_cy[:100], country, found or "")
