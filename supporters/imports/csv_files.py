"""Lists in CSV, as spreadsheets and other systems really write it, read row by row."""

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from itertools import islice
from typing import BinaryIO, Final

from supporters.imports.errors import (
    BROKEN,
    CELL_TOO_LONG,
    MAX_CELL,
    MAX_LINE,
    MAX_UNPACKED_BYTES,
    NOT_A_TABLE,
    UNKNOWN_ENCODING,
    UNPACKS_TOO_LARGE,
    UnreadableFile,
)

PIECE: Final = 64 * 1024
HEAD: Final = 4096
BLANK_BEFORE_FIRST: Final = 1_000
SEPARATORS: Final = ",;\t"
# What is no text in any of the encodings we read.
NEVER_IN_TEXT: Final = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b")
# Bytes that Windows-1252 gives no character to.
NOT_IN_1252: Final = frozenset(b"\x81\x8d\x8f\x90\x9d")
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(file: BinaryIO) -> Generator[list[str], None, None]:
    """Every row of ``file``, blank ones too, in constant memory. Raises UnreadableFile.

    The encoding is told from the whole file, the separator from its first line that says anything.
    """
    encoding = _encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        lines = _lines(text)
        first = next((line for line in islice(lines, BLANK_BEFORE_FIRST) if line.strip("\r\n\ufeff ")), "")
        separator = _separator(first)
        told = first.lower().rstrip("\r\n").removeprefix("sep=")
        if told in {*SEPARATORS, "|"} and first.lower().startswith("sep="):
            # A line by which Excel is told the separator; it is no row.
            separator, first = told, ""
        yield from _rows(_with_first(first, lines), separator)
    except UnicodeError:
        raise UnreadableFile(UNKNOWN_ENCODING) from None
    finally:
        # The file is the caller's to close.
        text.detach()


def _rows(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    try:
        for row in csv.reader(lines, delimiter=separator):
            if any(len(cell) > MAX_CELL for cell in row):
                raise UnreadableFile(CELL_TOO_LONG)
            yield row
    except csv.Error:
        # The one thing the reader still refuses: a quotation mark that is never closed swallows the rest.
        raise UnreadableFile(BROKEN) from None


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise UnreadableFile(CELL_TOO_LONG)
        yield line


def _with_first(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _separator(line: str) -> str:
    """The separator that stands most often in ``line`` outside quotation marks; the comma for a single column."""
    outside = "".join(line.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _encoding(file: BinaryIO) -> str:
    """What ``file`` is written in: what its mark says, else UTF-8 if it is throughout, else Windows-1252."""
    file.seek(0)
    head = file.read(HEAD)
    marked = next((encoding for mark, encoding in MARKS if head.startswith(mark)), "")
    encoding = marked or _unmarked_utf_16(head)
    if encoding.startswith("utf-16"):
        return encoding
    is_utf_8, seen = _survey(file)
    # Names may hold controls that somebody pasted; what is UTF-8 throughout, without a nought, is no picture.
    if 0 in seen or (not is_utf_8 and seen & NEVER_IN_TEXT):
        raise UnreadableFile(NOT_A_TABLE)
    if is_utf_8:
        return "utf-8-sig"
    if marked or seen & NOT_IN_1252:
        raise UnreadableFile(UNKNOWN_ENCODING)
    return "cp1252"


def _survey(file: BinaryIO) -> tuple[bool, set[int]]:
    """Whether all of ``file`` is UTF-8, and which bytes are in it."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf_8, seen, size = True, set[int](), 0
    while piece := file.read(PIECE):
        size += len(piece)
        if size > MAX_UNPACKED_BYTES:
            raise UnreadableFile(UNPACKS_TOO_LARGE)
        if is_utf_8:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                is_utf_8 = False
        seen.update(piece)
    return is_utf_8 and not decoder.getstate()[0], seen


def _unmarked_utf_16(head: bytes) -> str:
    """UTF-16 of mostly Latin letters, whose every second byte is nought; the empty text for anything else."""
    even, odd = head[::2], head[1::2]
    if even and odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if odd and even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""
