"""What was asked for, and the file that answers it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from supporters.exports.choosing import Choice
from supporters.exports.columns import columns_of
from supporters.exports.formats.age import encrypted
from supporters.exports.formats.archive import FAST, PACKED_ALREADY, Member, archive
from supporters.exports.formats.csv_lines import machine_csv, spreadsheet_csv
from supporters.exports.formats.json_lines import json_lines
from supporters.exports.formats.xlsx import workbook
from supporters.exports.presets import ExportFile, Preset
from supporters.exports.reading import Reader

SPREADSHEET: Final = "spreadsheet"
"""Cells that no spreadsheet takes for a formula, and a byte order mark in front of CSV."""

MACHINE: Final = "machine"
"""Exact bytes. Files say so in their names: they must not be opened in a spreadsheet."""

CELL_MODES: Final = (SPREADSHEET, MACHINE)
TICK: Final = 500
README: Final = "README.txt"
MANIFEST: Final = "manifest.json"

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Order:
    """Which preset, of which people, in which format. ``age_recipient`` locks all of it for one receiver."""

    preset: Preset
    file_format: str
    choice: Choice
    cell_mode: str = SPREADSHEET
    with_sensitive: bool = False
    age_recipient: str = ""

    @property
    def is_archive(self) -> bool:
        return len(self.preset.files) > 1

    def name(self, on: date) -> str:
        """What the file is called when it is taken away: seen in download folders, so it names no campaign."""
        mode = f"-{MACHINE}" if self.cell_mode == MACHINE else ""
        ending = "zip" if self.is_archive else self.file_format
        locked = ".age" if self.age_recipient else ""
        return f"{self.preset.name}-{on.isoformat()}{mode}.{ending}{locked}"

    def total(self, reader: Reader) -> int:
        """How many rows will be read, for showing how far it is."""
        counts = {rows: reader.count(rows) for rows in {file.rows for file in self.preset.files}}
        return sum(counts[file.rows] for file in self.preset.files)

    def pieces(self, reader: Reader, tick: Tick) -> Iterator[bytes]:
        """The file, in pieces. ``tick`` is told every so often how many more rows were read."""
        plain = self._archive(reader, tick) if self.is_archive else self._only_file(reader, tick)
        return encrypted(plain, recipient=self.age_recipient) if self.age_recipient else plain

    def _only_file(self, reader: Reader, tick: Tick) -> Iterator[bytes]:
        return self._written(self.preset.files[0], _Tally(), reader, tick)

    def _archive(self, reader: Reader, tick: Tick) -> Iterator[bytes]:
        level = PACKED_ALREADY if self.file_format == "xlsx" else FAST
        tallies = {self._member_name(file): _Tally() for file in self.preset.files}

        def members() -> Iterator[Member]:
            yield Member(README, [self._readme().encode()])
            for file, (name, tally) in zip(self.preset.files, tallies.items(), strict=True):
                yield Member(name, tally.sums(self._written(file, tally, reader, tick)), level)
            yield Member(MANIFEST, [self._manifest(tallies)])

        return archive(members())

    def _written(self, file: ExportFile, tally: "_Tally", reader: Reader, tick: Tick) -> Iterator[bytes]:
        columns = columns_of(file.resource, with_sensitive=self.with_sensitive)
        headings, values = [column.column_name for column in columns], [column.value for column in columns]
        keep = file.keep

        def rows() -> Iterator[list[str]]:
            number = written = 0
            for number, row in enumerate(reader.read(file.rows), 1):
                if not number % TICK:
                    tick(TICK)
                if keep is None or keep(row):
                    written += 1
                    yield [value(row) for value in values]
            tick(number % TICK)
            tally.rows = written

        if self.file_format == "xlsx":
            return workbook(file.name, headings, rows())
        if self.file_format == "jsonl":
            return json_lines(headings, rows())
        return (machine_csv if self.cell_mode == MACHINE else spreadsheet_csv)(headings, rows())

    def _member_name(self, file: ExportFile) -> str:
        mode = f".{MACHINE}" if self.cell_mode == MACHINE else ""
        return f"{file.name}{mode}.{self.file_format}"

    def _readme(self) -> str:
        preset = self.preset
        lost = "".join(f"- {sentence}\n" for sentence in preset.loses)
        return preset.readme or "\n\n".join([preset.label, *(["What is lost on the way:", lost] if lost else [])])

    def _manifest(self, tallies: dict[str, "_Tally"]) -> bytes:
        files = [
            {"name": name, "rows": tally.rows, "bytes": tally.size, "sha256": tally.digest.hexdigest()}
            for name, tally in tallies.items()
        ]
        return (
            json.dumps({"preset": self.preset.name, "cells": self.cell_mode, "files": files}, indent=2) + "\n"
        ).encode()


class _Tally:
    """What the manifest says of one file, known once it has been written."""

    def __init__(self) -> None:
        self.rows = self.size = 0
        self.digest = hashlib.sha256()

    def sums(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.digest.update(piece)
            self.size += len(piece)
            yield piece
