"""The first sheet of an XLSX file, row by row.

A reader of our own: it holds a piece of the sheet and the file's shared texts, nothing else; it refuses
document types, so that no entity is ever resolved; and it counts what it unpacks, so that a small file
cannot fill the memory. It reads what stands in cells, never what a formula might come to.
"""

import re
import zlib
from array import array
from collections.abc import Callable, Generator, Iterator
from typing import Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from supporters.imports.errors import (
    BROKEN,
    CELL_TOO_LONG,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_UNPACKED_BYTES,
    UNPACKS_TOO_LARGE,
    UnreadableFile,
)

PIECE: Final = 64 * 1024
WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
SHARED: Final = "xl/sharedStrings.xml"
# How a character that XML cannot hold is written in a cell, or an underscore that would look like one.
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What zipfile raises for a damaged archive; the last one for a name that is none.
BROKEN_ARCHIVE: Final = (
    *(BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError, ValueError),
    UnicodeDecodeError,
)
# What is kept of them in memory: far more than half a million people need.
MAX_SHARED_BYTES: Final = 128 * 1024 * 1024
MAX_SHARED: Final = 8_000_000
COLUMN: Final = re.compile(r"[A-Z]{1,3}")


def read_xlsx(archive: ZipFile) -> Generator[list[str], None, None]:
    """Every row of the first sheet of ``archive``, gaps as empty cells. Raises UnreadableFile."""
    try:
        shared = SharedTexts(archive)
        sheet = _SheetReader(shared)
        for piece in _pieces(archive, _first_sheet(archive)):
            sheet.feed(piece)
            yield from sheet.take()
        sheet.feed(b"", is_last=True)
        yield from sheet.take()
    except (expat.ExpatError, *BROKEN_ARCHIVE):
        raise UnreadableFile(BROKEN) from None


class SharedTexts:
    """The texts that cells refer to by number, as one long string of bytes: a fifth of what a list of them takes."""

    def __init__(self, archive: ZipFile) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        if SHARED in archive.namelist():
            reader = _SharedReader(self._keep)
            for piece in _pieces(archive, SHARED):
                reader.feed(piece)
            reader.feed(b"", is_last=True)

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise UnreadableFile(BROKEN)
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()

    def _keep(self, text: str) -> None:
        self._bytes += text.encode(errors="replace")
        if len(self._bytes) > MAX_SHARED_BYTES or len(self._ends) > MAX_SHARED:
            raise UnreadableFile(UNPACKS_TOO_LARGE)
        self._ends.append(len(self._bytes))


class _Reader:
    """A streaming XML parser that gathers the text of ``t`` and ``v`` elements and knows no entities."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._text: list[str] = []
        self._length = 0
        self._gathers = False
        self._in_phonetic = False

    def feed(self, piece: bytes, *, is_last: bool = False) -> None:
        self._parser.Parse(piece, is_last)

    def take_text(self) -> str:
        text = "".join(self._text)
        self._text.clear()
        self._length = 0
        return ESCAPED.sub(_character, text) if "_x" in text else text

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """What else an element means."""

    def on_end(self, name: str) -> None:
        """What the end of an element means."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name in {"t", "v"}:
            self._gathers = not self._in_phonetic
        elif name == "rPh":
            # How a text in Japanese is pronounced: it stands beside the text, and is no part of it.
            self._in_phonetic = True
        else:
            self.on_start(name, attributes)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in {"t", "v"}:
            self._gathers = False
        elif name == "rPh":
            self._in_phonetic = False
        else:
            self.on_end(name)

    def _characters(self, text: str) -> None:
        if self._gathers:
            self._length += len(text)
            if self._length > MAX_CELL * 7:
                # Seven characters stand for one that is escaped.
                raise UnreadableFile(CELL_TOO_LONG)
            self._text.append(text)

    def _refuse(self, *_declaration: object) -> None:
        raise UnreadableFile(BROKEN)


class _SharedReader(_Reader):
    """Hands on each shared text."""

    def __init__(self, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._keep = keep

    def on_end(self, name: str) -> None:
        if name == "si":
            self._keep(self.take_text())


class _SheetReader(_Reader):
    """Gathers the cells of a sheet into rows."""

    def __init__(self, shared: SharedTexts) -> None:
        super().__init__()
        self._shared = shared
        self._done: list[list[str]] = []
        self._row: list[str] = []
        self._column = 0
        self._kind = ""

    def take(self) -> list[list[str]]:
        rows, self._done = self._done, []
        return rows

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row, self._column = [], -1
        elif name == "c":
            place = COLUMN.match(attributes.get("r", ""))
            self._column = _number_of(place.group()) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self.take_text()

    def on_end(self, name: str) -> None:
        if name == "row":
            self._done.append(self._row)
        elif name == "c" and self._column <= MAX_COLUMNS:
            text = self._cell(self.take_text())
            if text:
                self._row += [""] * (self._column - len(self._row))
                self._row[self._column :] = [text]

    def _cell(self, text: str) -> str:
        if len(text) > MAX_CELL:
            raise UnreadableFile(CELL_TOO_LONG)
        match self._kind:
            case "s":
                return self._shared[int(text)] if text.isascii() and text.isdigit() else ""
            case "e":
                return ""
            case "n":
                return _plain_number(text)
            case _:
                return text


def _plain_number(text: str) -> str:
    """A number as somebody would type it: a telephone number is not 4.47700900123E+11."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e16 else text


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _character(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 16))


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    unpacked = 0
    with archive.open(name) as member:
        while piece := member.read(PIECE):
            unpacked += len(piece)
            if unpacked > MAX_UNPACKED_BYTES:
                raise UnreadableFile(UNPACKS_TOO_LARGE)
            yield piece


def _first_sheet(archive: ZipFile) -> str:
    """Where the first sheet lies in ``archive``."""
    wanted = next(
        value
        for attributes in _elements(archive, WORKBOOK, "sheet")
        for name, value in attributes.items()
        if name.rpartition(":")[2] == "id" and ":" in name
    )
    for attributes in _elements(archive, RELATIONS, "Relationship"):
        if attributes.get("Id") == wanted:
            target = attributes["Target"]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise UnreadableFile(BROKEN)


def _elements(archive: ZipFile, part: str, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    class Finder(_Reader):
        def on_start(self, element: str, attributes: dict[str, str]) -> None:
            if element == name:
                found.append(attributes)

    finder = Finder()
    for piece in _pieces(archive, part):
        finder.feed(piece)
    finder.feed(b"", is_last=True)
    if not found:
        raise UnreadableFile(BROKEN)
    return found
